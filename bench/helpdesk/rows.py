"""Questions of four years in a plausible mix of states, three messages each: the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection

from bench import database
from bench.helpdesk import words
from contempo.core import clock, search
from contempo.helpdesk.models import DeskPolicy, Expert, Question
from contempo.helpdesk.rules.asking import Capacity, Channel
from contempo.helpdesk.rules.clock import Policy
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import Topic
from contempo.network.actions.networks import open_network
from contempo.network.actions.reference import load_municipalities
from contempo.network.models import Municipality
from contempo.people.actions import enrol
from contempo.people.models import Person
from contempo.people.public import SYSTEM, NetworkRole, grant

SLUG = "prova"
YEARS = 4
EXPERTS, PLACES, ENTRIES = 20, 150, 40
ALWAYS_OPEN, OPEN_PER_THOUSAND = 300, 1
"""Questions under way: so many, and so many more for every thousand."""

BATCH = 100_000
"""Questions a statement: the triggers of the tallies see each batch as one."""

PER_ASKER = 3
MAIL = "sportello@prova.example.org"


@dataclass(frozen=True)
class Place:
    """What was loaded: the network, who coordinates, an expert, somebody who asks, how many questions."""

    network_id: int
    coordinator: Person
    expert: Person
    asker: Person
    rows: int
    now: datetime

    @property
    def open(self) -> int:
        """How many questions are under way: the last ones."""
        return under_way(self.rows)


def under_way(rows: int) -> int:
    """How many of `rows` questions are under way."""
    return ALWAYS_OPEN + rows * OPEN_PER_THOUSAND // 1000


def load(rows: int, bare: psycopg.Connection) -> Place:
    """Open a network whose desk has had `rows` questions; the same rows every time, but for the present day."""
    load_municipalities(SYSTEM)
    network = open_network(
        SYSTEM, slug=SLUG, name="Rete di prova", short_name="Prova", contact_email="rete@example.org"
    )
    coordinator = _person("Marta Colnaghi", NetworkRole.COORDINATOR, network.id)
    experts = [_person(f"Nadia Esperta {number}", NetworkRole.EXPERT, network.id) for number in range(EXPERTS)]
    Expert.objects.bulk_create(Expert(network_id=network.id, person=expert) for expert in experts)
    DeskPolicy.objects.create(network_id=network.id, last_number=rows, mail_address=MAIL)
    first_asker = _askers(bare, rows)
    now = clock.now()
    values: dict[str, Any] = {
        "rows": rows,
        "open": under_way(rows),
        "network": network.id,
        "now": now,
        "years": YEARS,
        "experts": [expert.pk for expert in experts],
        "first_asker": first_asker,
        "askers": max(1, rows // PER_ASKER),
        "places": _places(),
        "topics": [str(topic) for topic in Topic],
        "capacities": [str(capacity) for capacity in Capacity],
        "channels": [str(channel) for channel in Channel],
        "sectors": ["", *SECTOR_LABELS],
        "terms": psycopg.types.json.Jsonb(Policy().terms()),
        "openings": list(words.OPENINGS),
        "asked": list(words.ASKED),
        "closings": list(words.CLOSINGS),
        "answers": list(words.ANSWERS),
        "rare": words.RARE,
        "rare_times": words.RARE_TIMES,
        "promised": Policy().elapsed_hours,
    }
    _fill(bare, rows, values)
    search.put_many(_entries(network.id, rows))
    return Place(network.id, coordinator, experts[0], Person.objects.get(pk=first_asker), rows, now)


def _entries(network_id: int, rows: int) -> Iterator[search.Document]:
    """What the catalogue is found by: an entry for every thousand questions, and `ENTRIES` at least."""
    for number in range(max(ENTRIES, rows // 1000)):
        rare = f" {words.RARE}" if number < words.RARE_TIMES else ""
        opening, answer = words.OPENINGS[number % len(words.OPENINGS)], words.ANSWERS[number % len(words.ANSWERS)]
        yield search.Document(
            network_id=network_id,
            kind="entry",
            key=f"{number + 1}:it",
            title=f"{words.ASKED[number % len(words.ASKED)]}{rare}",
            body=f"{opening}. {answer} {number}",
            url=f"sportello/catalogo/voce-{number}/",
            public=True,
            language="it",
        )


def _person(name: str, role: NetworkRole, network_id: int) -> Person:
    person_id = enrol(SYSTEM, email=f"{name.lower().replace(' ', '.')}@example.org", full_name=name)
    grant(SYSTEM, person_id=person_id, role=role, network_id=network_id)
    return Person.objects.get(pk=person_id)


def _places() -> list[str]:
    """The municipalities that ask: those of the province of Milan, those who ask most first."""
    near = Municipality.objects.filter(region="Lombardia", province__in=["MI", "MB"]).order_by("istat_code")
    return ["015146", *near.exclude(istat_code="015146").values_list("istat_code", flat=True)[: PLACES - 1]]


_PERSONS = """
INSERT INTO people_person ({columns})
SELECT {values} FROM generate_series(0, %(count)s - 1) AS n
"""


def _askers(bare: psycopg.Connection, rows: int) -> int:
    """One person for every `PER_ASKER` questions; the key of the first."""
    pattern = Person(email="chiede-0@example.org", full_name="Sara Domanda", password="!", joined_at=clock.now())
    first = Person.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    fields = [field for field in Person._meta.concrete_fields if not field.generated]
    given: dict[str, Any] = {
        field.column: field.get_db_prep_save(getattr(pattern, field.attname), connection) for field in fields
    }
    changing = {"id": f"{first} + n", "email": "'chiede-' || n || '@example.org'"}
    columns = ", ".join(given)
    values = ", ".join(changing.get(column, f"%({column})s") for column in given)
    with database.bulk(bare, "people_person"):
        bare.execute(_PERSONS.format(columns=columns, values=values), {**given, "count": max(1, rows // PER_ASKER)})
        bare.execute("SELECT setval(pg_get_serial_sequence('people_person', 'id'), max(id)) FROM people_person")
    return first


_PLAN = """
CREATE FUNCTION pg_temp.chance(n bigint, what int) RETURNS float8 IMMUTABLE LANGUAGE sql AS
$$ SELECT ((hashint8extended(n * 64 + what, 7) >> 11) & 4503599627370495) / 4503599627370496.0 $$;
CREATE FUNCTION pg_temp.pick(things text[], luck float8) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT things[1 + floor(luck * cardinality(things))::int] $$;
"""
_QUESTIONS = """
INSERT INTO helpdesk_question (
    id, key, network_id, number, state, state_since, channel, topic, capacity, language, subject, search_text,
    municipality_id, sector, consent, publication, asker_id, holder_id, lease_until, proposed_to_id, proposed_why,
    received_at, due_at, next_check_at, level, answered_at, first_answered_at, minutes_to_answer, within, pauses,
    paused_minutes, reopenings, rating, rating_comment, union_side, employer_side, merged_into_id)
