"""A kind for the tests: people at work, in a table that only the tests have. Written as a context writes one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from contempo.core.action import action
from contempo.core.imports import (
    About,
    Change,
    Choice,
    Field,
    FieldKind,
    Finding,
    Kind,
    Missing,
    Row,
    Values,
)
from contempo.core.verdict import ALLOWED, Refusal, Verdict, because, require

TABLE = """
CREATE TABLE test_staff (
    employer bigint NOT NULL, number text NOT NULL, name text, email text, since date, hours numeric, children integer,
    contract text, teleworks boolean, boss text, gone boolean NOT NULL DEFAULT false, PRIMARY KEY (employer, number)
)
"""
FIELDS = (
    Field("number", "Numero di matricola", FieldKind.CODE, required=True, aliases=("Matricola",), longest=20),
    Field("name", "Nome della persona", aliases=("Nome",)),
    Field("email", "Posta della persona", FieldKind.EMAIL, aliases=("Posta elettronica",)),
    Field("since", "In servizio dal", FieldKind.DATE, aliases=("Dal", "Data di assunzione")),
    Field("hours", "Ore settimanali", FieldKind.DECIMAL, least=0, most=60, places=2, aliases=("Ore",)),
    Field("children", "Figli in casa", FieldKind.INTEGER, least=0, aliases=("Figli",)),
    Field(
        "contract",
        "Contratto di lavoro",
        FieldKind.CHOICE,
        choices=(Choice("full", "Tempo intero", ("Tempo pieno",)), Choice("part", "Tempo ridotto", ("Part time",))),
        aliases=("Contratto",),
    ),
    Field("teleworks", "Lavora anche da casa", FieldKind.BOOLEAN, aliases=("Lavoro agile",)),
    Field("boss", "Matricola di chi dirige", FieldKind.CODE, aliases=("Responsabile",)),
)
KEYS = tuple(field.key for field in FIELDS)
COLUMNS = ", ".join(KEYS)
KEPT_OUT: set[int] = set()
"""Persons who may not import, beside those nobody knows."""


def about(actor: Any, about_id: int) -> About | None:
    return About(f"Comune {about_id}", "/milano/comune/") if about_id < 100 else None


def may(actor: Any, about_id: int) -> Verdict:
    return because("Only the office of staff imports.") if actor.person_id in {None, *KEPT_OUT} else ALLOWED


def current(about_id: int, identities: Sequence[Any] | None) -> Iterable[Values]:
    sql = f"SELECT {COLUMNS} FROM test_staff WHERE employer = %s AND NOT gone"
    params: list[Any] = [about_id]
    if identities is not None:
        sql += " AND number = ANY(%s) FOR UPDATE"
        params.append([number for (number,) in identities])
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [dict(zip(KEYS, row, strict=True)) for row in cursor.fetchall()]


def check(about_id: int, rows: Sequence[Row]) -> Iterable[Finding]:
    known = {row.values["number"] for row in rows} | {record["number"] for record in current(about_id, None)}
    for row in rows:
        if row.values["boss"] is not None and row.values["boss"] not in known:
            yield Finding(row.line, "Nobody has the number “%(boss)s”.", "boss", {"boss": row.values["boss"]})


@action
def write(actor: Any, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    require(may(actor, about_id))
    if any(change.after and change.after["name"] == "Stop" for change in changes):
        raise Refusal("The office is closed.")
    left = [Finding(c.line, "Locked.", "name") for c in changes if c.after and c.after["name"] == "Bloccato"]
    lines = {finding.line for finding in left}
    put = [change.after for change in changes if change.after is not None and change.line not in lines]
    out = [change.before for change in changes if change.after is None]
    with connection.cursor() as cursor:
        if put:
            updates = ", ".join(f"{key} = excluded.{key}" for key in KEYS)
            arrays = [[record[key] for record in put] for key in KEYS]
            types = ("text", "text", "text", "date", "numeric", "int", "text", "bool", "text")
            unnest = ", ".join(f"%s::{each}[]" for each in types)
            cursor.execute(
                f"INSERT INTO test_staff (employer, {COLUMNS}) SELECT %s, * FROM unnest({unnest})"
                f" ON CONFLICT (employer, number) DO UPDATE SET {updates}, gone = false",
                [about_id, *arrays],
            )
        if out:
            numbers = [record["number"] for record in out]
            sql = "UPDATE test_staff SET gone = true WHERE employer = %s AND number = ANY(%s)"
            cursor.execute(sql, [about_id, numbers])
    return left


STAFF = Kind(
    key="test.staff",
    title="Personale del Comune",
    fields=FIELDS,
    identity=("number",),
    about=about,
    may=may,
    current=current,
    write=write,
    check=check,
    missing=Missing.END,
    missing_label="Chiudi chi non è nel file",
)


def somebody_records(count: int) -> list[dict[str, Any]]:
    """`count` invented records."""
    return [
        {
            "number": f"{number:06}",
            "name": f"Persona n. {number}, di Cantù",
            "email": f"p{number}@comune.example.org",
            "since": f"{number % 28 + 1:02}/{number % 12 + 1:02}/20{number % 20 + 5:02}",
            "hours": str(Decimal(number % 40) + Decimal("0.5")).replace(".", ","),
            "children": str(number % 4),
            "contract": "Tempo pieno" if number % 3 else "Part time",
            "teleworks": "sì" if number % 2 else "no",
            "boss": "000001",
        }
        for number in range(1, count + 1)
    ]
