"""Readers of the mapping: criteria, activities, what differs between units, shares, who may ask for agile work."""
