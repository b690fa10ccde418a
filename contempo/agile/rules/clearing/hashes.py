"""Hashes that a public report names: of the code that cleared, and of its result."""

import hashlib
from pathlib import Path

import numpy as np

from contempo.agile.rules.clearing.rule import Result

_RECORD = np.dtype(
    [("person", ">u8"), ("days", "u1"), ("own", "u1"), ("shared", "u1"), ("why", "u1"), ("position", ">u4")]
)


def code_hash() -> str:
    """SHA-256 of the source of this package, wherever it is installed: of each module in the order of their names the
    name, a line feed, and its text with line feeds at the ends of lines.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"), key=lambda path: path.name)
    told = "".join(f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sources)
    return hashlib.sha256(told.encode()).hexdigest()


def result_hash(result: Result) -> str:
    """SHA-256 of 16 bytes a person, in the order of pseudonyms: pseudonym (8 bytes), days, those of the own pool, those
    of the shared one, the reason (1 byte each), position in the draw (4 bytes); highest byte first.
    """
    records = np.zeros(len(result.claims), _RECORD)
    records["person"], records["days"], records["own"] = result.claims.pseudonym, result.days, result.own
    records["shared"], records["why"], records["position"] = result.shared, result.why, result.position
    return hashlib.sha256(records.tobytes()).hexdigest()
