"""Everything that is held about a worker: for their own page, and for the download of one's data."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F
from django.utils.formats import localize
from django.utils.translation import gettext

from contempo.agile.models import (
    Account,
    Acknowledgement,
    Agreement,
    AgreementMove,
    Appeal,
    Communication,
    Entry,
    Feed,
    PlannedDay,
    PriorityVerification,
    Request,
    Share,
    Worker,
    WorkerSpell,
)
from contempo.agile.queries.monitoring.words import month_name
from contempo.agile.rules.structure_staff import SEX_WORDS, weekdays_written
from contempo.core.words import N_
from contempo.web.templatetags.web import at_time, on_day

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """One kind of thing that is held: its rows belong to the worker at the end of `leads`, newest first by `order`.

    `fields` pairs what is read with the message id of its label; the first tells the rows apart. `told` names what is
    in the download and too long for the page.
    """

    key: str
    title: str
    model: Any
    leads: str
    order: str
    fields: tuple[tuple[str, str], ...]
    told: tuple[str, ...] = ()


_MONTH = ("account__month__first_day", N_("Month"))

HELD = (
    Held(
        "staff",
        N_("Staff record"),
        Worker,
        "pk",
        "number",
        (
            ("number", N_("Staff number")),
            ("email", N_("E-mail")),
            ("unit__name", N_("Unit")),
            ("directorate__name", N_("Directorate")),
            ("contract", N_("Contract")),
            ("category", N_("Category")),
            ("part_time_percent", N_("Working time, in per cent")),
            ("weekdays", N_("Weekdays worked")),
            ("sex", N_("Sex")),
            ("birth_year", N_("Year of birth")),
            ("since", N_("From")),
            ("until", N_("Last day")),
            ("heads_unit", N_("Heads the unit")),
            ("safety_representative", N_("Safety representative")),
            ("commute_km", N_("Kilometres from home to work, one way")),
            ("commute_means", N_("Means of transport")),
            ("remote_percent", N_("Share that can be done remotely, in per cent")),
            ("eligible", N_("May ask for agile work")),
            ("agile", N_("Agreement in force")),
            ("invited_at", N_("Invited at")),
        ),
    ),
    Held(
        "history",
        N_("Where and how you worked"),
        WorkerSpell,
        "worker",
        "-since",
        (
            ("since", N_("From")),
            ("until", N_("Last day")),
            ("unit__name", N_("Unit")),
            ("contract", N_("Contract")),
            ("category", N_("Category")),
            ("part_time_percent", N_("Working time, in per cent")),
            ("weekdays", N_("Weekdays worked")),
            ("heads_unit", N_("Heads the unit")),
        ),
    ),
    Held(
        "shares",
        N_("Shares of your time"),
        Share,
        "worker",
        "-percent",
        (
            ("activity__title", N_("Activity")),
            ("percent", N_("Share of working time, in per cent")),
        ),
    ),
    Held(
        "agreements",
        N_("Agreements"),
        Agreement,
        "worker",
        "-number",
        (
            ("number", N_("Number")),
            ("state", N_("State")),
            ("starts_on", N_("From")),
            ("until", N_("Last day")),
            ("days_per_month", N_("Agile days a month")),
            ("created_at", N_("Begun at")),
            ("submitted_at", N_("Sent at")),
            ("signed_at", N_("Signed at")),
        ),
        told=(
            "objectives",
            "activities",
            "weekdays",
            "contact_bands",
            "rest",
            "tools",
            "tools_of_employer",
            "places",
            "place_words",
            "control",
            "training",
            "term",
            "notice_days",
            "signer_name",
            "statement",
            "withdrawn_at",
            "withdrawn_by",
            "justified_reason",
            "self_evaluation",
            "evaluation",
        ),
    ),
    Held(
        "agreement_steps",
        N_("Steps of the agreements"),
        AgreementMove,
        "agreement__worker",
        "-at",
        (
            ("at", N_("When")),
            ("agreement__number", N_("Agreement")),
            ("state", N_("State")),
            ("text", N_("Text")),
        ),
        told=("transition", "terms"),
    ),
    Held(
        "communications",
        N_("What the Ministry was told"),
        Communication,
        "agreement__worker",
        "-happened_on",
        (
            ("happened_on", N_("Day")),
            ("agreement__number", N_("Agreement")),
            ("kind", N_("What")),
            ("told_on", N_("Told on")),
            ("protocol", N_("Receipt of the Ministry")),
        ),
    ),
    Held(
        "priorities",
        N_("Grounds of priority, only as verified"),
        PriorityVerification,
        "worker",
        "-verified_on",
        (
            ("ground", N_("Ground")),
            ("verified_on", N_("Verified on")),
            ("until", N_("Last day")),
        ),
    ),
    Held(
        "acknowledgements",
        N_("Safety notices you received"),
        Acknowledgement,
        "worker",
        "-at",
        (
            ("notice__year", N_("Year")),
            ("at", N_("When")),
            ("as_representative", N_("As safety representative")),
        ),
    ),
    Held(
        "accounts",
        N_("Accounts of the months"),
        Account,
        "worker",
        "-month__first_day",
        (
            ("month__first_day", N_("Month")),
            ("unit__name", N_("Unit")),
            ("entitled", N_("Days of the month")),
            ("carried", N_("Days carried over")),
            ("enjoyed", N_("Days got from the bank this year")),
            ("cap", N_("Most agile days")),
            ("agreement", N_("Agreement in force")),
            ("pseudonym", N_("Your pseudonym in the published file")),
        ),
    ),
    Held(
        "ledger",
        N_("Every movement of days"),
        Entry,
        "account__worker",
        "-at",
        (
            ("at", N_("When")),
            _MONTH,
            ("kind", N_("Movement")),
            ("days", N_("Days")),
        ),
    ),
    Held(
        "requests",
        N_("Requests to the bank"),
        Request,
        "account__worker",
        "-created_at",
        (
            _MONTH,
            ("reason", N_("Reason")),
            ("days", N_("Days asked")),
            ("state", N_("State")),
            ("created_at", N_("Asked at")),
            ("changed_at", N_("Changed at")),
        ),
    ),
    Held(
        "planned_days",
        N_("Planned days"),
        PlannedDay,
        "worker",
        "-day",
        (
            ("day", N_("Date")),
            ("place", N_("Place")),
            ("seat__name", N_("Near-working seat")),
            ("state", N_("State")),
            ("exception_reason", N_("Why it was allowed")),
            ("planned_at", N_("Planned at")),
        ),
    ),
    Held(
        "appeals",
        N_("Appeals"),
        Appeal,
        "account__worker",
        "-made_at",
        (
            ("made_at", N_("Made at")),
            _MONTH,
            ("text", N_("What is wrong")),
            ("state", N_("State")),
            ("answer", N_("Answer")),
        ),
    ),
    Held(
        "calendar_addresses",
        N_("Calendar addresses"),
        Feed,
        "worker",
        "-created_at",
        (
            ("created_at", N_("Made at")),
            ("unit__name", N_("Presences of")),
            ("revoked_at", N_("Revoked at")),
        ),
    ),
)


def read(held: Held, worker_ids: Collection[int]) -> Iterable[dict[str, Any]]:
    """The rows of one kind, of several workers, with all that is told. One SQL."""
    names = [name for name, _label in held.fields] + list(held.told)
    rows = held.model.objects.filter(**{f"{held.leads}__in": worker_ids}).annotate(held_of=F(held.leads))
    found: Iterable[dict[str, Any]] = rows.order_by(held.order).values("held_of", *names)
    return found


def personal_data(person_id: int) -> dict[str, object]:
    """What every employer holds about a person, as it stands in the tables. Fifteen SQL, one for nobody's worker."""
    workers = Worker.objects.filter(person_id=person_id).order_by("pk")
    employers = dict(workers.values_list("pk", "employer__organisation__name"))
    if not employers:
        return {"employments": []}
    told: dict[int, dict[str, object]] = {
        pk: {"employer": name, **{held.key: [] for held in HELD}} for pk, name in employers.items()
    }
    for held in HELD:
        for row in read(held, list(employers)):
            rows = told[row.pop("held_of")][held.key]
            assert isinstance(rows, list)
            rows.append({name.replace("__", "_"): value for name, value in row.items()})
    return {"employments": list(told.values())}


