"""The shape of what is typed when a questionnaire is written."""
