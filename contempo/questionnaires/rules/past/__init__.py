"""Surveys of the past: how answers stand in the columns of a table, and what a table seems to ask. Pure."""
