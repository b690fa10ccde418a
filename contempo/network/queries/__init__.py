"""The only readers of the network context, one noun a file."""
