"""What norms are, how long they hold and what replaces them. Pure."""
