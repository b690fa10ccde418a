"""Responses for the tests of columns."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from contempo.questionnaires.models import Campaign, Response
from contempo.questionnaires.queries.columns import opened_columns
from contempo.questionnaires.rules.states import ResponseState

PLACES = ("entry", "exit", "bank")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.COLUMNS_ROOT = tmp_path / "columns"


def answers(chance: Random) -> dict[str, Any]:
    """Some answers to the sample document."""
    given: dict[str, Any] = {"workers": chance.choice([0, 1, 250, 3.5])}
    if chance.random() < 0.8:
        given["flexible"] = chance.choice(["yes", "no", "other"])
    if chance.random() < 0.5:
        given["how"] = chance.sample(PLACES, chance.randint(1, 3))
    if chance.random() < 0.5:
        given["notes"] = chance.choice(['a "b", c\nd', "è; ’ \\ \t", ",", "{}", "NULL"])
    if chance.random() < 0.5:
        given["services"] = [{"service": "Nido", "users": 4}, {"service": "x"}][: chance.randint(1, 2)]
    return given


def truth(campaign: Campaign) -> list[tuple[Any, ...]]:
    """What the columns must say, from the responses one by one."""
    found = []
    for one in Response.objects.filter(campaign=campaign, state=ResponseState.COMPLETED.value):
        how = one.answers.get("how")
        groups = [{"service": g.get("service"), "users": g.get("users")} for g in one.answers.get("services", [])]
        found.append(
            (
                one.pk,
                float(one.answers["workers"]),
                one.answers.get("flexible"),
                len(how) if how else None,
                *((place in how) if how else None for place in PLACES),
                one.answers.get("notes"),
                groups or None,
                "how" in one.unasked,
            )
        )
    return sorted(found, key=lambda row: row[0])


def told(campaign: Campaign) -> list[tuple[Any, ...]]:
    """What the columns say."""
    chosen = ", ".join(f"q_how__{place}" for place in PLACES)
    with opened_columns(campaign) as columns:
        rows = columns.rows(
            f"SELECT id, q_workers, q_flexible, q_how, {chosen}, q_notes, g_services, u_how FROM responses"
        )
    return sorted(rows, key=lambda row: row[0])
