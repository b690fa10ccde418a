"""The money of a plan as pages and files show it: budget, revisions, reports, expenses, forecast, reward."""
