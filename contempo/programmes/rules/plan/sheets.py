"""A plan as the sheets of a workbook and back: rows of cells, without a word of any file format.

A sheet has two rows of header, what a column is called and its key, then a row for each part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from contempo.core.words import N_
from contempo.programmes.rules.plan.problems import (
    NOTHING,
    Fault,
    Loc,
    Phrase,
    Problem,
    WrongFile,
    quoted,
    written,
)
from contempo.programmes.rules.plan.reading import MOST_PROBLEMS, plan_of
from contempo.programmes.rules.plan.tables import PARENT, ROOT, TABLES, Holds, Table
from contempo.programmes.rules.plan.tree import Plan

Cell: TypeAlias = str | int | float | Decimal | date | None
Rows: TypeAlias = Sequence[Sequence[Any]]

HEADERS = 2
"""Rows before the first part."""


def sheets_of(plan: Plan) -> dict[str, list[list[Cell]]]:
    """The rows of every table, without headers; what is left at its default is empty."""
    dumped = plan.model_dump(mode="json", exclude_defaults=True) | {"format": plan.format}
    return {table.name: list(_rows(table, dumped)) for table in TABLES}


def _rows(table: Table, dumped: Mapping[str, Any]) -> Iterator[list[Cell]]:
    if table.name == ROOT:
        yield [_cell(_at(dumped, column.name), column.holds) for column in table.columns]
        return
    for keys, part in _parts(dumped, table.path, table.parents):
        if table.texts:
            yield [*keys, part]
        else:
            yield [*keys, *(_cell(_at(part, column.name), column.holds) for column in table.columns)]


def _parts(
    held: Any, path: tuple[str, ...], parents: tuple[str, ...], done: tuple[str, ...] = (), keys: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The entries of the list at `path`, each with the keys of the rows it belongs to."""
    if not path:
        yield keys, held
        return
    found = held.get(path[0])
    here = (*done, path[0])
    if isinstance(found, list):
        for part in found:
            inner = (*keys, part["key"]) if ".".join(here) in parents else keys
            yield from _parts(part, path[1:], parents, here, inner)
    elif isinstance(found, dict):
        yield from _parts(found, path[1:], parents, here, keys)


def _at(part: Any, name: str) -> Any:
    for step in name.split("."):
        part = part.get(step) if isinstance(part, dict) else None
    return part


def _cell(value: Any, holds: Holds) -> Cell:
    if value is None:
        return None
    if holds is Holds.LINES:
        return "\n".join(value)
    if holds is Holds.PAIRS:
        return "\n".join(f"{key}: {value[key]}" for key in sorted(value))
    if holds is Holds.YES_NO:
        return "sì" if value else "no"
    if holds in (Holds.AMOUNT, Holds.SHARE):
        return Decimal(value)
    return date.fromisoformat(value) if holds is Holds.DAY else value


def read_sheets(sheets: Mapping[str, Rows], *, filename: str, kinds: frozenset[str] | None = None) -> Plan:
    """The plan that sheets say; rows are those of the workbook, headers included.

    Raises WrongFile with every problem, in the order of the sheets, each with its sheet, row and column.
    """
    book = _Book(filename)
    for name in sheets:
        if name not in _BY_NAME:
            book.complain(name, 1, 1, name, quoted(name), Phrase(N_("only the sheets of the format")))
    for table in TABLES:
        book.take(table, sheets.get(table.name, ()))
    plan, faults = plan_of(book.tree, kinds=kinds)
    for fault in faults:
        book.tell(fault)
    if book.problems or plan is None:
        order = {table.name: place for place, table in enumerate(TABLES)}
        book.problems.sort(key=lambda each: (order.get(each.sheet, -1), each.line, each.column))
        raise WrongFile(tuple(book.problems[:MOST_PROBLEMS]))
    return plan


_BY_NAME = {table.name: table for table in TABLES}


