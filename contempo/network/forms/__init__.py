"""The shape of input of the network context, one page a file."""
