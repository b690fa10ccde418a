"""The only writers of programmes, one noun a file."""
