"""A data set written into a file, in the form somebody asked for."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from contempo.core.cells import disarm
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.columns import opened_columns
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.queries.reading.dataset import data_set, parts_of
from contempo.questionnaires.queries.reading.files.codebook import CODE_BOOK, Line, lines
from contempo.questionnaires.queries.reading.files.plain import write_csv, write_parquet
from contempo.questionnaires.queries.reading.files.spss import write_sav
from contempo.questionnaires.queries.reading.files.workbook import Book
from contempo.questionnaires.queries.reading.names import say
from contempo.questionnaires.rules.extracts import FileKind

Progress = Callable[[int, int], None]
"""Learns how many rows are written, of how many."""


def nobody_waits(done: int, total: int) -> None:
    """For files that are made at once."""


def write_file(
    campaign: Campaign, kind: FileKind, path: Path, *, part: str = "", told: Progress = nobody_waits
) -> None:
    """Write the data set of `campaign`, or the group `part` of it that repeats, into `path`.

    A workbook has all of it, with the code book. KeyError when there is no such part.
    """
    if kind == FileKind.XLSX:
        _write_book(campaign, path, told)
        return
    with data_set(campaign, part) as data:
        total = data.rows
        told(0, total)
        match kind:
            case FileKind.CSV:
                write_csv(data, path)
            case FileKind.PARQUET:
                write_parquet(data, path)
            case FileKind.SAV:
                write_sav(data, path, title=title_of(campaign))
        told(total, total)


def _write_book(campaign: Campaign, path: Path, told: Progress) -> None:
    book = Book()
    with opened_columns(campaign) as columns:
        groups = parts_of(campaign, columns)
    with data_set(campaign) as data:
        total = data.rows
        book.table(_("Responses"), data, lambda done: told(done, total))
    for group in groups:
        with data_set(campaign, group.key) as data:
            book.table(say(group.label), data, lambda _done: told(total, total))
    book.code_book(code_lines(campaign))
    book.save(path)


def code_lines(campaign: Campaign) -> Iterator[Line]:
    """The code book of all tables of the data set."""
    with opened_columns(campaign) as columns:
        parts = ["", *(group.key for group in parts_of(campaign, columns))]
    for part in parts:
        with data_set(campaign, part) as data:
            yield from lines(data)


def code_book(campaign: Campaign) -> Iterator[bytes]:
    """The code book as CSV, line by line."""
    yield b"\xef\xbb\xbf" + _line([str(label) for label in CODE_BOOK])
    for line in code_lines(campaign):
        yield _line(line)


def _line(cells: Sequence[str]) -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=";", lineterminator="\r\n").writerow([disarm(cell) for cell in cells])
    return made.getvalue().encode()
