"""A clearing from end to end: read from the database, clear, write ledger and reasons, committed.

Beside it the bare rule, and plain COPY of the same rows: out of the tables they stand in, as the driver hands them on
row by row, and into a table of the same columns without indexes, checks or triggers, committed too.
"""

import gc
import statistics
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import numpy as np
import psycopg
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from numpy.typing import NDArray

from bench import database
from bench.agile.worlds import SEED, World, ordinary
from bench.limits import WHOLE
from bench.measure import Result
from bench.turns import Turn
from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.material import FIRST, FIRST_COLUMNS
from contempo.agile.actions.clearing.rows import INT2, INT4, INT8, instant, stored, text
from contempo.agile.models import Employer, Month, Policy
from contempo.agile.rules.clearing import clear, seed_hash
from contempo.agile.rules.policy import proposed
from contempo.core import clock
from contempo.network.actions.networks import open_network
from contempo.network.models import Organisation
from contempo.network.rules.organisations import OrganisationKind
from contempo.people.public import SYSTEM

RUNS, FEWEST_RUNS = 20, 5
PEOPLE = 2_000_000
"""Cleared in all, as far as `FEWEST_RUNS` and `RUNS` allow."""

_COLUMNS = "month_id, account_id, kind, days, asked, own, shared, reason, position, klass, held, clearing_id, at"


