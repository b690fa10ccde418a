"""The rules of the desk and of its catalogue. Pure."""
