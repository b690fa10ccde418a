"""Pages of agile work."""
