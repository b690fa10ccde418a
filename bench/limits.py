"""How much longer a page may take with a hundred times the rows, and how many SQL statements it may send."""

LIMIT = 2.0
"""Times longer a median may be, unless `LIMITS` says otherwise."""

ONE_MONTH, ALL_TIME = "figures, one month", "figures, all time"
LIMITS = {ONE_MONTH: 3.0, ALL_TIME: 10.0}
"""By name of the page."""

STATEMENTS = 12
"""SQL statements of a page at most."""

SUBMISSION, MAILED, REPLIED = "submission", "mail, a question", "mail, a reply"
WRITING = frozenset({SUBMISSION, MAILED, REPLIED})
"""What is no page: it writes, and its statements are counted but not limited."""
