"""What is typed about campaigns, contacts and delegates."""