@dataclass
class _Book:
    """The tree as it is taken from the sheets, and where each part of it was."""

    filename: str
    tree: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _places: dict[Loc, tuple[str, int]] = field(default_factory=dict)
    _columns: dict[tuple[str, str], int] = field(default_factory=dict)
    _found: dict[str, dict[tuple[str, ...], tuple[Loc, dict[str, Any]]]] = field(default_factory=dict)

    def complain(self, sheet: str, row: int, column: int, path: str, found: Phrase, expected: Phrase) -> None:
        self.problems.append(Problem(self.filename, row, column, path, found, expected, sheet))

    def tell(self, fault: Fault) -> None:
        """Complain of a fault where its part was."""
        loc = fault.loc
        while loc not in self._places and loc:
            loc = loc[:-1]
        sheet, row = self._places.get(loc, (ROOT, HEADERS + 1))
        rest = [step for step in fault.loc[len(loc) :] if isinstance(step, str)]
        names = [".".join(rest[:length]) for length in range(len(rest), 0, -1)]
        if not rest and loc and _BY_NAME[sheet].texts:
            names = ["text"]
        if not loc and rest and ".".join(rest) in _BY_NAME:
            sheet, row, names = ".".join(rest), 1, []
        column = next((self._columns[sheet, name] for name in names if (sheet, name) in self._columns), 1)
        self.complain(sheet, row, column, written(fault.loc), fault.found, fault.expected)

    def take(self, table: Table, rows: Rows) -> None:
        """Take the rows of a table into the tree."""
        names = self._header(table, rows)
        if names is None:
            return
        self._found[table.name] = {}
        for number, row in enumerate(rows[HEADERS:], start=HEADERS + 1):
            cells = {names[place]: cell for place, cell in enumerate(row) if place < len(names) and names[place]}
            texts = {name: text for name, cell in cells.items() if (text := text_of(cell)).strip()}
            if texts:
                self._row(table, number, texts)

    def _header(self, table: Table, rows: Rows) -> list[str] | None:
        if len(rows) < HEADERS:
            if table.name == ROOT or rows:
                expected = Phrase(N_("a row of names, a row of keys, then the rows of the plan"))
                self.complain(table.name, 1, 1, table.name, NOTHING, expected)
            return None
        names = [text_of(cell).strip() for cell in rows[HEADERS - 1]]
        for place, name in enumerate(names, start=1):
            if name and name not in table.header:
                known = Phrase(N_("one of these: %(values)s"), {"values": ", ".join(table.header)})
                self.complain(table.name, HEADERS, place, table.name, quoted(name), known)
            elif name and (table.name, name) in self._columns:
                once = Phrase(N_("each column once"))
                self.complain(table.name, HEADERS, place, table.name, quoted(name), once)
            else:
                self._columns[table.name, name] = place
        return names

    def _row(self, table: Table, number: int, texts: dict[str, str]) -> None:
        if table.name == ROOT:
            if () in self._places:
                expected = Phrase(N_("one row: a file holds one plan"))
                self.complain(ROOT, number, 1, ROOT, Phrase(N_("a second row")), expected)
                return
            self._places[()] = (ROOT, number)
            self.tree.update(self._part(table, number, texts))
            return
        if (place := self._home(table, number, texts)) is None:
            return
        home, loc, keys = place
        entries = home.setdefault(table.path[-1], [])
        entry_loc = (*loc, len(entries))
        self._places[entry_loc] = (table.name, number)
        part = self._part(table, number, texts)
        entries.append(part.get("text", "") if table.texts else part)
        if isinstance(part.get("key"), str):
            self._found[table.name].setdefault((*keys, part["key"].strip()), (entry_loc, part))

    def _home(
        self, table: Table, number: int, texts: dict[str, str]
    ) -> tuple[dict[str, Any], Loc, tuple[str, ...]] | None:
        """What the list of a row stands in, where that list is, and the keys that lead there."""
        if not table.parents:
            home = self.tree
            for name in table.path[:-1]:
                home = home.setdefault(name, {})
            return home, table.path, ()
        names = [f"{PARENT}{parent}" for parent in table.parents]
        keys = tuple(texts.get(name, "").strip() for name in names)
        parent = table.parents[-1]
        if (found := self._found.get(parent, {}).get(keys)) is None:
            said = quoted(" / ".join(keys))
            column = self._columns.get((table.name, names[-1]), 1)
            expected = Phrase(N_("the key of a row of the sheet “%(sheet)s”"), {"sheet": parent})
            self.complain(table.name, number, column, table.name, said, expected)
            return None
        loc, home = found
        return home, (*loc, table.path[-1]), keys

    def _part(self, table: Table, number: int, texts: dict[str, str]) -> dict[str, Any]:
        part: dict[str, Any] = {}
        for column in table.columns:
            if column.name not in texts:
                continue
            value: Any = texts[column.name]
            lines = [line.strip() for line in value.split("\n") if line.strip()]
            if column.holds is Holds.LINES:
                value = lines
            elif column.holds is Holds.PAIRS:
                value = {name.strip(): said.strip() for name, _colon, said in (line.partition(":") for line in lines)}
            *outer, last = column.name.split(".")
            inner = part
            for step in outer:
                inner = inner.setdefault(step, {})
            inner[last] = value
        return part


def text_of(cell: Cell) -> str:
    """What a cell says, as a file would write it. A number with three decimals gets a fourth: `1.234` is a thousand."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "sì" if cell else "no"
    if isinstance(cell, float):
        cell = Decimal(repr(cell)) if cell == cell and abs(cell) != float("inf") else None
    if isinstance(cell, Decimal):
        text = f"{cell.normalize():f}"
        return f"{text}0" if len(text.partition(".")[2]) == 3 else text
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell or "0") if cell is not None else ""
