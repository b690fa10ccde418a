"""Pages of surveys of the past."""
