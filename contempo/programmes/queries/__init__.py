"""The only readers of programmes, one noun a file."""
