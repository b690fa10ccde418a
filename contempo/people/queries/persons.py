"""Who people are and what they may act as."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from contempo.people.models import Person, RoleGrant
from contempo.people.rules import VISITOR, Actor, NetworkRole, OrganisationRole, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class PersonBrief:
    """What other contexts may know of a person."""

    id: int
    name: str
    email: str
    language: str


def actor_for(person: "Person | AnonymousUser", network_id: int | None, acting_for: int | None = None) -> Actor:
    """The actor `person` is in the network, with every role held there; one SQL, none for a visitor.

    `acting_for` is kept only when the person holds a role for that organisation in this network.
    """
    if not isinstance(person, Person) or not person.is_active:
        return VISITOR if network_id is None else Actor(network_id=network_id)
    if network_id is None:
        return Actor(person_id=person.pk)
    roles: set[NetworkRole] = set()
    by_organisation: dict[int, set[OrganisationRole]] = {}
    held = RoleGrant.objects.filter(person=person, network_id=network_id, until=None).order_by("organisation_id")
    for role, organisation_id in held.values_list("role", "organisation_id"):
        if organisation_id is None:
            roles.add(NetworkRole(role))
        else:
            by_organisation.setdefault(organisation_id, set()).add(OrganisationRole(role))
    return Actor(
        person_id=person.pk,
        network_id=network_id,
        roles=frozenset(roles),
        organisation_roles=tuple((key, frozenset(held)) for key, held in by_organisation.items()),
        acting_for=acting_for if acting_for in by_organisation else None,
    )


def actor_by_ids(person_id: int, network_id: int, acting_for: int | None) -> Actor:
    """The actor the person of that number is now, for work done outside a request; two SQL.

    Whoever closed the account is a visitor, who may nothing.
    """
    person = Person.objects.filter(pk=person_id).first()
    return Actor(network_id=network_id) if person is None else actor_for(person, network_id, acting_for)


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """What each person of `ids` is called; who closed the account appears as such. One SQL."""
    wanted = {key for key in ids if key is not None}
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=wanted).only("full_name", "email")}


def address_of(person_id: int) -> str:
    """Where a person is written to; empty for a closed account. One SQL."""
    found = Person.objects.filter(pk=person_id, is_active=True).values_list("email", flat=True).first()
    return found or ""


def verified_addresses(person_id: int | None) -> frozenset[str]:
    """The addresses a person has shown to be theirs. One SQL, none for nobody."""
    if person_id is None:
        return frozenset()
    return frozenset(EmailAddress.objects.filter(user=person_id, verified=True).values_list("email", flat=True))


def persons_with(network_id: int, *roles: Role) -> tuple[PersonBrief, ...]:
    """Everyone holding one of `roles` in the network now, by name. One SQL."""
    return _briefs(RoleGrant.objects.filter(network_id=network_id, role__in=roles, until=None))


def persons_of_organisation(organisation_id: int, *roles: OrganisationRole) -> tuple[PersonBrief, ...]:
    """Everyone who acts for the organisation now (in one of `roles`, when given), by name. One SQL."""
    grants = RoleGrant.objects.filter(organisation_id=organisation_id, until=None)
    return _briefs(grants.filter(role__in=roles) if roles else grants)


def organisations_of(network_id: int, person_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The organisations of a network each person acts for now; who acts for none is left out. One SQL."""
    grants = RoleGrant.objects.filter(network_id=network_id, person__in=set(person_ids), until=None)
    held: dict[int, tuple[int, ...]] = {}
    pairs = grants.exclude(organisation_id=None).values_list("person_id", "organisation_id").distinct()
    for person_id, organisation_id in pairs.order_by("person_id", "organisation_id"):
        held[person_id] = (*held.get(person_id, ()), organisation_id)
    return held


def holders(organisation_id: int) -> dict[OrganisationRole, tuple[PersonBrief, ...]]:
    """Who holds each role for the organisation now, by name; a role that nobody holds is there too. One SQL."""
    found: dict[OrganisationRole, tuple[PersonBrief, ...]] = dict.fromkeys(OrganisationRole, ())
    grants = RoleGrant.objects.filter(organisation_id=organisation_id, until=None, person__is_active=True)
    for grant in grants.select_related("person").order_by("person__full_name", "person_id"):
        found[OrganisationRole(grant.role)] += (_brief(grant.person),)
    return found


def _briefs(grants) -> tuple[PersonBrief, ...]:
    persons = Person.objects.filter(is_active=True, pk__in=grants.values("person")).order_by("full_name", "pk")
    return tuple(map(_brief, persons))


def _brief(person: Person) -> PersonBrief:
    return PersonBrief(person.pk, person.full_name, person.email or "", person.language)
