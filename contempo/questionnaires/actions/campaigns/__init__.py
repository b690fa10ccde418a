"""Making campaigns, whom they ask, when they take answers."""
