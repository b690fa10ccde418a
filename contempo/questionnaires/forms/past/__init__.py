"""What is typed and brought of past surveys."""
