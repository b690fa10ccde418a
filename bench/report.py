"""What a bench found, for people and for programs."""

import json
import resource
import sys
from collections.abc import Mapping, Sequence
from typing import Any

Results = Sequence[Mapping[str, Any]]


def progress(step: str) -> None:
    """Say what is being done, beside the results and not among them."""
    print(f"{step} …", file=sys.stderr, flush=True)


def as_json(bench: str, rows: int, results: Results) -> str:
    """One JSON object on one line; `memory_mb` is the most this process had at once, the database not among it."""
    return json.dumps({"bench": bench, "rows": rows, "memory_mb": _memory(), "results": results})


def as_table(results: Results) -> str:
    """A line for each page."""
    width = max(len(result["name"]) for result in results)
    lines = [f"{'page':{width}}  median ms  95% ms  statements  floor ms  median/floor"]
    for found in results:
        lines.append(
            f"{found['name']:{width}}  {found['p50_ms']:9.1f} {found['p95_ms']:7.1f} {found['statements']:11d}"
            f" {found['floor_ms']:9.2f} {found['ratio']:13.1f}"
        )
    return "\n".join([*lines, f"Memory of this process: {_memory()} MB at most."])


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
