"""The only writers of the network context, one noun a file."""
