"""One agreement as its page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from contempo.agile.access import parts_in_agreement, visible_agreements
from contempo.agile.models import Acknowledgement, Agreement, AgreementMove, PriorityVerification, SafetyNotice
from contempo.agile.models.agreements import in_effect_on
from contempo.agile.queries.agreements.wording import (
    Change,
    Section,
    changes_between,
    last_day,
    name_of,
    seat_names,
    sections_of,
)
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import (
    AGREEMENT,
    GRANTS_PRIORITY,
    SIGNED,
    TOLD_LABELS,
    AgreementState,
    Ground,
    Term,
    Who,
)
from contempo.agile.rules.agreements.evaluation import FROM_BEFORE_END, MARK_LABELS, can_be_evaluated
from contempo.agile.rules.agreements.notice import Notice, cut, may_withdraw, notice_of
from contempo.agile.rules.agreements.terms import Terms, objectives_of
from contempo.core.workflow import Look
from contempo.people.public import names
from contempo.web.timeline import Entry


@dataclass(frozen=True)
class ToldRow:
    """What the Ministry is owed of an agreement."""

    kind: str
    due_on: date
    told_on: date | None
    late: bool


@dataclass(frozen=True)
class Evaluation:
    """What one side says of an agreement: (objective, mark in words), and a note."""

    title: str
    rows: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class AgreementPage:
    """An agreement: its terms in words, where it stands, what its reader may do with it.

    `steps` are the names of the transitions open to the reader. `changes` compare with the version sent before, or with
    the agreement it follows (`compared`). `safety` is None when the notice of the year is acknowledged, else the
    sentence that says what is missing. `signed_sections` are the terms as they were signed, to which the digest
    belongs: a withdrawal or a newer agreement changes the last day, never what was signed.
    """

    id: int
    number: int
    url: str
    name: str
    unit: str
    state: Look
    state_key: str
    mine: bool
    manages: bool
    terms: Terms
    sections: tuple[Section, ...]
    signed_sections: tuple[Section, ...]
    steps: frozenset[str]
    story: tuple[Entry, ...]
    asked: str
    compared: str
    changes: tuple[Change, ...]
    previous: int | None
    follower: int | None
    prioritised: bool
    safety: str
    communications: tuple[ToldRow, ...]
    evaluations: tuple[Evaluation, ...]
    may_evaluate: bool
    may_renew: bool
    ends_soon: bool
    signed_on: Any
    signer: str
    decided_by: str
    decided_at: Any
    statement: str
    text_digest: str
    starts_late: bool
    objectives: tuple[str, ...]
    working_days: tuple[int, ...]

    @property
    def last_day(self) -> date | None:
        return last_day(self.terms.until)

    @property
    def open_to_change(self) -> bool:
        return self.mine and self.state_key in (AgreementState.DRAFT, AgreementState.CHANGES_REQUESTED)

    @property
    def signed(self) -> bool:
        return self.state_key in SIGNED


def agreement_page(opened: OpenedEmployer, number: int, today: date) -> AgreementPage | None:
    """The agreement with this number, when the reader may see it. Eleven SQL at most."""
    rows = visible_agreements(opened.part, Agreement.objects.all()).select_related("worker__person", "unit", "previous")
    agreement = rows.filter(number=number).first()
    if agreement is None:
        return None
    agreement.employer = opened.employer
    whos = parts_in_agreement(opened.part, agreement)
    terms = agreement.terms()
    moves = list(agreement.moves.all())
    signed = next((Terms.from_json(move.terms) for move in moves if move.transition == "sign"), terms)
    seats = seat_names((*terms.seats, *signed.seats))
    persons = names({move.person_id for move in moves} | {agreement.decided_by_id})
    compared, changes = _compared(agreement, terms, moves)
    mine = Who.WORKER in whos
    return AgreementPage(
        id=agreement.pk,
        number=number,
        url=opened.url("agreement", number=number),
        name=name_of(agreement.worker),
        unit=agreement.unit.name,
        state=AGREEMENT.looks[AgreementState(agreement.state)],
        state_key=agreement.state,
        mine=mine,
        manages=Who.MANAGER in whos,
        terms=terms,
        sections=sections_of(terms, seats),
        signed_sections=sections_of(signed, seats),
        steps=frozenset(step.name for step in AGREEMENT.available(agreement.state, whos)),
        story=tuple(_entry(move, persons) for move in moves),
        asked=_asked(agreement, moves),
        compared=compared,
        changes=changes,
        previous=agreement.previous.number if agreement.previous else None,
        follower=agreement.followers.exclude(state=AgreementState.DROPPED).values_list("number", flat=True).first(),
        prioritised=_prioritised(agreement, today) if Who.MANAGER in whos else False,
        safety=_safety(agreement, today),
        communications=tuple(_told(agreement, today)) if opened.part.hr else (),
        evaluations=tuple(_evaluations(agreement)),
        may_evaluate=_may_evaluate(agreement, whos, today),
        may_renew=mine and agreement.state in (AgreementState.IN_FORCE, AgreementState.ENDED),
        ends_soon=_ends_soon(agreement, today),
        signed_on=agreement.signed_at,
        signer=agreement.signer_name,
        decided_by=persons.get(agreement.decided_by_id or 0, ""),
        decided_at=agreement.decided_at,
        statement=agreement.statement,
        text_digest=agreement.text_digest,
        starts_late=agreement.starts_on is not None and agreement.starts_on < today,
        objectives=objectives_of(agreement.objectives),
        working_days=tuple(agreement.worker.weekdays),
    )


def _entry(move: AgreementMove, persons: dict[int, str]) -> Entry:
    look = AGREEMENT.looks[AgreementState(move.state)]
    return Entry(
        at=move.at,
        title=_(look.label),
        who=persons.get(move.person_id or 0, ""),
        text=move.text,
        tone=look.tone,
        icon=look.icon,
    )


def _asked(agreement: Agreement, moves: list[AgreementMove]) -> str:
    """What the worker is asked to change, while it is up to them."""
    if agreement.state != AgreementState.CHANGES_REQUESTED:
        return ""
    return next((move.text for move in reversed(moves) if move.transition == "ask_changes"), "")


def _compared(agreement: Agreement, terms: Terms, moves: list[AgreementMove]) -> tuple[str, tuple[Change, ...]]:
    """With what the agreement is compared, and what changed: the version sent before it, or the one it follows."""
    sent = [Terms.from_json(move.terms) for move in moves if move.transition == "submit"]
    if agreement.state == AgreementState.SUBMITTED:
        sent = sent[:-1]
    if agreement.state in (AgreementState.SUBMITTED, AgreementState.CHANGES_REQUESTED) and sent:
        return _("What changed since it was sent before"), changes_between(sent[-1], terms)
    if agreement.previous is not None and not agreement.signed_at:
        title = _("What changes from agreement %(number)s") % {"number": agreement.previous.number}
        return title, changes_between(agreement.previous.terms(), terms)
    return "", ()


def _prioritised(agreement: Agreement, today: date) -> bool:
    verified = PriorityVerification.objects.filter(in_effect_on(today), worker_id=agreement.worker_id)
    return verified.filter(ground__in=sorted(GRANTS_PRIORITY)).exists()


def _safety(agreement: Agreement, today: date) -> str:
    """What is missing of the safety notice of the year, for an agreement that is made or holds in it."""
    if agreement.state in (AgreementState.DROPPED, AgreementState.REFUSED, AgreementState.ENDED):
        return ""
    if agreement.state in SIGNED and agreement.until is not None and agreement.until <= today:
        return ""
    notice = SafetyNotice.objects.filter(employer_id=agreement.employer_id, year=today.year).first()
    if notice is None:
        return _("The safety notice of %(year)s is not published yet.") % {"year": today.year}
    if Acknowledgement.objects.filter(notice=notice, worker_id=agreement.worker_id, as_representative=False).exists():
        return ""
    return _("The safety notice of %(year)s is still to be acknowledged.") % {"year": today.year}


def _told(agreement: Agreement, today: date) -> list[ToldRow]:
    return [
        ToldRow(_(TOLD_LABELS[each.kind]), each.due_on, each.told_on, each.told_on is None and each.due_on < today)
        for each in agreement.communications.all()
    ]


def _evaluations(agreement: Agreement) -> list[Evaluation]:
    sides = ((_("The worker says"), agreement.self_evaluation), (_("The manager says"), agreement.evaluation))
    return [
        Evaluation(
            title,
            tuple((row["text"], _(MARK_LABELS[row["mark"]])) for row in kept.get("objectives", ())),
            kept.get("note", ""),
        )
        for title, kept in sides
        if kept
    ]


def _may_evaluate(agreement: Agreement, whos: frozenset[Who], today: date) -> bool:
    if not whos & {Who.WORKER, Who.MANAGER} or agreement.evaluated_at is not None:
        return False
    return can_be_evaluated(agreement.state, agreement.starts_on, agreement.until, today)


def _ends_soon(agreement: Agreement, today: date) -> bool:
    return (
        agreement.state == AgreementState.IN_FORCE
        and agreement.until is not None
        and today >= agreement.until - FROM_BEFORE_END
    )


@dataclass(frozen=True)
class Ending:
    """How an agreement would end if its reader withdrew from it today.

    `with_notice` is None when only a justified reason lets them (an agreement with an end date); both have the last day
    on which it would hold.
    """

    for_employer: bool
    protected: bool
    with_notice: Notice | None
    at_once: Notice


def ending_of(opened: OpenedEmployer, page: AgreementPage, today: date) -> Ending:
    """The two ways to withdraw from an agreement today, with their last days. One SQL."""
    agreement = Agreement.objects.get(pk=page.id)
    side = Who.WORKER if page.mine else Who.MANAGER
    protected = (
        PriorityVerification.objects.filter(in_effect_on(today), worker_id=agreement.worker_id)
        .filter(ground=Ground.TARGETED_PLACEMENT.value)
        .exists()
    )

    def way(justified: bool) -> Notice:
        notice = notice_of(
            side=side,
            agreed_days=agreement.notice_days,
            protected=protected,
            justified=justified,
            given_on=today,
            starts_on=agreement.starts_on or today,
        )
        last = last_day(cut(notice, agreement.until))
        return Notice(notice.days, last or notice.last_day)

    open_ended = bool(may_withdraw(Term(agreement.term), justified=False))
    return Ending(not page.mine, protected and not page.mine, way(False) if open_ended else None, way(True))
