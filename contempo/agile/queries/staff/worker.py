"""One worker of the staff, and what is typed of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from contempo.agile.access import may_keep, visible_agreements, visible_workers
from contempo.agile.models import Agreement, Share, Worker, WorkerSpell
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff.workers import access_of, pattern_of
from contempo.agile.rules.agreements import AGREEMENT
from contempo.agile.rules.structure_staff import SEX_WORDS, weekdays_written
from contempo.core.workflow import Look

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SpellShown:
    """Where and how somebody worked between two days, both included; `last` None while it still holds."""

    unit: str
    what: str
    since: date
    last: date | None


@dataclass(frozen=True)
class ShareShown:
    """A part of the time, in per cent, and the activity it goes to."""

    activity: str
    url: str
    percent: int


@dataclass(frozen=True)
class AgreementShown:
    """An agreement with its state and days, the last one included."""

    number: int
    url: str
    state: Look
    since: date | None
    last: date | None


@dataclass(frozen=True)
class WorkerPage:
    """A worker; `remote_percent` None until shares are known, `asked_at` when an invitation was asked for."""

    id: int
    number: str
    name: str
    email: str
    present: bool
    unit: str
    unit_url: str
    directorate: str
    contract: str
    category: str
    pattern: str
    sex: str
    birth_year: int | None
    since: date
    last: date | None
    heads_unit: bool
    safety_representative: bool
    remote_percent: int | None
    eligible: bool
    access: str
    linked: bool
    asked_at: datetime | None
    invited_at: datetime | None
    spells: tuple[SpellShown, ...]
    shares: tuple[ShareShown, ...]
    agreements: tuple[AgreementShown, ...]
    may_change: bool


def worker_page(opened: OpenedEmployer, worker_id: int) -> WorkerPage | None:
    """The page of a worker; None when the reader sees none of this number. Five SQL."""
    rows = Worker.objects.select_related("unit", "directorate")
    worker = visible_workers(opened.part, rows).filter(pk=worker_id).first()
    if worker is None:
        return None
    keeps = bool(may_keep(opened.part))
    name = named([(worker.pk, worker.number, worker.person_id)])[worker.pk]
    return WorkerPage(
        id=worker.pk,
        number=worker.number,
        name=name,
        email=worker.email,
        present=worker.present,
        unit=worker.unit.name,
        unit_url=opened.url("unit", unit_id=worker.unit_id),
        directorate=worker.directorate.name,
        contract=worker.get_contract_display(),
        category=worker.category,
        pattern=pattern_of(worker),
        sex=gettext(SEX_WORDS[worker.sex]) if keeps else "",
        birth_year=worker.birth_year if keeps else None,
        since=worker.since,
        last=worker.until - _DAY if worker.until else None,
        heads_unit=worker.heads_unit,
        safety_representative=worker.safety_representative,
        remote_percent=worker.remote_percent,
        eligible=worker.eligible,
        access=access_of(worker),
        linked=worker.person_id is not None,
        asked_at=worker.invitation_asked_at,
        invited_at=worker.invited_at,
        spells=_spells(worker),
        shares=_shares(opened, worker),
        agreements=_agreements(opened, worker),
        may_change=keeps,
    )


def _spells(worker: Worker) -> tuple[SpellShown, ...]:
    rows = WorkerSpell.objects.filter(worker=worker).select_related("unit").order_by("-since")
    return tuple(
        SpellShown(row.unit.name, _facts(row), row.since, row.until - _DAY if row.until else None) for row in rows
    )


def _facts(row: WorkerSpell) -> str:
    """Contract, category, working time and headship in one line."""
    days = weekdays_written(row.weekdays)
    time = gettext("%(percent)s %%, %(days)s") % {"percent": row.part_time_percent, "days": days}
    head = gettext("heads the unit") if row.heads_unit else ""
    return " · ".join(word for word in (row.get_contract_display(), row.category, time, head) if word)


def _shares(opened: OpenedEmployer, worker: Worker) -> tuple[ShareShown, ...]:
    rows = (
        Share.objects.filter(worker=worker)
        .order_by("-percent")
        .values_list("activity_id", "activity__title", "percent")
    )
    return tuple(
        ShareShown(title, opened.url("activity", activity_id=activity_id), percent)
        for activity_id, title, percent in rows
    )


def _agreements(opened: OpenedEmployer, worker: Worker) -> tuple[AgreementShown, ...]:
    rows = visible_agreements(opened.part, Agreement.objects.filter(worker=worker)).order_by("-number")
    return tuple(
        AgreementShown(
            number,
            opened.url("agreement", number=number),
            AGREEMENT.looks[state],
            since,
            until - _DAY if until else None,
        )
        for number, state, since, until in rows.values_list("number", "state", "starts_on", "until")
    )


@dataclass(frozen=True)
class WorkerTyped:
    """What the form of a worker begins with; `unit_id` is the present unit, kept among the choices."""

    name: str
    initial: Mapping[str, object]
    unit_id: int


def worker_typed(opened: OpenedEmployer, worker_id: int, *, today: date) -> WorkerTyped | None:
    """What is written of a worker, to be changed. One SQL."""
    worker = visible_workers(opened.part, Worker.objects.all()).filter(pk=worker_id).first()
    if worker is None:
        return None
    plain = (
        "number",
        "email",
        "contract",
        "category",
        "part_time_percent",
        "sex",
        "birth_year",
        "since",
        "heads_unit",
        "safety_representative",
    )
    initial = {
        **{name: getattr(worker, name) for name in plain},
        "unit": str(worker.unit_id),
        "weekdays": [str(day) for day in worker.weekdays],
        "last": worker.until - _DAY if worker.until else None,
        "day": today,
    }
    return WorkerTyped(worker.number, initial, worker.unit_id)