SELECT n, gen_random_uuid(), %(network)s, n, state, coalesce(answered_at, received_at), channel, topic, capacity, 'it',
    left(asked, 90), lower(opening || ' ' || asked || ' ' || closing || ' ' || answer
        || CASE WHEN n <= %(rare_times)s THEN ' ' || %(rare)s ELSE '' END),
    place, sector, chance8 < 0.6, '', %(first_asker)s + n %% %(askers)s, holder,
    CASE WHEN state = 'taken' THEN %(now)s + interval '40 minutes' END,
    CASE WHEN state = 'open' THEN (%(experts)s)[1 + n %% cardinality(%(experts)s)] END, '[]',
    received_at, received_at + %(promised)s * interval '1 hour' + paused * interval '1 minute',
    CASE WHEN state IN ('open', 'taken', 'awaiting_details') THEN received_at + interval '24 hours'
         WHEN state = 'answered' THEN answered_at + interval '30 days' END,
    CASE WHEN state IN ('open', 'taken') AND received_at < %(now)s - interval '48 hours' THEN 100 ELSE 0 END,
    answered_at, answered_at, CASE WHEN answered_at IS NOT NULL THEN minutes END,
    CASE WHEN answered_at IS NOT NULL THEN minutes <= %(promised)s * 60
         WHEN received_at < %(now)s - interval '48 hours' AND state IN ('open', 'taken') THEN false END,
    pauses, paused, CASE WHEN state IN ('answered', 'closed') AND chance9 < 0.04 THEN 1 ELSE 0 END,
    CASE WHEN state IN ('answered', 'closed') AND chance10 < 0.35 THEN 5 - floor(5 * chance9 * chance9)::int END,
    '', false, false, CASE WHEN state = 'merged' THEN n - 1 END
