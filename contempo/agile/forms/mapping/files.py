"""Files of activities and shares: their columns, and who reads and writes them."""

from datetime import date, timedelta
from zlib import crc32

from contempo.agile.actions.mapping.loading_activities import write_activities
from contempo.agile.actions.mapping.loading_shares import write_shares
from contempo.agile.queries.mapping.loading import (
    activities_in_files,
    check_activities,
    check_shares,
    shares_in_files,
)
from contempo.agile.queries.staff.loading import about_employer, may_load
from contempo.core import clock
from contempo.core.imports import Field, FieldKind, Kind, Missing, Values, register_kind
from contempo.core.words import N_

_DAY = timedelta(days=1)
_RANKS = 1_000


def _ended(values: Values) -> Values | None:
    """What is left out ended yesterday, or on its first day when that is today; None when it has ended already."""
    since, last = values["since"], values["last"]
    if last is not None or not isinstance(since, date):
        return None
    return {**values, "last": max(clock.today() - _DAY, since)}


ACTIVITIES = Kind(
    key="agile.activities",
    title=N_("Activities of the units"),
    help=N_("One activity a row, found again by its code. Assessments and shares stay when you load it again."),
    fields=(
        Field("code", N_("Code of the activity"), FieldKind.CODE, required=True, longest=40, aliases=("Codice",)),
        Field("title", N_("What is done"), required=True, aliases=("Titolo", "Attività", "Denominazione")),
        Field(
            "unit",
            N_("Unit code"),
            FieldKind.CODE,
            required=True,
            longest=40,
            aliases=("Codice unità", "Unità", "Ufficio", "Codice ufficio"),
        ),
        Field("description", N_("Description"), longest=5_000, aliases=("Descrizione", "Note")),
        Field("since", N_("From"), FieldKind.DATE, required=True, aliases=("Dal", "Data inizio")),
        Field("last", N_("To"), FieldKind.DATE, aliases=("Al", "Data fine"), help=N_("The last day, included.")),
    ),
    identity=("code",),
    about=about_employer,
    may=may_load,
    current=activities_in_files,
    check=check_activities,
    write=write_activities,
    missing=Missing.END,
    missing_label=N_("End the activities that the file leaves out"),
    ended=_ended,
)

SHARES = Kind(
    key="agile.shares",
    title=N_("Shares of working time"),
    help=N_("One share a row: who, in which activity, how much of the time. Together 100 at most for each worker."),
    fields=(
        Field("number", N_("Staff number"), FieldKind.CODE, required=True, longest=40, aliases=("Matricola", "Matr.")),
        Field(
            "activity",
            N_("Code of the activity"),
            FieldKind.CODE,
            required=True,
            longest=40,
            aliases=("Codice attività", "Attività"),
        ),
        Field(
            "percent",
            N_("Share of working time, in per cent"),
            FieldKind.INTEGER,
            required=True,
            least=1,
            most=100,
            aliases=("Quota", "Percentuale", "Quota %"),
        ),
    ),
    identity=("number", "activity"),
    about=about_employer,
    may=may_load,
    current=shares_in_files,
    check=check_shares,
    write=write_shares,
    # The shares of one worker are written together, so that what is lowered makes room for what is raised.
    rank=lambda values: crc32(str(values["number"]).encode()) % _RANKS,
    missing=Missing.END,
    missing_label=N_("Take away the shares that the file leaves out"),
)


def register_mapping_files() -> None:
    """Make activities and shares importable; called once when the application starts."""
    register_kind(ACTIVITIES)
    register_kind(SHARES)
