"""The shape of what is typed at the desk and in its catalogue."""
