"""Persons for tests: a factory, and a named cast with stable names and addresses."""

from dataclasses import dataclass

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from contempo.core.clock import now
from contempo.people.models import Person, RoleGrant
from contempo.people.queries import actor_for
from contempo.people.rules import Actor, NetworkRole, OrganisationRole, Role

MILANO, BERGAMO = 1, 2
FORNO, GIRASOLE, TREVIGLIO = 10, 11, 20
PASSWORD = "tempo per tutti quanti"


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody with a verified address and no password; `password="…"` sets one."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda number: f"Persona {number}")
    email = factory.Sequence(lambda number: f"persona{number}@example.org")
    language = "it"
    joined_at = factory.LazyFunction(now)
    password = factory.LazyFunction(lambda: make_password(None))

    @factory.post_generation
    def verified(person: Person, create: bool, extracted: bool | None, **kwargs: object) -> None:  # noqa: N805
        if create:
            EmailAddress.objects.create(user=person, email=person.email, verified=extracted is not False, primary=True)


class RoleGrantFactory(factory.django.DjangoModelFactory):
    """A role held now: coordinator of Milan unless told otherwise."""

    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = NetworkRole.COORDINATOR
    network_id = MILANO
    since = factory.LazyFunction(now)


@dataclass(frozen=True)
class Cast:
    """Who is who: Marta and Giulio coordinate Milan, Chiara Bergamo; Ivo represents the bakery, Rosa edits for it;
    Elena observes, Nadia is an expert; Sara holds no role."""

    marta: Person
    giulio: Person
    chiara: Person
    ivo: Person
    rosa: Person
    elena: Person
    nadia: Person
    sara: Person


def person(first: str, family: str, *held: tuple[Role, int, int | None]) -> Person:
    """One of the cast, `first.family@example.org`, with the roles (role, network, organisation) of `held`."""
    made = PersonFactory(full_name=f"{first} {family}", email=f"{first}.{family}@example.org".lower())
    for role, network_id, organisation_id in held:
        RoleGrantFactory(person=made, role=role, network_id=network_id, organisation_id=organisation_id)
    return made


def make_cast() -> Cast:
    """The whole cast, with their roles in Milan (bakery Forno, co-operative Girasole) and Bergamo."""
    return Cast(
        marta=person("Marta", "Colombo", (NetworkRole.COORDINATOR, MILANO, None)),
        giulio=person("Giulio", "Restelli", (NetworkRole.COORDINATOR, MILANO, None)),
        chiara=person("Chiara", "Locatelli", (NetworkRole.COORDINATOR, BERGAMO, None)),
        ivo=person("Ivo", "Bianchi", (OrganisationRole.REPRESENTATIVE, MILANO, FORNO)),
        rosa=person("Rosa", "Bianchi", (OrganisationRole.EDITOR, MILANO, FORNO)),
        elena=person("Elena", "Fumagalli", (NetworkRole.OBSERVER, MILANO, None)),
        nadia=person("Nadia", "Greco", (NetworkRole.EXPERT, MILANO, None)),
        sara=person("Sara", "Moretti"),
    )


def in_milano(who: Person, acting_for: int | None = None) -> Actor:
    """`who` as an actor of the Milan network."""
    return actor_for(who, MILANO, acting_for)


def in_bergamo(who: Person) -> Actor:
    """`who` as an actor of the Bergamo network."""
    return actor_for(who, BERGAMO)
