"""Writing questionnaires: beginning, changing drafts, publishing."""
