"""What the people of the desk are told: a question for them, time running out, a promise broken."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.utils.functional import Promise as Lazy
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.words import N_
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.people.public import Kind, NetworkRole, notify, persons_with, register_notification_kind
from contempo.web.templatetags.web import by_time

FOR_ME = Kind("desk.mine", N_("Questions of the desk that wait for me"))
IN_TIME = Kind("desk.time", N_("Questions of the desk whose time is running out"))


def register_kinds() -> None:
    """Make the notifications of the desk known; called once when the application starts."""
    register_notification_kind(FOR_ME)
    register_notification_kind(IN_TIME)


def desk_path(question: Question) -> str:
    """Path of the page on which the desk works at a question."""
    return f"/{question.network.slug}/esperti/domande/{question.number}/"


def delay_path(question: Question) -> str:
    """Path of the page on which the desk says why an answer was late."""
    return f"{desk_path(question)}ritardo/"


def _fill(text: Lazy, number: int, topic: str, due_at: datetime) -> str:
    return str(text) % {"number": number, "topic": gettext(TOPIC_LABELS[topic]), "when": by_time(due_at)}


_filled = lazy(_fill, str)


def _tell(
    person_ids: Iterable[int | None],
    kind: Kind,
    question: Question,
    title: Lazy,
    text: Lazy,
    url: str,
    due_at: datetime,
) -> None:
    def filled(words: Lazy) -> Lazy:
        return cast(Lazy, _filled(words, question.number, question.topic, due_at))

    notify(
        {person_id for person_id in person_ids if person_id is not None},
        kind=kind.name,
        network_id=question.network_id,
        title=filled(title),
        text=filled(text),
        url=url,
    )


def coordinators(network_id: int) -> set[int]:
    """Who coordinates a network."""
    return {person.id for person in persons_with(network_id, NetworkRole.COORDINATOR)}


def tell_proposed(question: Question, person_id: int) -> None:
    """A question is proposed to an expert, by the desk or by the coordinator."""
    _tell(
        [person_id],
        FOR_ME,
        question,
        _("Question %(number)s waits for you"),
        _("Topic: %(topic)s. The answer is promised by %(when)s."),
        desk_path(question),
        question.due_at,
    )


def tell_nobody_fits(question: Question) -> None:
    """No expert can receive a question: the coordinator chooses."""
    _tell(
        coordinators(question.network_id),
        FOR_ME,
        question,
        _("Nobody can receive question %(number)s: choose an expert"),
        _("Topic: %(topic)s. The answer is promised by %(when)s."),
        desk_path(question),
        question.due_at,
    )


def tell_taken_away(question: Question, person_id: int) -> None:
    """The coordinator has given a question to somebody else."""
    _tell(
        [person_id],
        FOR_ME,
        question,
        _("Question %(number)s goes to somebody else"),
        _("The coordinator has given it to another expert: you need not answer it."),
        desk_path(question),
        question.due_at,
    )


def tell_details_came(question: Question, person_id: int) -> None:
    """The details awaited have come: the clock runs again."""
    _tell(
        [person_id],
        FOR_ME,
        question,
        _("The details for question %(number)s have come"),
        _("The clock runs again: the answer is promised by %(when)s."),
        desk_path(question),
        question.due_at,
    )


def tell_asked_again(question: Question, person_id: int) -> None:
    """The asker has asked again after the answer: a new promise."""
    _tell(
        [person_id],
        FOR_ME,
        question,
        _("Question %(number)s is asked again"),
        _("The answer was not enough. The next one is promised by %(when)s."),
        desk_path(question),
        question.due_at,
    )


def tell_reading(question: Question, person_ids: Iterable[int], author_id: int) -> None:
    """An answer waits for a second reading: the senior experts who may give it."""
    _tell(
        person_ids,
        FOR_ME,
        question,
        _("An answer to question %(number)s waits for your reading"),
        _("Topic: %(topic)s. It is promised by %(when)s: read it before, so that it can leave."),
        f"{desk_path(question)}lettura/{author_id}/",
        question.due_at,
    )


def tell_added(question: Question) -> None:
    """The asker has added something to a question under way."""
    _tell(
        [question.holder_id or question.proposed_to_id],
        FOR_ME,
        question,
        _("Something was added to question %(number)s"),
        _("Read it before you answer. The answer is promised by %(when)s."),
        desk_path(question),
        question.due_at,
    )


def tell_resumed(question: Question, person_id: int) -> None:
    """The details awaited did not come in the time allowed: the clock runs again."""
    _tell(
        [person_id],
        FOR_ME,
        question,
        _("The details for question %(number)s did not come"),
        _("The clock runs again: answer with what you know by %(when)s."),
        desk_path(question),
        question.due_at,
    )


def tell_second(question: Question, person_id: int) -> None:
    """Half of the time has gone: a second expert is called."""
    _tell(
        [person_id],
        IN_TIME,
        question,
        _("Question %(number)s needs a second expert"),
        _("Half of its time has gone. It is promised by %(when)s: take it if it is free, or help whoever has it."),
        desk_path(question),
        question.due_at,
    )


def tell_running_out(question: Question) -> None:
    """Three quarters of the time have gone: the coordinators are told."""
    _tell(
        coordinators(question.network_id),
        IN_TIME,
        question,
        _("Question %(number)s is at risk"),
        _("Three quarters of its time have gone. It is promised by %(when)s: see who can answer it."),
        desk_path(question),
        question.due_at,
    )


def tell_broken(question: Question, due_at: datetime) -> None:
    """A promise is broken: whoever has the question, and the coordinators, are asked for the reason. One mail each."""
    _tell(
        {question.holder_id or question.proposed_to_id, *coordinators(question.network_id)},
        IN_TIME,
        question,
        _("Question %(number)s is late"),
        _("It was promised by %(when)s. Open the page and say why it is late."),
        delay_path(question),
        due_at,
    )
