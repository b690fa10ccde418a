"""Organisations of a plausible mix: kinds, municipalities of Lombardy, priorities, memberships."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

import psycopg
from django.db import connection, models

from bench import database
from bench.network import names
from bench.network.requests import requests
from contempo.core import clock, search
from contempo.core.text import slugify
from contempo.network.actions.networks import open_network, publish_agreement
from contempo.network.actions.organisations import search_entry
from contempo.network.actions.reference import load_municipalities
from contempo.network.models import (
    AccessionRequest,
    Contact,
    Membership,
    Municipality,
    Organisation,
    RequestEntry,
    Seat,
)
from contempo.network.rules.organisations import Experience, OrganisationKind, Priority, core_name, search_name
from contempo.people.actions import enrol
from contempo.people.models import Person
from contempo.people.public import SYSTEM, NetworkRole, actor_for, grant

SLUG = "prova"
YEARS = 10
MEMBERS, LEFT = 0.80, 0.04
"""Shares of the organisations that are members now, and that have been."""

_KINDS = {
    OrganisationKind.COMPANY: 42,
    OrganisationKind.ASSOCIATION: 20,
    OrganisationKind.SOCIAL_COOPERATIVE: 19,
    OrganisationKind.SCHOOL: 6,
    OrganisationKind.FOUNDATION: 3,
    OrganisationKind.EMPLOYERS_ASSOCIATION: 2,
    OrganisationKind.MUNICIPALITY: 2,
    OrganisationKind.TRADE_UNION: 2,
    OrganisationKind.RELIGIOUS_BODY: 2,
    OrganisationKind.PUBLIC_BODY: 1,
    OrganisationKind.UNION_OF_MUNICIPALITIES: 0.5,
    OrganisationKind.HEALTH_AUTHORITY: 0.3,
    OrganisationKind.CHAMBER_OF_COMMERCE: 0.2,
}


@dataclass(frozen=True)
class Place:
    """What was loaded: the network, its coordinator, how many organisations."""

    network_id: int
    coordinator: Person
    agreement_id: int
    today: date
    rows: int


def load(rows: int, bare: psycopg.Connection) -> Place:
    """Open a network and fill it with `rows` organisations and all that belongs to them; the same rows every time."""
    load_municipalities(SYSTEM)
    place = _opened(rows)
    random = Random(rows)
    organisations = list(_organisations(place, random))
    copy(bare, Organisation, organisations)
    copy(bare, Seat, _seats(organisations, random))
    copy(bare, Contact, _contacts(organisations, random))
    copy(bare, Membership, _memberships(place, organisations, random))
    asked = requests(organisations, place.coordinator, random)
    copy(bare, Person, asked.persons)
    copy(bare, AccessionRequest, asked.requests)
    copy(bare, RequestEntry, asked.entries)
    search.put_many(search.Document(**search_entry(organisation)) for organisation in organisations)
    return place


def copy(bare: psycopg.Connection, model: type[models.Model], things: Iterable[models.Model]) -> None:
    """Insert unsaved `things` of one `model` in one statement; they keep the keys they have been given."""
    given = list(things)
    keyed = given[0].pk is not None
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in fields if keyed or not field.primary_key]
    rows = ([field.get_db_prep_save(getattr(thing, field.attname), connection) for field in fields] for thing in given)
    database.copy_in(bare, model._meta.db_table, [field.column for field in fields], rows)


def _opened(rows: int) -> Place:
    network = open_network(
        SYSTEM, slug=SLUG, name="Rete di prova", short_name="Prova", contact_email="rete@example.org"
    )
    person_id = enrol(SYSTEM, email="marta@example.org", full_name="Marta Colnaghi")
    grant(SYSTEM, person_id=person_id, role=NetworkRole.COORDINATOR, network_id=network.id)
    coordinator = Person.objects.get(pk=person_id)
    agreement = publish_agreement(
        actor_for(coordinator, network.id), text_it="# Accordo", text_en="# Agreement", in_force_from=clock.today()
    )
    return Place(network.id, coordinator, agreement.id, clock.today(), rows)


def _organisations(place: Place, random: Random) -> Iterator[Organisation]:
    towns, weights = _towns()
    kinds, shares = list(_KINDS), list(accumulate(_KINDS.values()))
    created_at = clock.now() - timedelta(days=365 * YEARS)
    for number in range(place.rows):
        kind = random.choices(kinds, cum_weights=shares)[0]
        town = random.choices(towns, cum_weights=weights)[0]
        name = names.name(number, kind, town.name, random)
        member = random.random() < MEMBERS
        yield Organisation(
            id=number + 1,
            network_id=place.network_id,
            slug=f"{slugify(name)[:60]}-{number}",
            name=name,
            search_name=search_name(name),
            core_name=core_name(name),
            kind=kind,
            legal_form=names.FORMS[kind][1],
            tax_code=f"8{number:010d}",
            municipality=town,
            headcount=None if random.random() < 0.1 else int(random.lognormvariate(2.5, 1.4)),
            website=f"https://soggetto-{number}.example.org",
            email=f"info-{number}@example.org",
            description=f"{name}: {names.told(random)}",
            experience_kinds=random.sample([*Experience], random.randint(0, 3)),
            experience=names.told(random),
            territory=town.name,
            aims=names.told(random),
            priorities=random.sample([*Priority], random.randint(1, 3)),
            member_since=place.today - timedelta(days=random.randrange(365 * YEARS)) if member else None,
            created_at=created_at,
        )


def _towns() -> tuple[list[Municipality], list[float]]:
    """The municipalities of Lombardy with cumulated weights: two fifths Milano, a third its province, then the rest."""
    towns = list(Municipality.objects.filter(region="Lombardia", latitude__isnull=False).order_by("istat_code"))
    near = sum(town.province == "MI" for town in towns)
    shares = {True: 0.33 / near, False: 0.27 / (len(towns) - near)}
    weights = [0.4 if town.name == "Milano" else shares[town.province == "MI"] for town in towns]
    return towns, list(accumulate(weights))


def _seats(organisations: Sequence[Organisation], random: Random) -> Iterator[Seat]:
    for organisation in organisations:
        town = organisation.municipality
        yield Seat(
            id=organisation.id,
            organisation=organisation,
            address=f"Via {names.person(random)} {random.randint(1, 200)}",
            postcode=f"{random.randint(20010, 26900)}",
            municipality=town,
            latitude=town.latitude + random.gauss(0, 0.02),
            longitude=town.longitude + random.gauss(0, 0.02),
            is_main=True,
        )


def _contacts(organisations: Sequence[Organisation], random: Random) -> Iterator[Contact]:
    for organisation in organisations:
        yield Contact(
            id=organisation.id,
            organisation=organisation,
            full_name=names.person(random),
            email=f"persona-{organisation.id}@example.org",
            is_main=True,
        )


def _memberships(place: Place, organisations: Sequence[Organisation], random: Random) -> Iterator[Membership]:
    for organisation in organisations:
        since, until = organisation.member_since, None
        if since is None and random.random() < LEFT / (1 - MEMBERS):
            until = place.today - timedelta(days=random.randrange(365 * YEARS // 2))
            since = until - timedelta(days=random.randrange(30, 365 * YEARS // 2))
        if since is not None:
            yield Membership(
                id=organisation.id,
                network_id=place.network_id,
                organisation=organisation,
                since=since,
                until=until,
                agreement_id=place.agreement_id,
            )
