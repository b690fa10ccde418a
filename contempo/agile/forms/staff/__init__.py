"""The shape of what is typed, or brought in a file, about structure and staff."""