FROM (
    SELECT *,
        CASE WHEN state IN ('answered', 'closed') THEN received_at + (minutes + paused) * interval '1 minute' END
            AS answered_at,
        CASE WHEN state IN ('answered', 'closed', 'taken', 'awaiting_details')
             THEN (%(experts)s)[1 + floor(chance7 * chance7 * cardinality(%(experts)s))::int] END AS holder
    FROM (
        SELECT *,
            CASE WHEN n > %(rows)s - %(open)s
                 THEN (ARRAY['open', 'open', 'taken', 'taken', 'awaiting_details'])[1 + floor(chance1 * 5)::int]
                 WHEN chance1 < 0.03 THEN 'withdrawn' WHEN chance1 < 0.06 THEN 'deflected'
                 WHEN chance1 < 0.08 THEN 'out_of_scope' WHEN chance1 < 0.09 AND n > 1 THEN 'merged'
                 WHEN chance1 < 0.10 THEN 'transferred'
                 WHEN received_at > %(now)s - interval '32 days' OR n > %(rows)s - %(open)s - 100 THEN 'answered'
                 ELSE 'closed' END AS state,
            (20 + 3600 * chance2 * chance3 + CASE WHEN chance4 < 0.05 THEN 4000 * chance5 ELSE 0 END)::int AS minutes,
            CASE WHEN chance5 < 0.12 THEN 1 WHEN chance5 < 0.15 THEN 2 ELSE 0 END AS pauses,
            CASE WHEN chance5 < 0.15 THEN 60 + floor(chance5 * 20000)::int ELSE 0 END AS paused,
            pg_temp.pick(%(topics)s, chance6 * chance6) AS topic,
            pg_temp.pick(%(capacities)s, chance7 * chance7) AS capacity,
            pg_temp.pick(%(channels)s, chance8 * chance8) AS channel,
            CASE WHEN chance9 > 0.05 THEN pg_temp.pick(%(places)s, chance9 * chance9 * chance9) END AS place,
            pg_temp.pick(%(sectors)s, chance10) AS sector,
            pg_temp.pick(%(openings)s, chance2) AS opening, pg_temp.pick(%(asked)s, chance3) AS asked,
            pg_temp.pick(%(closings)s, chance4) AS closing, pg_temp.pick(%(answers)s, chance6) AS answer
        FROM (
            SELECT n, %(now)s::timestamptz - %(years)s * interval '365 days' * ((%(rows)s - n) / %(rows)s::float8)
                    - interval '1 minute' AS received_at,
                pg_temp.chance(n, 1) AS chance1, pg_temp.chance(n, 2) AS chance2, pg_temp.chance(n, 3) AS chance3,
                pg_temp.chance(n, 4) AS chance4, pg_temp.chance(n, 5) AS chance5, pg_temp.chance(n, 6) AS chance6,
                pg_temp.chance(n, 7) AS chance7, pg_temp.chance(n, 8) AS chance8, pg_temp.chance(n, 9) AS chance9,
                pg_temp.chance(n, 10) AS chance10
            FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
        ) AS lot
    ) AS told
) AS question
"""
_BELONGING = {
    "helpdesk_message": """
INSERT INTO helpdesk_message (question_id, at, kind, by_asker, author_id, signs, channel, text, internal)
SELECT q.id, line.at, line.kind, line.by_asker, line.author_id, false, q.channel, line.text, false
FROM helpdesk_question AS q, LATERAL (VALUES
    (q.received_at, 'question', true, q.asker_id, q.search_text),
    (q.received_at + interval '10 minutes', 'addition', true, q.asker_id, pg_temp.pick(%(closings)s, q.id %% 5 / 5.0)),
    (coalesce(q.answered_at, q.received_at + interval '15 minutes'),
     CASE WHEN q.answered_at IS NULL THEN 'addition' ELSE 'answer' END, q.answered_at IS NULL,
     CASE WHEN q.answered_at IS NULL THEN q.asker_id ELSE q.holder_id END, pg_temp.pick(%(answers)s, q.id %% 4 / 4.0))
) AS line (at, kind, by_asker, author_id, text)
""",
    "helpdesk_move": """
INSERT INTO helpdesk_move (question_id, at, transition, state, person_id, text)
SELECT q.id, line.at, line.transition, line.state, line.person_id, ''
FROM helpdesk_question AS q, LATERAL (VALUES
    (q.received_at, 'receive', 'open', q.asker_id, true),
    (q.received_at + interval '20 minutes', 'take', 'taken', q.holder_id, q.holder_id IS NOT NULL),
    (q.received_at + interval '30 minutes', 'ask_details', 'awaiting_details', q.holder_id,
     q.state = 'awaiting_details'),
    (q.answered_at, 'answer', 'answered', q.holder_id, q.answered_at IS NOT NULL),
    (q.answered_at + interval '30 days', 'close', 'closed', NULL, q.state = 'closed'),
    (q.received_at + interval '1 hour', q.state, q.state, NULL,
     q.state IN ('withdrawn', 'deflected', 'out_of_scope', 'merged', 'transferred'))
) AS line (at, transition, state, person_id, made)
WHERE line.made
""",
    "helpdesk_promise": """
INSERT INTO helpdesk_promise (question_id, number, started_at, terms, place, due_elapsed_at, due_working_at,
    answered_at, met, breached_at, breach_reason)
SELECT q.id, 1, q.received_at, %(terms)s, '', q.due_at, q.due_at + interval '1 day', q.answered_at, q.within,
    CASE WHEN q.within = false THEN q.due_at END, ''
FROM helpdesk_question AS q
""",
}


def _fill(bare: psycopg.Connection, rows: int, values: dict[str, Any]) -> None:
    # Values stand in the statements themselves: a plan for all values would not fold the arrays.
    client = psycopg.ClientCursor(bare)
    client.execute(_PLAN)
    with database.bulk(bare, "helpdesk_question", keeping="tally"):
        for first in range(1, rows + 1, BATCH):
            client.execute(_QUESTIONS, {**values, "first": first, "last": min(first + BATCH - 1, rows)})
        sequence = "SELECT setval(pg_get_serial_sequence('helpdesk_question', 'id'), %s)"
        client.execute(sequence, [rows])
    for table, statement in _BELONGING.items():
        with database.bulk(bare, table):
            client.execute(statement, values)
    assert Question.objects.filter(network_id=values["network"]).count() == rows
