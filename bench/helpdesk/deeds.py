"""What writes: a question sent by the web, a question and a reply by mail."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.test import Client

from bench.browsers import browser
from bench.helpdesk import words
from bench.helpdesk.rows import MAIL, SLUG, Place
from bench.limits import MAILED, REPLIED, SUBMISSION
from bench.measure import Deed, Statement
from contempo.core import clock
from contempo.helpdesk.actions.mail.taking import take_in
from contempo.helpdesk.models import InboundMail, Question
from contempo.helpdesk.rules.mail import reply_address
from contempo.people.public import SYSTEM

_SENT = """
WITH asked AS (
    INSERT INTO helpdesk_question ({columns})
    SELECT {values} FROM helpdesk_question WHERE network_id = %s AND number = %s RETURNING id
), said AS (
    INSERT INTO helpdesk_message (question_id, at, kind, by_asker, author_id, signs, channel, text, internal)
    SELECT id, now(), 'question', true, %s, false, 'web', %s, false FROM asked
), moved AS (
    INSERT INTO helpdesk_move (question_id, at, transition, state, person_id, text)
    SELECT id, now(), 'receive', 'withdrawn', %s, '' FROM asked
)
INSERT INTO helpdesk_promise
    (question_id, number, started_at, terms, place, due_elapsed_at, due_working_at, breach_reason)
SELECT id, 1, now(), '{{}}', '', now(), now(), '' FROM asked RETURNING id
"""
"""A question with what belongs to it, written with one statement: a copy of another, withdrawn at once."""


_MAIL = """\
From: Sara Domanda <{sender}>
To: {to}
Subject: {subject}
Message-ID: <{number}@posta.example.org>
Date: Fri, 20 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{text}
"""


def deeds(place: Place) -> tuple[Deed, ...]:
    """Sending a question by the web and by mail, adding to one by mail."""
    floor = (_written(place),)
    return (
        Deed(SUBMISSION, _submission(browser(place.asker), place), floor),
        Deed(MAILED, _mailed(_questions()), floor),
        Deed(REPLIED, _mailed(_replies(place)), floor),
    )


def _mailed(letters: Iterator[tuple[str, str, str]]) -> Callable[[], None]:
    """Take in the next of `letters`, each a sender, an address and a subject: no two from the same sender."""
    numbered = enumerate(letters, start=1)

    def take() -> None:
        number, (sender, to, subject) = next(numbered)
        text = f"{words.OPENINGS[1]}. {words.ASKED[1]}"
        raw = _MAIL.format(sender=sender, to=to, subject=subject, number=f"{number}.{len(to)}", text=text).encode()
        (taken,) = take_in(SYSTEM, raw=raw, sender=sender, recipients=(to,))
        mail = InboundMail.objects.only("question_id").get(pk=taken.mail_id)
        if taken.known or mail.question_id is None:
            raise RuntimeError("The message reached no question.")

    return take


def _questions() -> Iterator[tuple[str, str, str]]:
    return ((f"scrive-{number}@example.org", MAIL, "Una domanda") for number in count(1))


def _replies(place: Place) -> Iterator[tuple[str, str, str]]:
    """What askers add to their questions under way, each to the address that says which."""
    running = Question.objects.filter(network_id=place.network_id, state="open").order_by("-number")
    expires = clock.now() + timedelta(days=60)
    for key, sender in running.values_list("pk", "asker__email")[:100]:
        yield sender, reply_address(MAIL, key, settings.SECRET_KEY, expires), "Re: La tua domanda"


def _submission(client: Client, place: Place) -> Callable[[], None]:
    told = {
        "topic": "hourly_leave",
        "text": f"{words.OPENINGS[0]}. {words.ASKED[0]}",
        "capacity": "worker",
        "language": "it",
        "privacy": "on",
    }

    def send() -> None:
        checked = client.post(f"/{SLUG}/sportello/domanda/", told)
        sent = client.post(checked["Location"], {"sender": str(place.asker.pk)})
        if "/sportello/domande/" not in sent["Location"]:
            raise RuntimeError(f"The question was not sent: {sent['Location']}")

    return send


def _written(place: Place) -> Statement:
    """The bare rows of a question."""
    new = {
        "key": "gen_random_uuid()",
        "number": "1000000000 + floor(random() * 1000000000)::int",
        "state": "'withdrawn'",
        "received_at": "now()",
    }
    columns = [
        field.column for field in Question._meta.concrete_fields if not field.generated and not field.primary_key
    ]
    sql = _SENT.format(columns=", ".join(columns), values=", ".join(new.get(column, column) for column in columns))
    asker = place.asker.pk
    return Statement(sql, [place.network_id, 1, asker, words.ASKED[0], asker])
