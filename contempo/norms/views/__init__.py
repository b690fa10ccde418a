"""The pages of the norms."""
