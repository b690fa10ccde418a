"""Speed, measured beside a floor in the same run: `python -m bench network --rows 1000`.

Every bench loads rows of a plausible mix into a database of its own, which it creates and drops, and times the pages
people open. The floor of a page is the bare SQL that gives the rows it shows, sent through psycopg between the runs of
the page: what no page over the same tables can beat.
"""
