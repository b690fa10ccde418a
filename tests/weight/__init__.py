"""What a page weighs on the line, and what comes with it."""
