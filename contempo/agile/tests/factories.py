"""Rows of an employer, as small as they may be, and an employer with two directorates, for the tests of every context.

Rows are made directly, without the actions that make them in life; `make_employer` says what stands together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import factory

from contempo.agile.models import Employer, Unit, UnitSpell, Worker, WorkerSpell
from contempo.agile.rules.staff import Contract, Sex, UnitKind
from contempo.core.clock import ROME
from contempo.network.models import Organisation
from contempo.people.models import Person
from contempo.people.public import Actor, actor_for
from contempo.people.tests.factories import person

SINCE = date(2026, 1, 1)
OPENED_AT = datetime(2026, 1, 2, 9, tzinfo=ROME)


class EmployerFactory(factory.django.DjangoModelFactory):
    """A public body; give `network` and `organisation`."""

    class Meta:
        model = Employer

    public_body = True
    opened_at = OPENED_AT


class UnitFactory(factory.django.DjangoModelFactory):
    """A directorate, or an office when it has a `parent`; give `employer`. Path, directorate and spell follow."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    parent = None
    code = factory.Sequence(lambda number: f"U{number:04d}")
    kind = factory.LazyAttribute(lambda it: (UnitKind.OFFICE if it.parent else UnitKind.DIRECTORATE).value)
    name = factory.Sequence(lambda number: f"Ufficio {number}")
    since = SINCE

    @factory.post_generation
    def placed(unit: Unit, create: bool, extracted: object, **kwargs: object) -> None:  # noqa: N805
        if create:
            above = unit.parent
            unit.path = f"{above.path if above else '/'}{unit.pk}/"
            unit.directorate = (above.directorate or above) if above else unit
            unit.save()
            UnitSpell.objects.create(unit=unit, kind=unit.kind, name=unit.name, parent=above, since=unit.since)


class WorkerFactory(factory.django.DjangoModelFactory):
    """A permanent full-time worker; give `unit`, and `person` when they are linked. A spell follows."""

    class Meta:
        model = Worker
        skip_postgeneration_save = True

    employer = factory.SelfAttribute("unit.employer")
    directorate = factory.SelfAttribute("unit.directorate")
    number = factory.Sequence(lambda number: f"{number:06d}")
    email = factory.LazyAttribute(lambda it: it.person.email if it.person else "")
    person = None
    contract = Contract.PERMANENT.value
    category = "Istruttori"
    sex = Sex.FEMALE.value
    birth_year = 1985
    since = SINCE

    @factory.post_generation
    def spell(worker: Worker, create: bool, extracted: object, **kwargs: object) -> None:  # noqa: N805
        if create:
            WorkerSpell.objects.create(
                worker=worker,
                unit=worker.unit,
                contract=worker.contract,
                category=worker.category,
                part_time_percent=worker.part_time_percent,
                weekdays=worker.weekdays,
                heads_unit=worker.heads_unit,
                since=worker.since,
                until=worker.until,
            )


@dataclass(frozen=True)
class EmployerWorld:
    """An employer and who works there, each with a person of the same name (`people`) unless said.

    Directorate `civic` (headed by Diana) → area `registry` → office `counter` (headed by Ugo: Anna, Bruno, and one
    without a person, `unlinked`); directorate `schools` → office `nurseries` (Carla, and Sergio, the safety
    representative). Nobody heads `schools`. All are eligible; none has an agreement. Human resources are whoever holds
    the role for the organisation.
    """

    employer: Employer
    civic: Unit
    registry: Unit
    counter: Unit
    schools: Unit
    nurseries: Unit
    diana: Worker
    ugo: Worker
    anna: Worker
    bruno: Worker
    carla: Worker
    sergio: Worker
    unlinked: Worker
    people: dict[str, Person]

    def actor(self, who: Person | str | None) -> Actor:
        """A person, or the worker of that name, as an actor of the network; None is a visitor."""
        found = self.people[who] if isinstance(who, str) else who
        return actor_for(found, self.employer.network_id) if found else Actor(network_id=self.employer.network_id)

    def url(self, path: str = "") -> str:
        """The address of a page of the employer."""
        return f"/{self.employer.network.slug}/lavoro-agile/{self.employer.organisation.slug}/{path}"


def make_employer(
    organisation: Organisation, *, family: str = "Rossetti", known: Mapping[str, Person] | None = None
) -> EmployerWorld:
    """The employer of an organisation, with its units and staff.

    `family` tells the persons of two employers apart; `known` are persons that are there already, by name.
    """
    employer = EmployerFactory(network=organisation.network, organisation=organisation)
    slug = organisation.network.slug
    civic = UnitFactory(employer=employer, code="D01", name=f"Servizi civici {slug}")
    registry = UnitFactory(employer=employer, code="A01", name="Demografici", kind=UnitKind.AREA.value, parent=civic)
    counter = UnitFactory(employer=employer, code="S01", name="Anagrafe", parent=registry)
    schools = UnitFactory(employer=employer, code="D02", name="Educazione")
    nurseries = UnitFactory(employer=employer, code="S02", name="Nidi", parent=schools)
    named = ("diana", "ugo", "anna", "bruno", "carla", "sergio")
    there = known or {}
    people = {name: there.get(name) or person(name.capitalize(), family) for name in named}

    def worker(name: str, unit: Unit, **facts: object) -> Worker:
        return WorkerFactory(unit=unit, person=people.get(name), eligible=True, remote_percent=80, **facts)

    return EmployerWorld(
        employer=employer,
        civic=civic,
        registry=registry,
        counter=counter,
        schools=schools,
        nurseries=nurseries,
        diana=worker("diana", civic, heads_unit=True, birth_year=1968, number="000101"),
        ugo=worker("ugo", counter, heads_unit=True, sex=Sex.MALE.value, birth_year=1975, number="000102"),
        anna=worker("anna", counter, birth_year=1991, number="000103"),
        bruno=worker("bruno", counter, sex=Sex.MALE.value, birth_year=1983, number="000104"),
        carla=worker("carla", nurseries, birth_year=1979, number="000105"),
        sergio=worker(
            "sergio", nurseries, sex=Sex.MALE.value, birth_year=1970, number="000106", safety_representative=True
        ),
        unlinked=worker("unlinked", counter, number="000107"),
        people=people,
    )
