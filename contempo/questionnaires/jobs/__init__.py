"""What questionnaires do by themselves. Safe to run twice, and after any stop."""
