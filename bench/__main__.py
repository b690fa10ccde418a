"""`python -m bench NAME --rows N [--json]`, `python -m bench compare NAME --rows FEW MANY`."""

import argparse
import sys

from bench import compare, report, running
from contempo.config.installation import Unusable

BENCHES = {
    "network": "organisations",
    "helpdesk": "questions",
    "programmes": "claims",
    "agile": "requests",
    "questionnaires": "responses",
}
"""Benches by name, and what their rows are."""

FEW_AND_MANY = {
    "network": (1000, 100_000),
    "helpdesk": (10_000, 1_000_000),
    "programmes": (1000, 1_000_000),
    "agile": (10_000, 1_000_000),
    "questionnaires": (1000, 1_000_000),
}
"""Rows that are compared unless told otherwise."""

FEWEST = 500


def main() -> int:
    """Run what the command line asks for; returns the exit code."""
    asked = _parser().parse_args()
    try:
        if asked.bench == "compare":
            return compare.run(asked.name, *(asked.rows or FEW_AND_MANY[asked.name]))
        results = running.results(asked.bench, asked.rows)
    except Unusable as problem:
        sys.exit(f"bench: {problem}")
    except KeyboardInterrupt:
        return 130
    print(report.as_json(asked.bench, asked.rows, results) if asked.json else report.as_table(results))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the speed of the pages.")
    benches = parser.add_subparsers(dest="bench", required=True)
    for name, rows in BENCHES.items():
        bench = benches.add_parser(name, help=f"the pages of {name}")
        bench.add_argument("--rows", type=_rows, default=1000, help=f"how many {rows}, 1000 unless told")
        bench.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    both = benches.add_parser(
        "compare", help="a bench with few and with many rows: fails when a median grows beyond its limit"
    )
    both.add_argument("name", choices=[*BENCHES])
    both.add_argument("--rows", type=_rows, nargs=2, metavar=("FEW", "MANY"))
    return parser


def _rows(text: str) -> int:
    if not text.isdecimal() or int(text) < FEWEST:
        raise argparse.ArgumentTypeError(f"{text}: at least {FEWEST}, which fill every page")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
