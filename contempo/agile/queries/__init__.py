"""Readers of agile work."""
