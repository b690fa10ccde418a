"""Which units the answers speak for."""
