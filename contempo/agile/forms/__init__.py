"""The shape of what is typed about agile work."""
