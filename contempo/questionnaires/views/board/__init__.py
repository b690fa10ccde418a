"""How a campaign goes."""
