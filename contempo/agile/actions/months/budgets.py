"""Accounts and pools of a month, for staff of any size: facts are read and written set by set."""

import json
import secrets
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection

from contempo.agile.models import Month, Policy, Pool
from contempo.agile.rules.budget import Formula, Line
from contempo.agile.rules.clearing import pseudonym, seed_hash
from contempo.agile.rules.policy import Policy as Rules
from contempo.agile.rules.policy import next_month, read, working_days
from contempo.agile.rules.staff import AGE_CLASSES
from contempo.core.calendar import Calendar, calendar_of

FACTS = """
    SELECT worker.id AS worker_id, worker.number, worker.unit_id, worker.directorate_id, worker.sex,
        {born} AS birth_year, worker.category, worker.part_time_percent,
        EXISTS (
            SELECT 1 FROM agile_agreement AS agreement
            WHERE agreement.worker_id = worker.id AND agreement.signed_at IS NOT NULL
                AND agreement.starts_on < %(next_first)s
                AND (agreement.until > %(first)s OR (agreement.until IS NULL AND agreement.state = 'in_force'))
        ) AS agreement,
        (coalesce((%(days)s::jsonb ->> worker.category)::int, %(days_otherwise)s) * worker.part_time_percent + 50) / 100
            AS entitled,
        (
            SELECT count(*) FROM unnest(%(dates)s::date[]) AS day
            WHERE extract(isodow FROM day)::int - 1 = ANY (worker.weekdays)
                AND day >= worker.since AND (worker.until IS NULL OR day < worker.until)
        )::int * (100 - %(own_presence)s) / 100 AS cap,
        coalesce(enjoyed.days, 0) AS enjoyed
    FROM agile_worker AS worker LEFT JOIN (
        SELECT account.worker_id, sum(entry.days) AS days
        FROM agile_month AS month
        JOIN agile_account AS account ON account.month_id = month.id
        JOIN agile_entry AS entry ON entry.account_id = account.id AND entry.kind = 'award'
        WHERE month.employer_id = %(employer)s AND month.first_day >= %(new_year)s AND month.first_day < %(first)s
        GROUP BY 1
    ) AS enjoyed ON enjoyed.worker_id = worker.id
    WHERE worker.employer_id = %(employer)s AND worker.eligible
        AND worker.since < %(next_first)s AND (worker.until IS NULL OR worker.until > %(first)s)
"""
"""What of each eligible worker a month needs to know. `rules.policy` says the same of one: `days_of`, `cap_of`."""


def _born(year: int) -> str:
    """SQL of the year of birth an account keeps: of the age class of that year only, so that the sums of a month have
    few rows and the account says no more than they need.
    """
    cases = " ".join(
        f"WHEN {year} - worker.birth_year BETWEEN {first} AND {last} THEN {year - (last if last < 100 else first)}"
        for first, last in AGE_CLASSES.values()
    )
    return f"(CASE {cases} ELSE 0 END)"


def rules_of(policy: Policy) -> Rules:
    """The rules a policy says."""
    return read(policy.document)


def calendar_of_employer(month: Month) -> Calendar:
    """The calendar of holidays where the employer has its seat."""
    seat = month.employer.organisation.municipality
    return calendar_of(seat.name, seat.province) if seat is not None else Calendar()


def rebuild(month: Month) -> None:
    """Make accounts, pools and pseudonyms of a month in preparation anew from the facts of this moment.

    The seed and the salt are drawn anew too. Six SQL and one COPY, however large the staff.
    """
    rules = rules_of(month.policy)
    Pool.objects.filter(month=month).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agile_account WHERE month_id = %s", [month.pk])
        facts = FACTS.format(born=_born(month.first_day.year))
        cursor.execute(f"CREATE TEMP TABLE agile_facts ON COMMIT DROP AS {facts}", _asked(month, rules))
        cursor.execute("SELECT worker_id, number FROM agile_facts")
        workers = cursor.fetchall()
        month.seed, month.salt = secrets.token_bytes(32), b""
        names: set[int] = set()
        while len(names) < len(workers) or not month.salt:  # equal pseudonyms: nearly never, and then not at all
            month.salt = secrets.token_bytes(32)
            named = [(worker, pseudonym(month.salt, number)) for worker, number in workers]
            names = {name for _worker, name in named}
        month.seed_hash, month.salt_hash = seed_hash(month.seed), seed_hash(month.salt)
        cursor.execute("CREATE TEMP TABLE agile_named (worker_id bigint, pseudonym bigint) ON COMMIT DROP")
        with cursor.copy("COPY agile_named FROM STDIN") as copy:
            for row in named:
                copy.write_row(row)
        cursor.execute("ANALYZE agile_named")
        cursor.execute(
            """
            INSERT INTO agile_account (month_id, worker_id, unit_id, directorate_id, sex, birth_year, agreement,
                entitled, carried, enjoyed, cap, pseudonym)
            SELECT %s, worker_id, unit_id, directorate_id, sex, birth_year, agreement,
                least(entitled, cap), 0, enjoyed, cap, pseudonym
            FROM agile_facts JOIN agile_named USING (worker_id)
            ORDER BY worker_id
            """,
            [month.pk],
        )
        _make_pools(month)
        cursor.execute("DROP TABLE agile_facts, agile_named")
    month.save(update_fields=["seed", "salt", "seed_hash", "salt_hash"])


