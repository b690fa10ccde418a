"""Pages of indicators, values and monitoring periods."""
