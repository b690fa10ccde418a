"""Pages of months: rules, budgets, ledger, results."""
