"""The same bench with few and with many rows: how a page grows with what it lists."""

import json
import subprocess
import sys
from typing import Any

LIMIT = 2.0


def run(name: str, few: int, many: int) -> int:
    """Run the bench `name` at both sizes and print the medians; 1 when one grows beyond `LIMIT` times, else 0."""
    small, large = _medians(name, few), _medians(name, many)
    width = max(map(len, small))
    print(f"{'page':{width}}  {few:>9} {many:>9}  times   (medians, ms)")
    slow = []
    for page, median in small.items():
        times = large[page] / median
        print(f"{page:{width}}  {median:9.1f} {large[page]:9.1f}  {times:5.2f}{'  too slow' if times > LIMIT else ''}")
        slow += [page] if times > LIMIT else []
    if slow:
        print(f"More than {LIMIT:g} times slower with {many} rows: {', '.join(slow)}.", file=sys.stderr)
    return 1 if slow else 0


def _medians(name: str, rows: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench", name, "--rows", str(rows), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return {result["name"]: result["p50_ms"] for result in results}
