"""What was answered, as pages and files read it."""
