"""Pages of agreements, and of what belongs to them."""
