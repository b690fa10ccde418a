"""Writing questionnaires: their list, the builder, versions, the library, files."""
