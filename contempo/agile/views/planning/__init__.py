"""Pages of planning: the month, the team, conflicts, calendar addresses, seats."""