def _asked(month: Month, rules: Rules) -> dict[str, Any]:
    following = next_month(month.first_day)
    return {
        "employer": month.employer_id,
        "first": month.first_day,
        "next_first": following,
        "new_year": date(month.first_day.year, 1, 1),
        "dates": list(working_days(month.first_day, following, calendar_of_employer(month))),
        "days": json.dumps(dict(rules.days)),
        "days_otherwise": rules.days_otherwise,
        "own_presence": rules.own_presence,
    }


def _make_pools(month: Month) -> None:
    """A pool for each directorate with accounts, and the shared one, which begins empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT account.directorate_id, facts.category, facts.part_time_percent, account.entitled, count(*),
                count(*) FILTER (WHERE account.agreement)
            FROM agile_account AS account JOIN agile_facts AS facts USING (worker_id)
            WHERE account.month_id = %s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3 DESC, 4 DESC
            """,
            [month.pk],
        )
        rows = cursor.fetchall()
    formulas: dict[int, Formula] = {}
    for directorate, category, percent, each, persons, signed in rows:
        known = formulas.get(directorate, Formula())
        formulas[directorate] = Formula(
            (*known.lines, Line(category, percent, each, persons)), 0, known.with_agreement + signed
        )
    Pool.objects.bulk_create(
        [
            Pool(month=month, directorate_id=directorate, budget=formula.days, free=0, formula=asdict(formula))
            for directorate, formula in formulas.items()
        ]
        + [Pool(month=month, directorate=None)]
    )


def grant(month: Month, *, at: datetime, person_id: int | None) -> None:
    """Fill the pools with their budgets and give those with an agreement their days. Two SQL."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agile_pool SET free = budget WHERE month_id = %s", [month.pk])
        cursor.execute(
            """
            INSERT INTO agile_entry (month_id, account_id, kind, days, asked, own, shared, reason, position, klass,
                held, person_id, at)
            SELECT month_id, id, 'grant', entitled, 0, -entitled, 0, 0, 0, 0, 0, %s, %s
            FROM agile_account WHERE month_id = %s AND agreement AND entitled > 0 ORDER BY id
            """,
            [person_id, at, month.pk],
        )


def carry_over(before: Month, month: Month, *, at: datetime, person_id: int | None) -> None:
    """Give in `month` what expired in the closed month `before`, up to the caps: carried days. Three SQL.

    The pool of the directorate grows by what is carried and gives it at once. Those without an account or an agreement
    in `month` carry nothing.
    """
    cap = rules_of(month.policy).carry_cap
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH held AS (
                SELECT account_id, sum(days) AS days FROM (
                    SELECT account_id, CASE WHEN kind IN ('grant', 'award') THEN days
                        WHEN kind IN ('donate', 'expire') THEN -days
                        WHEN kind = 'request' THEN days ELSE 0 END - asked AS days
                    FROM agile_entry WHERE month_id = %(month)s AND account_id IS NOT NULL
                ) AS moved GROUP BY 1
            ), left_over AS (
                SELECT account.worker_id, sum(entry.days) AS days
                FROM agile_entry AS entry JOIN agile_account AS account ON account.id = entry.account_id
                WHERE entry.month_id = %(before)s AND entry.kind = 'expire' GROUP BY 1
            )
            UPDATE agile_account AS account SET carried = carry.days
            FROM (
                SELECT target.id, least(left_over.days, %(cap)s, target.cap - coalesce(held.days, 0)) AS days
                FROM agile_account AS target JOIN left_over USING (worker_id)
                LEFT JOIN held ON held.account_id = target.id
                WHERE target.month_id = %(month)s AND target.agreement AND target.carried = 0
            ) AS carry
            WHERE account.id = carry.id AND carry.days > 0
            RETURNING account.id, account.directorate_id, account.carried
            """,
            {"before": before.pk, "month": month.pk, "cap": cap},
        )
        carried = cursor.fetchall()
        if not carried:
            return
        accounts = [row[0] for row in carried]
        cursor.execute(
            """
            UPDATE agile_pool AS pool SET budget = pool.budget + given.days, free = pool.free + given.days,
                formula = jsonb_set(pool.formula, '{carried}', to_jsonb(given.days))
            FROM (
                SELECT directorate_id, sum(carried)::int AS days FROM agile_account WHERE id = ANY(%s) GROUP BY 1
            ) AS given
            WHERE pool.month_id = %s AND pool.directorate_id = given.directorate_id
            """,
            [accounts, month.pk],
        )
        cursor.execute(
            """
            INSERT INTO agile_entry (month_id, account_id, kind, days, asked, own, shared, reason, position, klass,
                held, person_id, at)
            SELECT month_id, id, 'grant', carried, 0, -carried, 0, 0, 0, 0, 0, %s, %s
            FROM agile_account WHERE id = ANY(%s) ORDER BY id
            """,
            [person_id, at, accounts],
        )
