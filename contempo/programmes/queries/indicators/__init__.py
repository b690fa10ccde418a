"""Indicators as they are read: sources, values, the board, lists of records, files."""
