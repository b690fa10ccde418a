"""Writers of agile work."""
