"""Questions that become others: split into several, or passed on to the desk of another network.

The new ones keep the promise as it was given: the same receipt, the same terms, the same pauses. Nobody wins time.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.actions.asking import add_message, make_findable
from contempo.helpdesk.actions.joining import copy_message
from contempo.helpdesk.actions.letters import tell_passed_on, tell_split
from contempo.helpdesk.actions.moves import add_move, locked_question, move, next_number, part_of, reckon
from contempo.helpdesk.actions.routing import route
from contempo.helpdesk.events import QuestionAsked
from contempo.helpdesk.models import Counterpart, MessageKind, Move, Promise, Question
from contempo.helpdesk.rules.asking import checked_text, subject_of
from contempo.helpdesk.rules.conflicts import Organisation, Parties, Side, sides_of
from contempo.helpdesk.rules.dispatch import MIN_REASON, Part, checked_parts
from contempo.helpdesk.rules.questions import WITH_DESK, State, Who
from contempo.network.public import network_by_slug, organisation_kinds, organisation_named
from contempo.norms.public import norm_ids, norms_by_id
from contempo.people.public import Actor


@action
def split(actor: Actor, *, question_id: int, parts: Sequence[Part]) -> tuple[Question, ...]:
    """Take further questions out of one that asks several things; it stays, and each new one has its own number."""
    question = locked_question(actor, question_id)
    part_of(actor, question, Who.HOLDER, Who.COORDINATOR)
    if question.state not in WITH_DESK:
        raise Refusal(N_("This question is not waiting for an expert any more."))
    moment, made = now(), []
    for part in checked_parts(parts):
        new = _beside(question, question.network_id, subject=subject_of(part.text), topic=part.topic)
        new.split_from, new.contract_id = question, question.contract_id
        make_findable(new, part.text)
        new.save()
        _name_counterparts(question, new, same_registry=True)
        add_message(
            new,
            MessageKind.QUESTION,
            part.text,
            channel=question.channel,
            author_id=question.asker_id,
            by_asker=True,
        )
        _promise_as_before(actor, question, new, moment)
        tell_split(new, question.number)
        made.append(new)
    add_move(actor, question, "split", text=", ".join(str(new.number) for new in made), at=moment)
    return tuple(made)


@action
def pass_on(actor: Actor, *, question_id: int, network: str, reason: str) -> Question:
    """Pass a question to the desk of another open network, by its slug: it is a new question there; the asker is told.

    What was said travels, internal notes and drafts never do. Conflicts are those of the registry over there.
    """
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.HOLDER, Who.COORDINATOR)
    reason = checked_text(reason, field="reason", least=MIN_REASON)
    there = network_by_slug(network)
    if there is None or there.id == question.network_id:
        raise Refusal(N_("Choose one of the other networks."), field="network")
    moment = now()
    new = _beside(question, there.id, subject=question.subject, topic=question.topic)
    new.contract_id = _same_contract(question, there.id)
    new.search_text = ""
    new.save()
    _name_counterparts(question, new, same_registry=False)
    for message in question.messages.select_related("question").filter(internal=False).order_by("at", "id"):
        copy = copy_message(message, new)
        make_findable(new, message.text if message.kind == MessageKind.QUESTION else "")
        type(copy).objects.filter(pk=copy.pk).update(at=message.at)
    _promise_as_before(actor, question, new, moment)
    question.passed_on = new
    move(actor, question, "transfer", whos, text=reason, at=moment)
    tell_passed_on(new, question.number, question.network.name, reason)
    return new


def _beside(question: Question, network_id: int, *, subject: str, topic: str) -> Question:
    """A question of the same asker, received when the promise under way began; not saved."""
    promise = question.promises.latest("number")
    return Question(
        key=uuid4(),
        network_id=network_id,
        number=next_number(network_id),
        state=State.OPEN,
        state_since=promise.started_at,
        channel=question.channel,
        topic=topic,
        capacity=question.capacity,
        language=question.language,
        subject=subject,
        municipality_id=question.municipality_id,
        sector=question.sector,
        consent=question.consent,
        asker_id=question.asker_id,
        received_at=promise.started_at,
        due_at=question.due_at,
        union_side=question.union_side,
        employer_side=question.employer_side,
    )


def _same_contract(question: Question, network_id: int) -> int | None:
    """The collective contract of the asker in the registry of another network, when it is there under the same name."""
    known = norms_by_id([question.contract_id], on=today()).get(question.contract_id or 0)
    return norm_ids(network_id, [known.slug]).get(known.slug) if known else None


def _name_counterparts(question: Question, new: Question, *, same_registry: bool) -> None:
    """The same counterparts, as the registry of the new question knows them; sides once taken are not given up."""
    rows = []
    for each in question.counterparts.all():
        known = each.organisation_id if same_registry else organisation_named(new.network_id, each.name)
        rows.append(Counterpart(question=new, organisation_id=known, name=each.name))
    Counterpart.objects.bulk_create(rows)
    kinds = organisation_kinds(row.organisation_id for row in rows)
    against = tuple(Organisation(row.organisation_id, kinds.get(row.organisation_id or 0, "")) for row in rows)
    sides = sides_of(Parties(new.asker_id, new.capacity, against))
    new.union_side = new.union_side or Side.WORKERS in sides
    new.employer_side = new.employer_side or Side.EMPLOYERS in sides


def _promise_as_before(actor: Actor, question: Question, new: Question, moment: datetime) -> None:
    """Give the new question the promise under way of the old one, with the moves that made its pauses; then route it.

    Of the moves only the reason of a pause is taken along: the others are remarks of the desk that had it.
    """
    promise = question.promises.latest("number")
    moves = [each for each in question.moves.all() if each.at >= promise.started_at]
    Move.objects.bulk_create(
        Move(
            question=new,
            at=each.at,
            transition="receive" if place == 0 else each.transition,
            state=each.state,
            person_id=each.person_id,
            text=each.text if each.state == State.AWAITING_DETAILS else "",
        )
        for place, each in enumerate(moves)
    )
    Promise.objects.create(
        question=new,
        number=1,
        started_at=promise.started_at,
        terms=promise.terms,
        place=promise.place,
        due_elapsed_at=promise.due_elapsed_at,
        due_working_at=promise.due_working_at,
    )
    add_move(actor, new, "arrive", at=moment)
    new.state_since = moment
    reckon(new, moment)
    route(new, moment)
    new.save()
    publish(QuestionAsked(question_id=new.pk), network_id=new.network_id)
