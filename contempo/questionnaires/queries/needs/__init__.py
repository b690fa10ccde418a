"""Needs told in answers, by type and municipality."""
