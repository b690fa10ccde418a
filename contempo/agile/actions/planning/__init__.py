"""What writes planned days, presence, calendar addresses and seats."""