def measured(people: int, turn: Turn) -> tuple[Result, ...]:
    """Clear a month of `people` requests time and again; each time everything is as it was before."""
    world = ordinary(people)
    with database.bare() as bare:
        month = _loaded(world, bare)
        _bare_table(bare)
        database.tidy(bare)
        times, floors = [], []
        _deed(month)
        _undone(month, world, bare)
        _floor(month, world)
        gc.collect()
        for _ in range(max(FEWEST_RUNS, min(RUNS, PEOPLE // people))):
            with turn():
                floors.append(_milliseconds(lambda: _floor(month, world)))
                bare.execute("TRUNCATE bench_entry")
                times.append(_milliseconds(lambda: _deed(month)))
                _undone(month, world, bare)
        with CaptureQueriesContext(connection) as asked:
            _deed(month)
        _undone(month, world, bare)
    median, floor = statistics.median(times), statistics.median(floors)
    return (
        Result(
            name=WHOLE,
            p50_ms=round(median, 2),
            p95_ms=round(statistics.quantiles(times, n=20, method="inclusive")[18], 2),
            statements=len(asked),
            floor_ms=round(floor, 3),
            ratio=round(median / floor, 2),
        ),
    )


def _deed(month: Month) -> None:
    clear_bank(SYSTEM, month_id=month.pk)


def _floor(month: Month, world: World) -> None:
    """The bare rule on arrays that are there already, and the same rows out and in."""
    result = clear(world.claims, world.supply, SEED)
    rows, claims = _copied_out(month), result.claims
    with transaction.atomic():
        stored(
            "bench_entry",
            {
                "month_id": (INT8, month.pk),
                "account_id": (INT8, rows["account"]),
                "kind": (text("award"), b"award"),
                "days": (INT4, result.days),
                "asked": (INT2, claims.asked),
                "own": (INT4, result.own),
                "shared": (INT4, result.shared),
                "reason": (INT2, result.why),
                "position": (INT4, result.position),
                "klass": (INT2, claims.klass),
                "held": (INT2, claims.held),
                "clearing_id": (INT8, 1),
                "at": (INT8, instant(datetime(2026, 11, 23, tzinfo=UTC))),
            },
            len(rows),
        )


def _copied_out(month: Month) -> NDArray[Any]:
    """The requests by plain binary COPY: records after a header of 19 bytes, a trailer of two."""
    parts: list[tuple[str, Any]] = [("fields", INT2)]
    for name, kind in FIRST_COLUMNS.items():
        parts += [(f"{name} length", INT4), (name, kind)]
    statement = f"COPY ({FIRST % month.pk}) TO STDOUT (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return np.frombuffer(b"".join(copy)[19:-2], np.dtype(parts))


def _bare_table(bare: psycopg.Connection) -> None:
    bare.execute(f"CREATE TABLE bench_entry AS SELECT id, {_COLUMNS} FROM agile_entry WITH NO DATA")


def _undone(month: Month, world: World, bare: psycopg.Connection) -> None:
    """The month as it was: its pools full again, its ledger and its sums empty."""
    bare.execute("TRUNCATE agile_entry, agile_monthtally")
    bare.execute("DELETE FROM agile_clearing")
    bare.execute("UPDATE agile_pool SET free = budget WHERE month_id = %s", [month.pk])
    bare.execute("UPDATE agile_month SET state = 'open' WHERE id = %s", [month.pk])


def _loaded(world: World, bare: psycopg.Connection) -> Month:
    """An employer with a month whose requests are those of `world`: rows that stand in for what an opening makes.

    Of the staff there is only as much as accounts refer to.
    """
    claims, supply = world.claims, world.supply
    people, directorates = len(claims), len(supply.own)
    now = clock.now()
    network = open_network(SYSTEM, slug="prova", name="Prova", short_name="Prova", contact_email="prova@example.org")
    organisation = Organisation.objects.create(
        network=network,
        name="Comune di Prova",
        slug="comune",
        kind=OrganisationKind.MUNICIPALITY,
        created_at=now,
    )
    employer = Employer.objects.create(network=network, organisation=organisation, opened_at=now)
    rules = proposed()
    rules_of_month = Policy.objects.create(
        employer=employer, number=1, first_month=now.date(), document=rules.as_json(), published_at=now
    )
    windows = {name: now - timedelta(hours=20 - number) for number, name in enumerate(rules.moments)}
    month = Month.objects.create(
        employer=employer,
        first_day=now.date().replace(day=1),
        policy=rules_of_month,
        state="open",
        seed=SEED,
        salt=SEED,
        seed_hash=seed_hash(SEED),
        salt_hash=seed_hash(SEED),
        **windows,
    )
    bare.execute(
        """
        INSERT INTO agile_unit (id, employer_id, code, kind, name, path, since)
        SELECT n, %s, n, 'directorate', 'Direzione ' || n, '/' || n || '/', '2026-01-01'
        FROM generate_series(1, %s) AS n
        """,
        [employer.pk, directorates],
    )
    with database.bulk(bare, "agile_worker"):
        bare.execute(
            """
            INSERT INTO agile_worker (id, employer_id, number, email, unit_id, directorate_id, contract, category,
                part_time_percent, weekdays, sex, since, present, heads_unit, safety_representative, commute_means,
                eligible, agile)
            SELECT n, %s, 'M' || n, '', 1, 1, 'permanent', '', 100, '{0,1,2,3,4}', 'x', '2026-01-01', true, false,
                false, '', true, true
            FROM generate_series(1, %s) AS n
            """,
            [employer.pk, people],
        )
    pools = [(month.pk, number + 1, days, days, "{}") for number, days in enumerate(supply.own)]
    database.copy_in(
        bare,
        "agile_pool",
        ("month_id", "directorate_id", "budget", "free", "formula"),
        [*pools, (month.pk, None, supply.shared, supply.shared, "{}")],
    )
    sexes, ages = (
        np.array(["f", "m", "x"])[claims.asked % 3],
        np.array([0, 1966, 1967, 1977, 1987, 1997])[claims.pseudonym % np.uint64(6)],
    )
    accounts = zip(
        range(1, people + 1),
        claims.directorate.tolist(),
        claims.enjoyed.tolist(),
        claims.pseudonym.tolist(),
        sexes.tolist(),
        ages.tolist(),
        strict=True,
    )
    columns = (
        "id month_id worker_id unit_id directorate_id sex birth_year agreement entitled carried enjoyed cap pseudonym"
    )
    with database.bulk(bare, "agile_account"):
        database.copy_in(
            bare,
            "agile_account",
            columns.split(),
            (
                (number, month.pk, number, where + 1, where + 1, sex, born, True, 8, 0, enjoyed, 20, name)
                for number, where, enjoyed, name, sex, born in accounts
            ),
        )
    columns = "account_id month_id reason klass days state created_at changed_at"
    requests = enumerate(zip(claims.klass.tolist(), claims.asked.tolist(), strict=True), start=1)
    with database.bulk(bare, "agile_request"):
        database.copy_in(
            bare,
            "agile_request",
            columns.split(),
            ((number, month.pk, "other", klass, days, "open", now, now) for number, (klass, days) in requests),
        )
    return month


def _milliseconds(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000
