"""Rows of a text file: separators, encodings and quotes as spreadsheets write them. Pure."""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from contempo.core.cells import rearm
from contempo.core.imports.values import Cell
from contempo.core.verdict import Refusal
from contempo.core.words import N_

UTF8, WINDOWS = "utf-8", "cp1252"
ENCODINGS = (UTF8, WINDOWS)
SEPARATORS = (";", ",", "\t")

_LOOKED_AT = 50
_CHUNK = 1 << 20
_CODECS = {UTF8: "utf-8-sig", WINDOWS: "cp1252"}


def encoding_of(path: Path) -> str:
    """UTF-8 when all of the file is, else Windows-1252. Raises `Refusal` when it is neither."""
    for encoding in ENCODINGS:
        if is_in(path, encoding):
            return encoding
    raise Refusal(
        N_("The letters of this file cannot be read. Save it as “CSV UTF-8” and bring it again."), field="file"
    )


def is_in(path: Path, encoding: str) -> bool:
    """Whether every byte of the file makes sense in `encoding`."""
    try:
        with _opened(path, encoding) as file:
            while file.read(_CHUNK):
                pass
    except UnicodeDecodeError:
        return False
    return True


def separator_of(path: Path, encoding: str, known: Callable[[Sequence[str]], int]) -> str:
    """The separator by which the heads are best known and the rows have most columns, alike."""
    with _opened(path, encoding) as file:
        if declared := _declared(file):
            return declared

    def weight(separator: str) -> tuple[int, int]:
        rows = [
            [str(cell) for cell in cells] for _line, cells in islice(csv_rows(path, encoding, separator), _LOOKED_AT)
        ]
        if not rows:
            return 0, 0
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count)
        return max(known(row) for row in rows[:10]), usual if usual > 1 else 0

    return max(SEPARATORS, key=weight)


def csv_rows(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[Cell]]]:
    """Every row that is not empty, with its number as a spreadsheet counts; quotes against formulas taken off.

    Raises `Refusal` at a row that cannot be taken apart.
    """
    line = 0
    with _opened(path, encoding) as file:
        if not _declared(file):
            file.seek(0)
        reader = csv.reader(file, delimiter=separator)
        while True:
            line += 1
            try:
                row = next(reader, None)
            except csv.Error:
                raise Refusal(
                    N_('Row %(line)s cannot be read: perhaps a quote (") is opened there and never closed.'), line=line
                ) from None
            if row is None:
                return
            if any(cell and not cell.isspace() for cell in row):
                yield line, [rearm(cell) for cell in row]


def _opened(path: Path, encoding: str) -> IO[str]:
    return path.open(encoding=_CODECS[encoding], newline="")


def _declared(file: IO[str]) -> str:
    """The separator that the first line declares as Excel reads it ("sep=;"), empty when it declares none."""
    first = file.readline(10).strip().strip('"')
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in SEPARATORS else ""
