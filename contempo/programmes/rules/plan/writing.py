"""A plan written as a file: one text for one plan, in the order of the format, readable and explained."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from contempo.programmes.rules.plan.notes import HEADER, NOTES
from contempo.programmes.rules.plan.parts import Part
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.rules.plan.yaml_text import scalar, value

STEP = 2
"""Spaces by which a part stands within another."""


def write_plan(plan: Plan) -> str:
    """`plan` as YAML: `read_plan` of it is the same plan, and written again it is the same bytes.

    What is left at its default is left out. Comments are in Italian, the language of plans.
    """
    dumped = plan.model_dump(mode="json", exclude_defaults=True)
    lines = [f"format: {plan.format}", *_comment(HEADER)]
    for name in type(plan).model_fields:
        if name == "format" or name not in dumped:
            continue
        if name in NOTES:
            lines += ["", *_comment(NOTES[name])]
        lines += _field(name, getattr(plan, name), dumped[name], 0)
    return "\n".join(lines) + "\n"


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in text.strip().split("\n"))


def _fields(part: Any, dumped: Mapping[str, Any], indent: int) -> Iterator[str]:
    for name in type(part).model_fields:
        if name in dumped:
            yield from _field(name, getattr(part, name), dumped[name], indent)


def _field(name: str, held: Any, dumped: Any, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(held, Part):
        yield f"{margin}{name}:"
        yield from _fields(held, dumped, indent + STEP)
    elif isinstance(held, Mapping):
        yield f"{margin}{name}:"
        for key in sorted(dumped):
            yield from _field(scalar(key), held[key], dumped[key], indent + STEP)
    elif isinstance(held, tuple):
        yield f"{margin}{name}:"
        for entry, said in zip(held, dumped, strict=True):
            yield from _entry(entry, said, indent + STEP)
    else:
        yield f"{margin}{name}: {_value(held, dumped, indent + STEP, len(margin) + len(name) + 2)}"


def _entry(held: Any, dumped: Any, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(held, Part):
        first, *others = _fields(held, dumped, indent + STEP)
        yield f"{margin}- {first[indent + STEP :]}"
        yield from others
    else:
        yield f"{margin}- {_value(held, dumped, indent + STEP, len(margin) + 2)}"


def _value(held: Any, dumped: Any, indent: int, column: int) -> str:
    """One value. `dumped` is what the format writes for `held`: amounts in euro, days as ISO 8601."""
    if isinstance(held, str) and not isinstance(held, Enum):
        return value(held, indent=indent, column=column)
    if isinstance(held, bool):
        return "true" if held else "false"
    return scalar(str(dumped), typed=True)
