"""What writes: a question sent by the web, and by mail."""

from collections.abc import Callable

from django.test import Client

from bench.helpdesk import words
from bench.helpdesk.pages import browser
from bench.helpdesk.rows import SLUG, Place
from bench.limits import SUBMISSION
from bench.measure import Deed, Statement
from contempo.helpdesk.models import Question

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


def deeds(place: Place) -> tuple[Deed, ...]:
    """Sending a question."""
    return (Deed(SUBMISSION, _submission(browser(place.asker), place), (_written(place),)),)


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
