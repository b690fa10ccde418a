"""Which units the answers speak for, and what is to be settled."""
