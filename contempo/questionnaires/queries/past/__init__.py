"""Surveys of the past: their list, their figures, and what their files are compared with."""
