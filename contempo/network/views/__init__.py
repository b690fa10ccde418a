"""Pages of the network context, one noun a file."""
