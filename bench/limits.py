"""How much longer a page may take with a hundred times the rows, and how many SQL statements it may send."""

LIMIT = 2.0
"""Times longer a median may be, unless `LIMITS` says otherwise."""

CROWD = "200 people answering for a minute"
ONE_MONTH, ALL_TIME = "figures, one month", "figures, all time"
BOARD, PUBLIC_BOARD, REPORT, REPORT_OF = "board", "board, public", "report by partner", "report by partner, one line"
BUDGET, BALANCES, REWARD, CHECK = "budget", "payments and balances", "reward", "check"
LIMITS = {
    ONE_MONTH: 3.0,
    ALL_TIME: 10.0,
    **dict.fromkeys((BOARD, PUBLIC_BOARD, REPORT, REPORT_OF, BUDGET, BALANCES, REWARD), 3.0),
    CHECK: 200.0,
    CROWD: 3.0,
}
"""By name of the page. The check reads the whole plan, which has a hundred times the activities: it may grow with
it."""

BARE, BARE_WORST, WHOLE = "bare rule", "bare rule, worst case", "end to end"
SURVEY_BOARD = "board of a campaign"
FREQUENCY, CROSS_TABLE, WHOLE_REPORT, EXPORT = "frequency", "cross-table, filtered", "whole report", "export"
OF_FLOOR = {
    BARE: 1.5,
    BARE_WORST: 1.5,
    WHOLE: 2.5,
    FREQUENCY: 10.0,
    CROSS_TABLE: 3.0,
    WHOLE_REPORT: 3.0,
    EXPORT: 8.0,
}
"""What works on all rows at once is held to so many times its floor instead, with many rows. The floor of a frequency
reads one column in a few milliseconds, so that opening the campaign weighs more than counting; that of an export writes
what it reads, without names and labels.
"""

STATEMENTS = 16
"""SQL statements of a page at most."""

SUBMISSION, MAILED, REPLIED = "submission", "mail, a question", "mail, a reply"
WRITING = frozenset({SUBMISSION, MAILED, REPLIED})
"""What is no page: it writes, and its statements are counted but not limited."""
