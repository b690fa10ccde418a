"""Pages of imports, the same for every kind: file, columns, preview, progress, result, undoing."""
