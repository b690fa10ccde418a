"""To whom a question is proposed: by the rules when it arrives, by the coordinator when the rules do not fit."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Count

from contempo.core.action import action
from contempo.core.calendar import windows_of
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import conflicts_in, may_coordinate
from contempo.helpdesk.actions.calls import tell_nobody_fits, tell_proposed, tell_taken_away
from contempo.helpdesk.actions.moves import add_move, calendar_for, locked_question, move, policy_row, terms_of
from contempo.helpdesk.models import Expert, Question
from contempo.helpdesk.rules.questions import UNANSWERED, State, Who
from contempo.helpdesk.rules.routing import Absence, Candidate, Facts, Proposal, Reason, bar_of, propose
from contempo.people.public import Actor, NetworkRole, persons_with

Tell = Callable[[Question, int], None]

MIN_REASON = 10
MAX_REASON = 1000

CHOSEN = N_("Chosen by the coordinator: %(reason)s")
KNOWS_THE_CASE = Reason(N_("Knows the case already."))


def proposal_for(question: Question, at: datetime, *, not_to: Iterable[int | None] = ()) -> Proposal:
    """Which expert the rules propose for a question now; nothing is written. Eight SQL, whatever there is."""
    row = policy_row(question.network_id)
    facts = _facts(question, not_to)
    return propose(facts, candidates_for(question, terms_of(row).windows), at, calendar_for(row))


def _facts(question: Question, not_to: Iterable[int | None] = ()) -> Facts:
    return Facts(
        topic=question.topic,
        municipality=question.municipality_id or "",
        language=question.language,
        due_at=question.due_at,
        not_to=frozenset(person_id for person_id in not_to if person_id is not None),
    )


def candidates_for(question: Question, desk_windows: tuple = ()) -> list[Candidate]:
    """The experts of the network as the rules see them for a question: conflicts, absences and load included."""
    people = [person.id for person in persons_with(question.network_id, NetworkRole.EXPERT)]
    rows = {
        row.person_id: row
        for row in Expert.objects.filter(network_id=question.network_id, person_id__in=people).prefetch_related(
            "absences"
        )
    }
    conflicts = conflicts_in(question, people)
    loads = loads_of(question.network_id, people, besides=question.pk)
    found = []
    for person_id in people:
        row = rows.get(person_id) or Expert(network_id=question.network_id, person_id=person_id)
        found.append(
            Candidate(
                person_id=person_id,
                topics=frozenset(row.topics),
                municipalities=frozenset(row.municipalities),
                languages=frozenset(row.languages),
                windows=windows_of(row.windows) or desk_windows,
                absences=tuple(Absence(one.since, one.until) for one in row.absences.all()) if row.pk else (),
                capacity=row.capacity,
                load=loads[person_id],
                last_proposed=row.proposed_at,
                conflict=conflicts[person_id],
            )
        )
    return found


def loads_of(network_id: int, person_ids: Iterable[int], *, besides: int | None = None) -> Counter[int]:
    """How many questions under way each person holds or is proposed, leaving out one. Two SQL over their indexes."""
    load: Counter[int] = Counter()
    people = list(person_ids)
    running = Question.objects.filter(network_id=network_id, state__in=UNANSWERED).exclude(pk=besides).order_by()
    for who, questions in (
        ("holder_id", running.filter(holder_id__in=people)),
        ("proposed_to_id", running.filter(holder=None, proposed_to_id__in=people)),
    ):
        load.update(dict(questions.values_list(who).annotate(Count("pk"))))
    return load


def route(
    question: Question, at: datetime, *, not_to: Iterable[int | None] = (), tell: Tell | None = tell_proposed
) -> None:
    """Propose a locked question to an expert and `tell` them, or the coordinators that nobody fits; not saved.

    Whoever is proposed already, because they know the case, stays so while nothing speaks against it.
    """
    left_out = set(not_to)
    known = question.proposed_to_id
    if known and known not in left_out and _still_fits(question, known, at):
        _propose(question, known, (KNOWS_THE_CASE,), at, tell)
        return
    proposal = proposal_for(question, at, not_to=left_out)
    if proposal.person_id is None:
        question.proposed_to_id = None
        question.proposed_why = [reason.stored() for reason in proposal.reasons]
        tell_nobody_fits(question)
    else:
        _propose(question, proposal.person_id, proposal.reasons, at, tell)


def _still_fits(question: Question, person_id: int, at: datetime) -> bool:
    facts = _facts(question)
    return any(
        candidate.person_id == person_id and bar_of(facts, candidate, at) is None
        for candidate in candidates_for(question)
    )


def _propose(question: Question, person_id: int, reasons: Iterable[Reason], at: datetime, tell: Tell | None) -> None:
    question.proposed_to_id = person_id
    question.proposed_why = [reason.stored() for reason in reasons]
    Expert.objects.update_or_create(network_id=question.network_id, person_id=person_id, defaults={"proposed_at": at})
    if tell is not None:
        tell(question, person_id)


def is_chosen(question: Question) -> bool:
    """Whether a coordinator, and not the rules, chose who a question is proposed to."""
    return any(why["message"] == CHOSEN for why in question.proposed_why)


@action
def assign(actor: Actor, *, question_id: int, person_id: int, reason: str) -> None:
    """Give a question to an expert, as its coordinator, with the reason that its history will show.

    Whoever holds it at that moment no longer does, and is told. A conflict of interest is never overcome.
    """
    require(may_coordinate(actor))
    question = locked_question(actor, question_id)
    reason = _checked_reason(reason)
    if question.state not in UNANSWERED:
        raise Refusal(N_("This question is not waiting for an expert any more."))
    if actor.person_id == question.asker_id:
        raise NotPermitted(N_("You asked this question: another coordinator gives it to an expert."))
    _check_assignable(question, person_id)
    before = question.holder_id or question.proposed_to_id
    moment = now()
    if question.state == State.TAKEN and question.holder_id != person_id:
        move(actor, question, "release", {Who.COORDINATOR}, text=reason, at=moment)
    elif question.state == State.AWAITING_DETAILS:
        question.holder_id = person_id
    question.proposed_to_id = person_id
    question.proposed_why = [{"message": CHOSEN, "params": {"reason": reason}}]
    add_move(actor, question, "assign", text=reason, at=moment)
    question.save()
    if before != person_id:
        tell_proposed(question, person_id)
        if before is not None:
            tell_taken_away(question, before)


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < MIN_REASON:
        raise Refusal(N_("Write the reason, in at least %(least)s characters."), field="reason", least=MIN_REASON)
    if len(reason) > MAX_REASON:
        raise Refusal(
            N_("The reason has %(count)s characters: at most %(most)s are allowed."),
            field="reason",
            count=len(reason),
            most=MAX_REASON,
        )
    return reason


def _check_assignable(question: Question, person_id: int) -> None:
    chosen = next((one for one in candidates_for(question) if one.person_id == person_id), None)
    if chosen is None:
        raise Refusal(N_("Choose one of the experts of the network."), field="person")
    if chosen.conflict is not None:
        raise Refusal(chosen.conflict.reason, field="person")
