"""Plans on the web: the list, the overview, alliances, partners, activities, the calendar, the document."""
