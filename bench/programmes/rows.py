"""A plan of three years with activities, measured values, and claims of eighty partners: the same every time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import connection, models
from django.db.models import Sum

from bench import database
from contempo.core import clock
from contempo.network.actions.networks import open_network
from contempo.network.models import Organisation
from contempo.people.actions import enrol
from contempo.people.models import Person
from contempo.people.public import SYSTEM, NetworkRole, OrganisationRole, grant
from contempo.programmes.actions.checking import check_plan
from contempo.programmes.models import (
    Activity,
    Alliance,
    Allocation,
    BudgetLine,
    Claim,
    Expense,
    Indicator,
    Measurement,
    MonitoringPeriod,
    Partner,
    Plan,
    Responsible,
    Source,
)

SLUG, KEY = "prova", "piano"
PARTNERS, LINES, INDICATORS, PERIODS = 80, 12, 28, 6
ROWS_PER_ACTIVITY, FEWEST_ACTIVITIES = 100, 100
"""A hundred activities for a thousand claims, ten thousand for a million."""

BATCH = 50_000
"""Claims a statement: the triggers of the tallies see each batch as one."""

SINCE, UNTIL = date(2025, 1, 1), date(2028, 1, 1)
PERIOD_ENDS = [date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1), date(2027, 7, 1), UNTIL]
SOURCES = {"fondo": "fund", "residui": "fund", "proprie": "own_resources", "natura": "in_kind"}
STATES = ("submitted", "in_control", "accepted", "accepted_in_part", "refused", *("paid",) * 5)


@dataclass(frozen=True)
class Place:
    """What was loaded: the network, its plan, who coordinates, who works for a partner, how many claims."""

    network_id: int
    plan: Plan
    coordinator: Person
    partner: Person
    claim: Claim
    line: BudgetLine
    source: Source
    rows: int
    activities: int


def load(rows: int, bare: psycopg.Connection) -> Place:
    """Open a network whose plan has had `rows` claims, one expense each."""
    network = open_network(
        SYSTEM, slug=SLUG, name="Rete di prova", short_name="Prova", contact_email="rete@example.org"
    )
    now, activities = clock.now(), max(FEWEST_ACTIVITIES, rows // ROWS_PER_ACTIVITY)
    organisations = _organisations(network.id, now)
    coordinator, partner = _person("Marta Colnaghi"), _person("Lucia Cassa")
    grant(SYSTEM, person_id=coordinator.pk, role=NetworkRole.COORDINATOR, network_id=network.id)
    acts_for = {"organisation_id": organisations[1].pk, "network_id": network.id}
    grant(SYSTEM, person_id=partner.pk, role=OrganisationRole.EDITOR, **acts_for)
    plan = Plan.objects.create(
        network_id=network.id,
        key=KEY,
        title="Piano di prova",
        state="in_force",
        since=SINCE,
        until=UNTIL,
        shift_limit=20,
        created_at=now,
    )
    alliances = _alliances(plan, organisations)
    _activities(bare, plan, alliances, organisations, activities, now)
    _values(plan, alliances, coordinator, now)
    allocations = _budget(plan, alliances)
    with database.bulk(bare, "programmes_claim"), database.bulk(bare, "programmes_expense", keeping="tally"):
        for first in range(1, rows + 1, BATCH):
            _claims(bare, first, min(first + BATCH - 1, rows), alliances, organisations, allocations, now)
        for table in ("programmes_claim", "programmes_expense"):
            bare.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [rows])
    _accepted(plan)
    check_plan(SYSTEM, plan_id=plan.pk)
    claim = Claim.objects.filter(plan=plan, state="in_control").latest("number")
    found = {"plan": plan, "claim": claim, "line": allocations[0].line, "source": allocations[0].source}
    return Place(network.id, coordinator=coordinator, partner=partner, rows=rows, activities=activities, **found)


def _person(name: str) -> Person:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return Person.objects.get(pk=enrol(SYSTEM, email=email, full_name=name))


def _organisations(network_id: int, now: datetime) -> list[Organisation]:
    """Eighty organisations; the first two lead alliances."""
    kinds = ("municipality", "company", "social_cooperative", "association", "trade_union")
    names = [f"Ente {number:03}" for number in range(PARTNERS)]
    return Organisation.objects.bulk_create(
        Organisation(
            network_id=network_id,
            slug=name.lower().replace(" ", "-"),
            name=name,
            search_name=name.lower(),
            core_name=name.lower(),
            kind=kinds[number % len(kinds)],
            created_at=now,
        )
        for number, name in enumerate(names)
    )


def _alliances(plan: Plan, organisations: list[Organisation]) -> list[Alliance]:
    alliances = [
        Alliance.objects.create(
            plan=plan, key=f"alleanza-{number}", position=number, name=f"Alleanza {number}", lead=organisations[number]
        )
        for number in range(2)
    ]
    Partner.objects.bulk_create(
        Partner(alliance=alliances[number % 2], organisation=organisation, position=number, role="Collabora")
        for number, organisation in enumerate(organisations)
        if number > 1
    )
    return alliances


def _values(plan: Plan, alliances: list[Alliance], coordinator: Person, now: datetime) -> None:
    """Entered values of three periods; the periods stay open, so that what is computed is computed."""
    starts = [SINCE, *PERIOD_ENDS[:-1]]
    periods = MonitoringPeriod.objects.bulk_create(
        MonitoringPeriod(
            plan=plan, key=f"s{number}", position=number, title=f"Semestre {number}", since=since, until=until
        )
        for number, (since, until) in enumerate(zip(starts, PERIOD_ENDS, strict=True))
    )
    typologies = ("partners", "involved", "companies", "persons", "actions", "integration", "cofinancing")
    indicators = Indicator.objects.bulk_create(
        Indicator(
            plan=plan,
            key=f"i{number}",
            position=number,
            typology=typologies[number % len(typologies)],
            name=f"Indicatore {number}",
            unit="count",
            method="sum",
            target=str(100 + number),
            source="programmes.activities_done" if number == 0 else "",
        )
        for number in range(INDICATORS)
    )
    Measurement.objects.bulk_create(
        Measurement(
            indicator=indicator,
            period=period,
            version=1,
            state="approved",
            origin="entered",
            numerator=10 + indicator.position,
            entered_at=now,
            decided_by=coordinator,
            decided_at=now,
        )
        for indicator in indicators[1:]
        for period in periods[:3]
    )


def _budget(plan: Plan, alliances: list[Alliance]) -> list[Allocation]:
    sources = [
        Source.objects.create(plan=plan, key=key, position=position, name=key.title(), kind=kind)
        for position, (key, kind) in enumerate(SOURCES.items())
    ]
    lines = [
        BudgetLine.objects.create(
            plan=plan, key=f"voce-{number}", position=number, title=f"Voce {number}", alliance=alliances[number % 2]
        )
        for number in range(LINES)
    ]
    much = 10**13
    return Allocation.objects.bulk_create(
        Allocation(plan=plan, line=line, source=source, first_cents=much, cents=much)
        for line in lines
        for source in sources
    )


def _activities(
    bare: psycopg.Connection,
    plan: Plan,
    alliances: list[Alliance],
    organisations: list[Organisation],
    count: int,
    now: datetime,
) -> None:
    pattern = Activity(
        plan=plan, alliance=alliances[0], key="a", position=0, area="alliance", title="Attività", state_since=now
    )
    changing = {
        "alliance_id": f"{alliances[0].pk} + n % 2",
        "key": "'a-' || n",
        "position": "n",
        "title": "'Attività ' || n",
        "since": f"date '{SINCE}' + (n % 1000)::int",
        "until": f"date '{SINCE}' + (n % 1000)::int + 60",
        "state": "(ARRAY['planned', 'under_way', 'done', 'done', 'suspended', 'cancelled'])[1 + n % 6]",
    }
    with database.bulk(bare, "programmes_activity", keeping="tally"):
        _insert(bare, pattern, changing, 1, count)
        bare.execute("SELECT setval(pg_get_serial_sequence('programmes_activity', 'id'), %s)", [count])
    charged = Responsible(activity_id=1, organisation=organisations[0], position=0)
    owner = f"{organisations[0].pk} + n % {PARTNERS}"
    with database.bulk(bare, "programmes_responsible"):
        _insert(bare, charged, {"activity_id": "n", "organisation_id": owner}, 1, count)


def _claims(
    bare: psycopg.Connection,
    first: int,
    last: int,
    alliances: list[Alliance],
    organisations: list[Organisation],
    allocations: list[Allocation],
    now: datetime,
) -> None:
    """The claims numbered `first` to `last`, one for each day of the plan in turn, with an expense each."""
    states = "ARRAY[" + ", ".join(f"'{state}'" for state in STATES) + "]"
    cents = "(1000 + n::bigint * 7919 % 900000)"
    shared: dict[str, str] = {
        "alliance_id": f"{alliances[0].pk} + n % {PARTNERS} % 2",
        "organisation_id": f"{organisations[0].pk} + n % {PARTNERS}",
    }
    state = f"({states})[1 + n::bigint * 31 % {len(STATES)}]"
    judged = f"CASE {state} WHEN 'submitted' THEN NULL WHEN 'in_control' THEN NULL"
    accepted = f"{judged} WHEN 'refused' THEN 0 WHEN 'accepted_in_part' THEN {cents} / 2 ELSE {cents} END"
    plan = allocations[0].plan
    claim = Claim(
        plan=plan,
        number=1,
        organisation=organisations[0],
        title="Spese",
        state_since=now,
        created_at=now,
        submitted_at=now,
    )
    moments = f"timestamptz '{SINCE} 09:00+01' + (n % 680) * interval '1 day'"
    of_claim = {**shared, "number": "n", "state": state, "state_since": moments, "title": "'Spese ' || n"}
    _insert(
        bare, claim, {**of_claim, "claimed_cents": cents, "accepted_cents": accepted, "expense_count": "1"}, first, last
    )
    expense = Expense(
        claim_id=1,
        plan=plan,
        organisation=organisations[0],
        allocation=allocations[0],
        line=allocations[0].line,
        source=allocations[0].source,
        position=1,
        kind="invoice",
        number="1",
        dated_on=SINCE,
        supplier="Fornitrice srl",
        description="Materiali",
        net_cents=1,
        claimed_cents=1,
        paid_on=SINCE,
        payment="Bonifico",
        reason="Fuori dal periodo",
        fingerprint="",
    )
    line = f"(n / 3) % {LINES}"
    source = f"(n / 5) % {len(SOURCES)}"
    paid = f"CASE WHEN {state} = 'paid' AND {source} < 2 THEN {cents} ELSE 0 END"
    of_expense = {
        **shared,
        "claim_id": "n",
        "line_id": f"{allocations[0].line_id} + {line}",
        "source_id": f"{allocations[0].source_id} + {source}",
        "allocation_id": f"{allocations[0].pk} + {line} * {len(SOURCES)} + {source}",
        "number": "'F' || n",
        "dated_on": f"date '{SINCE}' + (n % 680)::int",
        "paid_on": f"date '{SINCE}' + (n % 680)::int",
        "fingerprint": "md5(n::text)",
        "stage": state,
        "net_cents": cents,
        "claimed_cents": cents,
        "accepted_cents": accepted,
        "paid_cents": paid,
    }
    _insert(bare, expense, of_expense, first, last)


def _accepted(plan: Plan) -> None:
    """What the actions would have kept: how much of each allocation has been accepted."""
    sums = Expense.objects.filter(plan=plan).values("allocation").annotate(sum=Sum("accepted_cents"))
    for found in sums:
        Allocation.objects.filter(pk=found["allocation"]).update(accepted_cents=found["sum"] or 0)


def _insert(
    bare: psycopg.Connection, pattern: models.Model, changing: Mapping[str, str], first: int, last: int
) -> None:
    """Rows like `pattern` with the keys `first` to `last`; `changing` is SQL, by column, of the number `n` of the
    row."""
    fields = [field for field in pattern._meta.concrete_fields if not field.generated]
    given: dict[str, Any] = {
        field.column: field.get_db_prep_save(getattr(pattern, field.attname), connection) for field in fields
    }
    written = {"id": "n", **changing}
    columns = ", ".join(given)
    values = ", ".join(written[column].replace("%", "%%") if column in written else f"%({column})s" for column in given)
    statement = (
        f"INSERT INTO {pattern._meta.db_table} ({columns}) SELECT {values} FROM generate_series(%(f)s, %(l)s) AS n"
    )
    psycopg.ClientCursor(bare).execute(statement, {**given, "f": first, "l": last})
