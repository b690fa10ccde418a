"""Forms of values and periods."""
