"""Every address gives each role the answer that `expected.txt` says, in its own network and in any other."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from contempo.network.rules.networks import RESERVED
from tests.access.addresses import every_address
from tests.access.asking import ask
from tests.access.world import ROLES, Place, make_place

EXPECTED = Path(__file__).with_name("expected.txt")


@dataclass(frozen=True)
class Row:
    """What one method at one address answers, by role."""

    address: str
    method: str
    thing: str
    answers: dict[str, str]


def rows() -> tuple[Row, ...]:
    head, *lines = (line.split() for line in EXPECTED.read_text(encoding="utf-8").splitlines())
    return tuple(Row(*line[:3], dict(zip(head[3:], line[3:], strict=True))) for line in lines)


def answers(who: str, here: Place, there: Place, expect: str) -> list[str]:
    """What `who` of `here` is wrongly answered about `there`, where the column `expect` holds."""
    client = Client()
    if who != "visitor":
        client.force_login(here.cast[who])
    wrong = []
    for row in rows():
        answer = ask(client, row.method, row.address, there, row.thing)
        if answer != row.answers[expect]:
            wrong.append(f"{row.method} {row.address} ({row.thing}): {answer}, expected {row.answers[expect]}")
        if row.address == "account_logout" and who != "visitor":
            client.force_login(here.cast[who])
    return wrong


def test_every_address_is_listed_with_both_methods() -> None:
    listed = [(row.address, row.method) for row in rows()]
    known = [(address.name, method) for address in every_address() for method in ("GET", "POST")]
    assert sorted(listed) == sorted(known)


def test_every_role_has_its_column() -> None:
    assert all(tuple(row.answers) == ROLES for row in rows())


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_in_its_own_network_each_role_gets_the_answers_of_its_column(role: str) -> None:
    milano = make_place("milano")
    make_place("bergamo")
    assert not answers(role, milano, milano, expect=role)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_in_another_network_each_role_is_nobody(role: str) -> None:
    milano = make_place("milano")
    bergamo = make_place("bergamo")
    assert not answers(role, milano, bergamo, expect="nobody")


@pytest.mark.django_db
def test_things_of_a_network_cannot_be_reached_under_the_address_of_another() -> None:
    milano, bergamo = make_place("milano"), make_place("bergamo")
    mixed = Place(bergamo.network, bergamo.cast, milano.parts)
    client = Client()
    client.force_login(bergamo.cast["coordinator"])
    found = {
        f"{row.method} {row.address}": ask(client, row.method, row.address, mixed, row.thing)
        for row in rows()
        if row.thing not in ("-", "token", "agreement", "resume", "entry_topic")
        and row.answers["coordinator"] in ("ok", "on")
    }
    # Numbers of requests, questions and entries begin at one in every network, so those of Milan name another one in
    # Bergamo.
    numbered = ("submitted", "admitted", "answered", "entry_kept", "entry_language")
    by_number = {f"{row.method} {row.address}" for row in rows() if row.thing in numbered}
    assert {name: answer for name, answer in found.items() if name not in by_number and answer in ("ok", "on")} == {}


def test_no_network_can_take_an_address_of_the_installation() -> None:
    first_parts = {address.route.split("/")[0] for address in every_address()}
    assert {part for part in first_parts if part and not part.startswith("<")} <= RESERVED
