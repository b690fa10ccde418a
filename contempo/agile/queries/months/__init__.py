"""Months, for who keeps them and for everybody."""
