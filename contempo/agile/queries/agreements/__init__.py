"""What the pages of agreements read."""