@dataclass(frozen=True)
class Cell:
    """A value in words under its label; empty when nothing is held."""

    label: str
    value: str


@dataclass(frozen=True)
class HeldShown:
    """The rows of one kind as the page shows them, each a tuple of cells."""

    key: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def count(self) -> int:
        return len(self.rows)


def held_shown(worker_id: int) -> tuple[HeldShown, ...]:
    """Everything held about one worker, in the reader's language. As many SQL as kinds."""
    return tuple(
        HeldShown(held.key, gettext(held.title), tuple(_cells(held, row) for row in read(held, [worker_id])))
        for held in HELD
    )


def _cells(held: Held, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return tuple(Cell(gettext(label), _shown(held.model, name, row[name])) for name, label in held.fields)


def _shown(model: Any, name: str, value: object) -> str:
    """A value as people read it: the words of a choice, weekdays by name, numbers that name something as they are."""
    if value is None or value == "":
        return ""
    if name == "weekdays" and isinstance(value, list):
        return weekdays_written(value)
    if name == "sex" and isinstance(value, str):
        return gettext(SEX_WORDS[value])
    if name == "until" and isinstance(value, date):
        return on_day(value - _DAY)
    if name.endswith("first_day") and isinstance(value, date):
        return month_name(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return at_time(value)
    if isinstance(value, date):
        return on_day(value)
    if isinstance(value, Decimal):
        return str(localize(value))
    return _worded(model, name, value)


def _worded(model: Any, name: str, value: object) -> str:
    """The words of a choice; what is no choice as it is."""
    try:
        choices = dict(model._meta.get_field(name).flatchoices)
    except FieldDoesNotExist:
        return str(value)
    return str(choices.get(value, value))
