"""Pages of the bank for who has an account there."""
