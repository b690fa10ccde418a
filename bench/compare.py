"""The same bench with few and with many rows: how a page grows with what it lists."""

import json
import subprocess
import sys
from typing import Any

LIMIT = 2.0

Results = dict[str, dict[str, Any]]


def run(name: str, few: int, many: int) -> int:
    """Run the bench `name` at both sizes and print what a page takes; 1 when a median grows beyond `LIMIT` times.

    Returns 0 otherwise. Each size runs in a process of its own, with a database of its own.
    """
    small, large = _results(name, few), _results(name, many)
    width = max(map(len, small))
    print(f"{'page':{width}} {f'{few} rows':>12} {f'{many} rows':>12}  times  statements  median/floor   (medians, ms)")
    slow = []
    for page, found in large.items():
        times = found["p50_ms"] / small[page]["p50_ms"]
        print(
            f"{page:{width}} {small[page]['p50_ms']:12.1f} {found['p50_ms']:12.1f} {times:6.2f}"
            f" {found['statements']:11d} {found['ratio']:13.1f}{'   too slow' if times > LIMIT else ''}"
        )
        slow += [page] if times > LIMIT else []
    if slow:
        print(f"More than {LIMIT:g} times slower with {many} rows: {', '.join(slow)}.", file=sys.stderr)
    return 1 if slow else 0


def _results(name: str, rows: int) -> Results:
    """What the bench found, by page."""
    command = [sys.executable, "-m", "bench", name, "--rows", str(rows), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)  # it has said why
    return {result["name"]: result for result in json.loads(done.stdout)["results"]}
