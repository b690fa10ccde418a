"""What happens to claims: drafting, sending, control."""
