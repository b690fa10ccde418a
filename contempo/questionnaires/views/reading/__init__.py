"""Pages of results, tables, texts, report and data."""
