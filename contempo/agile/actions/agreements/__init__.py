"""What happens to individual agreements, and what belongs to them."""
