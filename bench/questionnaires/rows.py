"""A campaign that so many answered, forty questions each, invited in three ways: the same every time, made in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import psycopg

from bench import database
from contempo.core import clock
from contempo.network.actions.networks import open_network
from contempo.people.actions import enrol
from contempo.people.models import Person
from contempo.people.public import SYSTEM, NetworkRole, grant
from contempo.questionnaires.models import Campaign, Questionnaire, Target, Version
from contempo.questionnaires.rules.document import Document, Kind, Option, Page, Question, Row, Words, to_json

SLUG = "prova"
KINDS = (
    *(Kind.SINGLE,) * 12,
    *(Kind.MULTIPLE,) * 6,
    *(Kind.SCALE,) * 6,
    *(Kind.LIKERT,) * 4,
    *(Kind.MATRIX,) * 3,
    *(Kind.NUMBER,) * 4,
    *(Kind.DATE,) * 2,
    Kind.RANKING,
    Kind.MUNICIPALITY,
    Kind.TEXT,
)
"""Forty questions."""

STRATA, SIZES = ("nord", "centro", "sud"), ("micro", "small", "medium", "large")
MOST_UNITS = 3_000
BATCH = 50_000


@dataclass(frozen=True)
class Place:
    """What was loaded."""

    campaign: Campaign
    coordinator: Person
    rows: int


def load(rows: int, bare: psycopg.Connection) -> Place:
    """A network with a closed campaign that `rows` answered, of a quarter more that were invited."""
    network = open_network(
        SYSTEM, slug=SLUG, name="Rete di prova", short_name="Prova", contact_email="rete@example.org"
    )
    coordinator = Person.objects.get(pk=enrol(SYSTEM, email="marta@example.org", full_name="Marta Colnaghi"))
    grant(SYSTEM, person_id=coordinator.pk, role=NetworkRole.COORDINATOR, network_id=network.id)
    now = clock.now()
    questionnaire = Questionnaire.objects.create(
        network_id=network.id, number=1, title="Mappatura", purpose="mapping", created_at=now
    )
    version = Version.objects.create(
        questionnaire=questionnaire, number=1, state="published", document=to_json(document()), changed_at=now
    )
    campaign = Campaign.objects.create(
        network_id=network.id,
        number=1,
        questionnaire=questionnaire,
        version=version,
        title="Campagna di prova",
        mode="identified",
        state="open",
        opens_at=now - timedelta(days=60),
        closes_at=now + timedelta(days=30),
        created_at=now - timedelta(days=70),
        opened_at=now - timedelta(days=60),
    )
    Target.objects.bulk_create(
        Target(
            campaign=campaign,
            key=f"unit:{number}",
            name=f"Ente {number}",
            search_name=f"ente {number}",
            kind="company",
            size=SIZES[number % 4],
            stratum=STRATA[number % 3],
        )
        for number in range(min(MOST_UNITS, max(300, rows)))
    )
    asked = rows + rows // 4
    bare.execute("SELECT setseed(0.42)")
    with (
        database.bulk(bare, "questionnaires_invitation", keeping="tally"),
        database.bulk(bare, "questionnaires_response", keeping="tally"),
    ):
        for first in range(1, asked + 1, BATCH):
            last = min(first + BATCH - 1, asked)
            bare.execute(_INVITATIONS, {"campaign": campaign.pk, "first": first, "last": last, "answered": rows})
        statement = _responses()
        for first in range(1, rows + 1, BATCH):
            last = min(first + BATCH - 1, rows)
            values = {"campaign": campaign.pk, "version": version.pk, "first": first, "last": last}
            bare.execute(statement, values)
    bare.execute("SELECT setval('questionnaires_change', %s)", [rows])
    bare.execute("SELECT setval(pg_get_serial_sequence('questionnaires_invitation', 'id'), %s)", [asked])
    return Place(campaign, coordinator, rows)


def document() -> Document:
    """Four pages of ten questions."""
    asked = [_question(number, kind) for number, kind in enumerate(KINDS)]
    pages = tuple(
        Page(key=f"p{at}", title=Words(it=f"Pagina {at}"), items=tuple(asked[at * 10 : at * 10 + 10]))
        for at in range(4)
    )
    return Document(pages=pages)


def _question(number: int, kind: Kind) -> Question:
    options = tuple(
        Option(key=f"o{at}", label=Words(it=f"Risposta {at}"), score=at if kind == Kind.LIKERT else None)
        for at in range(1, 6)
    )
    chosen = kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.LIKERT, Kind.MATRIX, Kind.RANKING)
    rows = tuple(Row(key=f"r{at}", label=Words(it=f"Riga {at}")) for at in range(3)) if kind == Kind.MATRIX else ()
    return Question(
        key=f"q{number}", kind=kind, label=Words(it=f"Domanda {number}?"), options=options if chosen else (), rows=rows
    )


def _answers() -> Iterator[str]:
    """For each question its key and the SQL of a random answer, null now and then."""
    one = "'o' || (1 + floor(random() * 5))::int"
    made = {
        Kind.SINGLE: one,
        Kind.LIKERT: one,
        Kind.MULTIPLE: "to_jsonb(array_remove(ARRAY["
        + ", ".join(f"CASE WHEN random() < 0.4 THEN 'o{at}' END" for at in range(1, 6))
        + "], NULL))",
        Kind.SCALE: "floor(random() * 11)::int",
        Kind.MATRIX: "jsonb_build_object(" + ", ".join(f"'r{at}', {one}" for at in range(3)) + ")",
        Kind.NUMBER: "round((random() * 1000)::numeric, 1)",
        Kind.DATE: "(date '2024-01-01' + floor(random() * 700)::int)::text",
        Kind.RANKING: """(ARRAY['["o1","o2","o3"]', '["o2","o1"]', '["o5","o4","o3","o2","o1"]']::jsonb[])"""
        "[1 + floor(random() * 3)::int]",
        Kind.MUNICIPALITY: "lpad((15001 + floor(random() * 130))::int::text, 6, '0')",
        Kind.TEXT: "'Servirebbe più flessibilità, ' || repeat('davvero ', (random() * 6)::int)",
    }
    for number, kind in enumerate(KINDS):
        yield f"'q{number}', CASE WHEN random() < 0.92 THEN {made[kind]} END"


def _responses() -> str:
    """SQL that inserts completed responses number `first` to `last`, each in its place of the columns."""
    answers = f"jsonb_strip_nulls(jsonb_build_object({', '.join(_answers())}))"
    strata = ", ".join(f"'{one}'" for one in STRATA)
    sizes = ", ".join(f"'{one}'" for one in SIZES)
    return f"""
