"""The bank of days, for who has an account there."""
