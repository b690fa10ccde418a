"""What is typed in the mapping."""