INSERT INTO questionnaires_response (id, campaign_id, version_id, invitation_id, channel, state, language, answers,
    unasked, attributes, speaks_for, page, begun_at, saved_at, completed_at, confirm_to, paper, why_excluded, serial,
    changed)
SELECT gen_random_uuid(), %(campaign)s, %(version)s, n,
    (ARRAY['email', 'delegate', 'municipality'])[1 + n %% 3], 'completed', 'it', {answers}, '{{}}',
    jsonb_build_object('kind', 'company', 'size', (ARRAY[{sizes}])[1 + floor(random() * 4)::int],
        'stratum', (ARRAY[{strata}])[1 + floor(random() * 3)::int]), '{{}}',
    3, now() - interval '2 days', now(), now() - (n %% 50) * interval '1 day', '', '', '', n - 1, n
FROM generate_series(%(first)s::int, %(last)s::int) AS n
"""


_INVITATIONS = """
INSERT INTO questionnaires_invitation (id, campaign_id, channel, state, name, email, search_name, language, generation,
    kind, size, partial, reason, reminders, sent_at, changed_at)
SELECT n, %(campaign)s, (ARRAY['email', 'delegate', 'municipality'])[1 + n %% 3],
    CASE WHEN n <= %(answered)s::int THEN 'completed'
        ELSE (ARRAY['sent', 'opened', 'bounced', 'refused'])[1 + n %% 4] END,
    'Referente ' || n, 'r' || n || '@example.org', 'referente ' || n, 'it', 1, 'company',
    (ARRAY['micro', 'small', 'medium', 'large'])[1 + n %% 4], false, '', n %% 2, now() - interval '40 days', now()
FROM generate_series(%(first)s::int, %(last)s::int) AS n
"""
