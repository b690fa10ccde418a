"""What is done with a month as a whole."""
