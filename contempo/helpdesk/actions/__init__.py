"""The only writers of the desk and of its catalogue, one noun a file."""
