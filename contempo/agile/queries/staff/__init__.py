"""What the pages of employers, structure and staff read."""
