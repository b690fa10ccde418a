"""What results may be narrowed and crossed by, as people choose it."""
