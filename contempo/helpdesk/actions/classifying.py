"""Correcting what a question is about: mail comes without a topic, and people choose the nearest one they see."""

from datetime import datetime

from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.access import conflicts_in, parties_of
from contempo.helpdesk.actions.calls import tell_proposed
from contempo.helpdesk.actions.moves import add_move, locked_question, move, part_of
from contempo.helpdesk.actions.routing import is_chosen, route
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.classifying import changes_between, check_codes, stored
from contempo.helpdesk.rules.conflicts import Side, sides_of
from contempo.helpdesk.rules.questions import State, Who
from contempo.network.public import place_labels
from contempo.norms.public import contract_choices, norms_by_id
from contempo.people.public import Actor


@action
def classify(
    actor: Actor,
    *,
    question_id: int,
    topic: str,
    capacity: str,
    municipality: str = "",
    sector: str = "",
    contract_id: int | None = None,
) -> bool:
    """Correct topic, capacity, municipality (ISTAT code), sector (letter of ATECO) and contract; whether any changed.

    For experts without conflict and coordinators. The clock does not change; the history tells what did. Whoever the
    corrected capacity puts in conflict no longer has the question; an open one is proposed anew.
    """
    question = locked_question(actor, question_id)
    part_of(actor, question, Who.EXPERT, Who.COORDINATOR)
    if question.erased_at is not None:
        raise Refusal(N_("The words of this question were erased: what it was about is not corrected any more."))
    check_codes(topic, capacity, sector)
    _check_references(question, municipality, contract_id)
    before, sides = _as_it_is(question), sides_of(parties_of(question))
    routed_by = (question.topic, question.municipality_id, question.capacity)
    question.topic, question.capacity, question.sector = topic, capacity, sector
    question.municipality_id, question.contract_id = municipality or None, contract_id
    changes = changes_between(before, _as_it_is(question))
    if not changes:
        return False
    _set_sides(question, sides)
    question.save()
    moment = now()
    add_move(actor, question, "classify", text=stored(changes), at=moment)
    _free_from_conflict(actor, question, moment)
    if question.state == State.OPEN and routed_by != (topic, question.municipality_id, capacity):
        _route_anew(question, moment)
    return True


def _check_references(question: Question, municipality: str, contract_id: int | None) -> None:
    if municipality and municipality != question.municipality_id and not place_labels([municipality]):
        raise Refusal(N_("Choose one of the municipalities."), field="municipality")
    if contract_id is None or contract_id == question.contract_id:
        return
    if contract_id not in dict(contract_choices(question.network_id)):
        raise Refusal(N_("Choose one of the collective contracts of this network."), field="contract")


def _as_it_is(question: Question) -> dict[str, str]:
    """What may be corrected, as the history tells it: codes of the desk, names of the others."""
    contract = norms_by_id([question.contract_id], on=today()).get(question.contract_id or 0)
    places = place_labels([question.municipality_id] if question.municipality_id else [])
    return {
        "topic": question.topic,
        "capacity": question.capacity,
        "municipality": places.get(question.municipality_id or "", ""),
        "sector": question.sector,
        "contract": contract.label if contract else "",
    }


def _set_sides(question: Question, before: frozenset[Side]) -> None:
    """The sides in dispute by the corrected capacity; those known from elsewhere, as from another network, stay."""
    after = sides_of(parties_of(question))
    question.union_side = Side.WORKERS in after or (question.union_side and Side.WORKERS not in before)
    question.employer_side = Side.EMPLOYERS in after or (question.employer_side and Side.EMPLOYERS not in before)


def _free_from_conflict(actor: Actor, question: Question, moment: datetime) -> None:
    """Take the question from whoever now has a conflict of interest in it."""
    holder = question.holder_id
    if question.state == State.TAKEN and holder is not None and conflicts_in(question, [holder])[holder]:
        # The desk takes it back, whoever made the correction.
        move(actor, question, "release", {Who.COORDINATOR}, at=moment)
        question.proposed_to_id = None
        _route_anew(question, moment)


def _route_anew(question: Question, moment: datetime) -> None:
    """Let the rules choose again, unless a coordinator has chosen and no conflict speaks against it."""
    known = question.proposed_to_id
    if known and is_chosen(question) and conflicts_in(question, [known])[known] is None:
        return
    question.proposed_to_id = None
    route(question, moment, tell=lambda told, person_id: None if person_id == known else tell_proposed(told, person_id))
    question.save()
