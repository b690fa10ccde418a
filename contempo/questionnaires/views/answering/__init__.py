"""Pages of respondents, and of who types in paper forms."""
