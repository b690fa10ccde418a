"""What the pages of a plan show: the list of plans, overview, alliances, partners, activities, calendar."""
