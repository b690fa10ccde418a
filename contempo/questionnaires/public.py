"""What other contexts may use of questionnaires."""
