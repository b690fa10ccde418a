"""The agreements of who is signed in, and those that wait for them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from contempo.agile.access import Part, visible_agreements
from contempo.agile.models import Agreement, PriorityVerification
from contempo.agile.models.agreements import in_effect_on
from contempo.agile.queries.agreements.wording import last_day, name_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import AGREEMENT, GRANTS_PRIORITY, IN_THE_MAKING, AgreementState
from contempo.agile.rules.agreements.evaluation import FROM_BEFORE_END
from contempo.core.workflow import Look

WAITING_SHOWN = 50


@dataclass(frozen=True)
class Brief:
    """An agreement in a short list; `days` agile days a month, `last_day` None when it has no end."""

    number: int
    url: str
    name: str
    unit: str
    state: Look
    state_key: str
    days: int | None
    since: date | None
    last_day: date | None
    state_since: datetime
    prioritised: bool = False
    renewal: bool = False


@dataclass(frozen=True)
class Mine:
    """One's own agreements: the one being made, the one that holds or will, those before.

    `may_begin` when nothing is being made and the mapping leaves enough to do remotely; `eligible` says the latter.
    """

    making: Brief | None
    current: tuple[Brief, ...]
    past: tuple[Brief, ...]
    eligible: bool
    remote_percent: int | None

    @property
    def may_begin(self) -> bool:
        return self.eligible and self.making is None


def mine(opened: OpenedEmployer, today: date) -> Mine | None:
    """The agreements of the reader, None when they are not on the staff. One SQL."""
    worker = opened.part.worker
    if worker is None:
        return None
    rows = Agreement.objects.filter(worker=worker).select_related("worker__person", "unit")
    found = [(each, _brief(opened, each)) for each in rows.order_by("-number")]
    making = next((brief for each, brief in found if each.state in IN_THE_MAKING), None)
    current = tuple(brief for each, brief in found if each.signed_at and (each.until is None or each.until > today))
    past = tuple(brief for _each, brief in found if brief is not making and brief not in current)
    return Mine(making, current, past, worker.eligible, worker.remote_percent)


def waiting(part: Part) -> QuerySet[Agreement]:
    """The agreements the reader decides on: of the units they head, or of everybody for human resources, never their
    own.
    """
    rows = Agreement.objects.filter(state=AgreementState.SUBMITTED)
    if not (part.hr or part.heads):
        return rows.none()
    rows = visible_agreements(part, rows)
    return rows.exclude(worker_id=part.worker.pk) if part.worker is not None else rows


def to_evaluate(part: Part, today: date) -> QuerySet[Agreement]:
    """The agreements whose end it is for the reader to evaluate, as far as nobody has: as `rules.agreements.evaluation`
    says, but for those that a newer one goes on with.
    """
    rows = Agreement.objects.filter(evaluated_at__isnull=True, starts_on__lte=today, until__isnull=False)
    if not (part.hr or part.heads):
        return rows.none()
    running = Q(state__in=[AgreementState.IN_FORCE, AgreementState.WITHDRAWN], until__lte=today + FROM_BEFORE_END)
    rows = visible_agreements(part, rows.filter(running | Q(state=AgreementState.ENDED)))
    return rows.exclude(worker_id=part.worker.pk) if part.worker is not None else rows


def waiting_first(part: Part, today: date) -> QuerySet[Agreement]:
    """The same, those with a verified ground of priority first, then in the order in which they were sent.

    Law 81/2017, article 18, paragraph 3-bis.
    """
    verified = PriorityVerification.objects.filter(
        in_effect_on(today), worker=OuterRef("worker"), ground__in=sorted(GRANTS_PRIORITY)
    )
    rows = waiting(part).select_related("worker__person", "unit").annotate(prioritised=Exists(verified))
    return rows.order_by("-prioritised", "submitted_at", "id")


def waiting_for(opened: OpenedEmployer, today: date) -> tuple[Brief, ...]:
    """The first of the agreements that wait for the reader. One SQL."""
    return tuple(
        _brief(opened, each, prioritised=getattr(each, "prioritised", False))
        for each in waiting_first(opened.part, today)[:WAITING_SHOWN]
    )


def _brief(opened: OpenedEmployer, agreement: Agreement, prioritised: bool = False) -> Brief:
    return Brief(
        number=agreement.number,
        url=opened.url("agreement", number=agreement.number),
        name=name_of(agreement.worker),
        unit=agreement.unit.name,
        state=AGREEMENT.looks[AgreementState(agreement.state)],
        state_key=agreement.state,
        days=agreement.days_per_month,
        since=agreement.starts_on,
        last_day=last_day(agreement.until),
        state_since=agreement.state_since,
        prioritised=prioritised,
        renewal=agreement.previous_id is not None,
    )


def to_sign(worker_id: int) -> Q:
    """Agreements that wait for the worker: to be signed, or to be changed."""
    return Q(worker_id=worker_id, state__in=[AgreementState.APPROVED, AgreementState.CHANGES_REQUESTED])
