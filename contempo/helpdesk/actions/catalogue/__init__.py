"""The only writers of the catalogue: drafting, deciding, upkeep, what readers say."""
