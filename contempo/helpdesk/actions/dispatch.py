"""Questions the desk does not answer as they came: out of scope, or joined to another one."""

from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.access import visible_questions
from contempo.helpdesk.actions.asking import add_message
from contempo.helpdesk.actions.joining import copy_message, last_answer
from contempo.helpdesk.actions.letters import tell_answered, tell_ended, tell_merged
from contempo.helpdesk.actions.moves import locked_question, move, part_of
from contempo.helpdesk.models import MessageKind, Question
from contempo.helpdesk.rules.asking import Channel
from contempo.helpdesk.rules.dispatch import Party, check_merge, out_of_scope_text
from contempo.helpdesk.rules.questions import State, Who
from contempo.people.public import Actor, NetworkRole, persons_with


@action
def out_of_scope(actor: Actor, *, question_id: int, reason: str, turn_to: str) -> None:
    """Say that a question is not for this desk, why, and who answers it; the asker reads it by mail and on the page."""
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.HOLDER, Who.COORDINATOR)
    text = out_of_scope_text(reason, turn_to)
    message = add_message(question, MessageKind.NOTICE, text, channel=Channel.WEB, author_id=actor.person_id)
    move(actor, question, "out_of_scope", whos, text=text)
    tell_ended(question, message)


@action
def merge(actor: Actor, *, question_id: int, into: int, confirmed: bool = False) -> None:
    """Join a question to the one with the number `into` of the same network: one answer reaches both askers.

    `confirmed` says that an answer to somebody else's question serves this asker too.
    """
    question, target = _both_locked(actor, question_id, into)
    whos = part_of(actor, question, Who.HOLDER, Who.COORDINATOR)
    check_merge(_party(question), _party(target), confirmed=confirmed)
    _check_people(question, target)
    question.merged_into = target
    move(actor, question, "merge", whos)
    # Those joined to this one before now wait for the same answer.
    question.merged.filter(state=State.MERGED).update(merged_into=target)
    tell_merged(question)
    answer = last_answer(target) if target.state == State.ANSWERED else None
    if answer:
        copy_message(answer, question)
        question.save()
        if question.asker_id != target.asker_id:
            tell_answered(question, answer)


def _both_locked(actor: Actor, question_id: int, into: int) -> tuple[Question, Question]:
    """Both questions, locked in the order of their ids so that two who join crosswise do not wait for each other."""
    seen = visible_questions(actor, Question.objects.all())
    target_id = seen.filter(number=into).values_list("pk", flat=True).first()
    if target_id is None:
        raise Refusal(N_("There is no question with the number %(number)s."), field="into", number=into)
    locked = {key: locked_question(actor, key) for key in sorted({question_id, target_id})}
    return locked[question_id], locked[target_id]


def _party(question: Question) -> Party:
    against = question.counterparts.values_list("organisation_id", "name")
    return Party(
        number=question.number,
        state=question.state,
        asker_id=question.asker_id,
        against=frozenset(number or name.casefold() for number, name in against),
        union_side=question.union_side,
        employer_side=question.employer_side,
    )


def _check_people(question: Question, target: Question) -> None:
    """Nobody of the desk answers, under another number, what they asked themselves."""
    if question.asker_id is None or question.asker_id == target.asker_id:
        return
    staff = {
        person.id
        for role in (NetworkRole.EXPERT, NetworkRole.COORDINATOR)
        for person in persons_with(question.network_id, role)
    }
    if question.asker_id in staff:
        raise Refusal(N_("Somebody of the desk asked this question: it is answered by itself."), field="into")
