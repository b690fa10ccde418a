"""Files made of a campaign: the data set in several forms, the report; small ones at once, the others later."""

from datetime import timedelta
from enum import StrEnum

from contempo.core.words import N_

KEPT = timedelta(days=3)
"""How long a file made later waits for who asked for it."""


class FileKind(StrEnum):
    """What a file holds, and how."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SAV = "sav"
    REPORT = "report"


FILE_LABELS: dict[str, str] = {
    FileKind.CSV: N_("CSV, to open in any program"),
    FileKind.XLSX: N_("Excel, with the code book in a sheet"),
    FileKind.PARQUET: N_("Parquet, for who computes with Python or R"),
    FileKind.SAV: N_("SPSS, with labels and missing values"),
    FileKind.REPORT: N_("Report, as PDF"),
}

ENDINGS: dict[str, str] = {
    FileKind.CSV: "csv",
    FileKind.XLSX: "xlsx",
    FileKind.PARQUET: "parquet",
    FileKind.SAV: "sav",
    FileKind.REPORT: "pdf",
}

CONTENT_TYPES: dict[str, str] = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PARQUET: "application/vnd.apache.parquet",
    FileKind.SAV: "application/x-spss-sav",
    FileKind.REPORT: "application/pdf",
}


class ExtractState(StrEnum):
    """Where a file made later stands."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


EXTRACT_LABELS: dict[str, str] = {
    ExtractState.WAITING: N_("Waiting its turn"),
    ExtractState.WORKING: N_("Being made"),
    ExtractState.READY: N_("Ready"),
    ExtractState.FAILED: N_("It could not be made"),
}


_CELLS_AT_ONCE: dict[str, int] = {
    FileKind.CSV: 5_000_000,
    FileKind.XLSX: 250_000,
    FileKind.PARQUET: 20_000_000,
    FileKind.SAV: 5_000_000,
}
"""Responses by columns of a data set that is made while its reader waits: about a second's work each."""

_RESPONSES_OF_REPORT = 200_000


def is_made_at_once(kind: FileKind, *, responses: int, columns: int) -> bool:
    """Whether a file of so many responses with so many columns is made while its reader waits."""
    if kind == FileKind.REPORT:
        return responses <= _RESPONSES_OF_REPORT
    return responses * columns <= _CELLS_AT_ONCE[kind]
