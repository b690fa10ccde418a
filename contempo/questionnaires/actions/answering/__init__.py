"""What respondents do: beginning, saving, sending, taking back, leaving it to others; and paper typed in by staff."""
