"""Imports: a file of rows becomes records of a context, looked at first, written in batches, taken back whole.

*Kind*: what can be imported, registered by a context. *Run*: one file on its way. *Preview*: its rows beside the
present records, each new, changed, unchanged or wrong, before anything is written. `kinds.py` tells what a context
writes.
"""

from contempo.core.imports.kinds import (
    About,
    Change,
    Choice,
    Field,
    FieldKind,
    Finding,
    Kind,
    Missing,
    Row,
    Values,
    kind_called,
    register_family,
    register_kind,
)

__all__ = [
    "About",
    "Change",
    "Choice",
    "Field",
    "FieldKind",
    "Finding",
    "Kind",
    "Missing",
    "Row",
    "Values",
    "kind_called",
    "register_family",
    "register_kind",
]
