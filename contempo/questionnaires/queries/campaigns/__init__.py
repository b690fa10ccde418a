"""Reading campaigns: their list, what they say, whom they ask."""
