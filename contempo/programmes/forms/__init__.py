"""The shape of what is typed, one noun a file."""
