"""The shape of a plan as tables: each list a table, in it the scalar fields and the keys of what it stands in.

Made of the tree itself, so that a field added there has its column.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import PlainSerializer
from pydantic.fields import FieldInfo

from contempo.programmes.rules.plan.parts import Part, Words
from contempo.programmes.rules.plan.tree import Plan


class Holds(StrEnum):
    """What a cell of a column holds; `lines` are several texts, one a line, `pairs` lines of `name: value`."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    SHARE = "share"
    DAY = "day"
    YES_NO = "yes_no"
    LINES = "lines"
    PAIRS = "pairs"


@dataclass(frozen=True)
class Column:
    """A column. `name` is the field, with that of the part it stands in before it (`formula.of`)."""

    name: str
    holds: Holds


@dataclass(frozen=True)
class Table:
    """A list of a plan. `path` leads to it, `parents` are the tables whose rows it belongs to, outermost first.

    A table of `texts` has one column, `text`, for lists of texts of several lines.
    """

    path: tuple[str, ...]
    parents: tuple[str, ...]
    columns: tuple[Column, ...]
    texts: bool = False

    @property
    def name(self) -> str:
        return ".".join(self.path) or ROOT

    @property
    def header(self) -> tuple[str, ...]:
        """The keys of the columns, those of the parents first."""
        return (*(f"{PARENT}{parent}" for parent in self.parents), *(column.name for column in self.columns))


ROOT = "plan"
PARENT = "of:"
"""Begins the name of a column that holds the key of a row of another table."""


def _bare(annotation: Any) -> Any:
    """An annotation without what may be missing."""
    if get_origin(annotation) in (Union, UnionType):
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def _part(annotation: Any) -> type[Part] | None:
    bare = _bare(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, Part) else None


def _entries(field: FieldInfo) -> Any:
    """What a list holds; None for what is no list."""
    return get_args(field.annotation)[0] if get_origin(field.annotation) is tuple else None


def _holds(field: FieldInfo) -> Holds:
    bare = _bare(field.annotation)
    if _entries(field) is not None:
        return Holds.LINES
    if get_origin(bare) is dict:
        return Holds.PAIRS
    if bare is bool:
        return Holds.YES_NO
    if any(isinstance(each, PlainSerializer) for each in field.metadata) and bare is int:
        return Holds.AMOUNT
    if get_args(bare):  # Annotated within Optional
        bare = get_args(bare)[0]
    return {int: Holds.NUMBER, date: Holds.DAY, Decimal: Holds.SHARE}.get(bare, Holds.TEXT)


def _columns(part: type[Part], before: str = "") -> Iterator[Column]:
    for name, field in part.model_fields.items():
        inner = _part(field.annotation)
        entries = _entries(field)
        if inner is not None:
            yield from _columns(inner, f"{before}{name}.")
        elif entries is None or (_part(entries) is None and entries != Words):
            yield Column(f"{before}{name}", _holds(field))


def _tables(part: type[Part], path: tuple[str, ...], parents: tuple[str, ...]) -> Iterator[Table]:
    for name, field in part.model_fields.items():
        here = (*path, name)
        entries = _entries(field)
        if inner := _part(field.annotation):
            yield from _tables(inner, here, parents)
        elif entries is not None and (inner := _part(entries)):
            yield Table(here, parents, tuple(_columns(inner)))
            yield from _tables(inner, here, (*parents, ".".join(here)))
        elif entries is not None and entries == Words:
            yield Table(here, parents, (Column("text", Holds.TEXT),), texts=True)


TABLES: tuple[Table, ...] = (Table((), (), tuple(_columns(Plan))), *_tables(Plan, (), ()))
"""The tables of a plan: first the plan itself, one row, then its lists in the order of the format."""
