"""Sorting texts, keeping tables, asking for files."""
