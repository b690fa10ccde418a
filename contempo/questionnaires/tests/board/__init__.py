"""The board of a campaign."""
