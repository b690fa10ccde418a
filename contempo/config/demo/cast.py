"""The invented persons of the demo: brought in when they first appear, with the roles the data files give them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from contempo.config.demo import facts
from contempo.people.actions import enrol, mark_all_read
from contempo.people.models import Person
from contempo.people.public import SYSTEM, Actor, actor_for
from contempo.people.rules import Role, role_named

_FILE = "cast.toml"


@dataclass(frozen=True)
class SignIn:
    """How to sign in to the demo as somebody; `role_label` says in English what they do."""

    role_label: str
    full_name: str
    email: str
    password: str


def sign_ins() -> tuple[SignIn, ...]:
    """The sign-ins to show, at least one for each role."""
    cast = facts.toml(_FILE)
    return tuple(
        SignIn(person["summary_en"], person["full_name"], person["email"], cast["password"])
        for person in cast["persons"]
        if person["shown"]
    )


class Cast:
    """Who acts in the demo, by the keys of the data files."""

    def __init__(self) -> None:
        data = facts.toml(_FILE)
        self._persons: dict[str, dict[str, Any]] = {person["key"]: person for person in data["persons"]}
        # One password for all, hashed once: it is printed anyway, and hashing is slow on purpose.
        self._password_hash = make_password(data["password"])
        self._numbers: dict[str, int] = {}

    def number(self, key: str) -> int:
        """The number of a person, who is brought in now when not there yet."""
        if key not in self._numbers:
            person = self._persons[key]
            self._numbers[key] = enrol(
                SYSTEM,
                email=person["email"],
                full_name=person["full_name"],
                language=person["language"],
                password_hash=self._password_hash,
            )
        return self._numbers[key]

    def actor(self, key: str, network_id: int) -> Actor:
        """A person as they are in a network at this moment; an empty key is a visitor."""
        if not key:
            return Actor(network_id=network_id)
        return actor_for(Person.objects.get(pk=self.number(key)), network_id)

    def language(self, key: str) -> str:
        """The language of a person's pages and letters."""
        return str(self._persons[key]["language"])

    def holders(self, network: str, organisation: str | None = None) -> Iterator[tuple[str, Role]]:
        """Who holds which role in a network as a whole, or for one organisation of it (by its key)."""
        for key, person in self._persons.items():
            for held in person["grants"]:
                if (held["network"], held.get("organisation")) == (network, organisation):
                    yield key, role_named(held["role"])

    def everybody(self) -> None:
        """Bring in those who have not appeared yet."""
        for key in self._persons:
            self.number(key)

    def read_all(self, network_id: int) -> None:
        """Everybody reads by now what they were told in a network."""
        for number in self._numbers.values():
            mark_all_read(Actor(person_id=number, network_id=network_id), network_id=network_id)
