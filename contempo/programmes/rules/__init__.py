"""The rules of programmes, one noun a file; nothing here knows Django, a database or the clock."""
