"""What was acknowledged survives: real processes, killed while people work."""
