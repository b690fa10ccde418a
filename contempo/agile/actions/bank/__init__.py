"""What a worker does at the bank of days."""
