"""How a campaign goes: rates, counts, territories still missing, who is late."""
