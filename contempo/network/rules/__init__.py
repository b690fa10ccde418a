"""The rules of the network context, one noun a file; nothing here knows Django, a database or the clock."""
