"""The money of a plan on the web."""
