"""The month and the bank of days."""
