"""Bringing the data of past surveys."""
