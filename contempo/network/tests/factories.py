"""Two networks, organisations, requests in every state, and a named cast, for the tests of every context.

Rows that only have to be there are made directly; what has a story (requests, memberships) is made by the actions that
make it in life.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.luhn import calc_check_digit

from contempo.core.clock import ROME, now
from contempo.core.text import normalise, slugify
from contempo.network.actions.accession.decisions import admit, ask_changes, cease, examine, refuse, sign, withdraw
from contempo.network.actions.accession.drafts import begin_draft, submit
from contempo.network.actions.organisations import begin_membership
from contempo.network.models import AccessionRequest, AgreementVersion, Municipality, Network, Organisation, Signature
from contempo.network.rules.accession import Standing, State
from contempo.network.rules.application import Application
from contempo.network.rules.organisations import (
    Experience,
    OrganisationKind,
    Priority,
    Publishable,
    core_name,
    search_name,
)
from contempo.people.models import Person
from contempo.people.public import Actor, NetworkRole, OrganisationRole, actor_for
from contempo.people.tests.factories import RoleGrantFactory, person

MILANO, BERGAMO, SESTO = "015146", "016024", "015209"
_PLACES = {
    MILANO: ("Milano", "MI", 45.4642, 9.1896),
    BERGAMO: ("Bergamo", "BG", 45.6950, 9.6700),
    SESTO: ("Sesto San Giovanni", "MI", 45.5347, 9.2286),
}
BEGINNING = date(2014, 1, 20)
REASON = "Manca lo statuto: aggiungilo ai documenti."
STATEMENT = "Firmo per conto dell'organizzazione."
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"

_numbers = count(1)


def tax_code_number(number: int) -> str:
    """A tax code of 11 digits whose check digit is right, in a series never given."""
    digits = f"9900{number:06d}"
    return digits + calc_check_digit(digits)


def place(istat_code: str = MILANO) -> Municipality:
    """One of the three municipalities of the tests."""
    name, province, latitude, longitude = _PLACES[istat_code]
    made, _created = Municipality.objects.get_or_create(
        istat_code=istat_code,
        defaults={
            "name": name,
            "search_name": normalise(name),
            "province": province,
            "region": "Lombardia",
            "latitude": latitude,
            "longitude": longitude,
        },
    )
    return made


class NetworkFactory(factory.django.DjangoModelFactory):
    """A network open to the public."""

    class Meta:
        model = Network

    slug = factory.Sequence(lambda number: f"rete-{number}")
    name = factory.LazyAttribute(lambda it: f"Rete di {it.short_name}")
    short_name = factory.LazyAttribute(lambda it: it.slug.capitalize())
    contact_email = factory.LazyAttribute(lambda it: f"agenzia.{it.slug}@example.org")
    opened_at = factory.LazyFunction(now)


class AgreementFactory(factory.django.DjangoModelFactory):
    """The first version of the agreement of a network."""

    class Meta:
        model = AgreementVersion

    number = 1
    text_it = "# Accordo territoriale\n\nLe organizzazioni si impegnano."
    text_en = "# Territorial agreement\n\nThe organisations undertake."
    in_force_from = BEGINNING
    published_at = datetime(2014, 1, 20, 9, tzinfo=ROME)


class OrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation in the registry, not a member: a company of Milan unless told otherwise."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Impresa {number}")
    slug = factory.LazyAttribute(lambda it: slugify(it.name))
    search_name = factory.LazyAttribute(lambda it: search_name(it.name))
    core_name = factory.LazyAttribute(lambda it: core_name(it.name))
    kind = OrganisationKind.COMPANY
    tax_code = factory.LazyFunction(lambda: tax_code_number(next(_numbers)))
    municipality = factory.LazyFunction(place)
    created_at = factory.LazyFunction(now)


def application(**changes: object) -> Application:
    """The application of Ivo's bakery, all in order; every call is another organisation unless `tax_code` is given."""
    answers: dict[str, object] = {
        "name": "Panificio Aurora",
        "kind": OrganisationKind.COMPANY,
        "tax_code": tax_code_number(next(_numbers)),
        "municipality": MILANO,
        "headcount": 6,
        "address": "Via dei Mulini 4",
        "postcode": "20125",
        "website": "https://panificioaurora.example.org",
        "email": "info@panificioaurora.example.org",
        "territory": "Quartiere Greco.",
        "experience_kinds": (Experience.FLEXIBLE_HOURS,),
        "experience": "Turni scelti insieme.",
        "description": "Pane e dolci.",
        "aims": "Un nido vicino al forno.",
        "priorities": (Priority.FLEXIBILITY, Priority.COMPANY_NETWORKS),
        "standing": Standing.REPRESENTATIVE,
        "contact_name": "Ivo Ferri",
        "contact_position": "Titolare",
        "contact_email": "ivo.ferri@example.org",
        "published": (Publishable.DESCRIPTION, Publishable.WEBSITE),
        "privacy_accepted": True,
    }
    return Application(**{**answers, **changes})


def pdf(name: str = "accordo-firmato.pdf") -> SimpleUploadedFile:
    """A small PDF on its way in."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@dataclass(frozen=True)
class World:
    """Milan and Bergamo with their people.

    Marta and Giulio coordinate Milan, Davide Bergamo; Elena observes Milan, Renato sits in its steering group. The
    municipality of Milan is a member: Chiara represents it, Teresa is its delegate, Omar edits its record, Paolo is
    its human-resources manager. Ivo and Sara have no role; Ivo is the one who asks to join.
    """

    milano: Network
    bergamo: Network
    agreement: AgreementVersion
    comune: Organisation
    marta: Person
    giulio: Person
    davide: Person
    elena: Person
    renato: Person
    chiara: Person
    teresa: Person
    omar: Person
    paolo: Person
    ivo: Person
    sara: Person

    def actor(self, who: Person | None, network: Network | None = None) -> Actor:
        """`who` (None: a visitor) in a network, Milan unless told otherwise."""
        network_id = (network or self.milano).id
        return actor_for(who, network_id) if who else Actor(network_id=network_id)

    @property
    def everybody(self) -> dict[str, Actor]:
        """The whole cast in Milan, and a visitor, by name."""
        cast = {name: who for name, who in vars(self).items() if isinstance(who, Person)}
        return {"a visitor": self.actor(None), **{name: self.actor(who) for name, who in cast.items()}}

    def draft(self, applicant: Person | None = None) -> AccessionRequest:
        """A draft begun by `applicant`, Ivo unless told otherwise."""
        request, _secret = begin_draft(self.actor(applicant or self.ivo), language="it")
        return request

    def request(
        self, state: str = State.SUBMITTED, *, applicant: Person | None = None, **answers: object
    ) -> AccessionRequest:
        """A request that has come as far as `state` by the ordinary path, examined by Marta."""
        applicant = applicant or self.ivo
        number = self.draft(applicant).id
        marta, he = self.actor(self.marta), self.actor(applicant)
        path = {
            State.DRAFT: (),
            State.SUBMITTED: ("submit",),
            State.IN_EXAMINATION: ("submit", "examine"),
            State.CHANGES_ASKED: ("submit", "examine", "ask_changes"),
            State.ADMITTED: ("submit", "examine", "admit"),
            State.SIGNED: ("submit", "examine", "admit", "sign"),
            State.REFUSED: ("submit", "examine", "refuse"),
            State.WITHDRAWN: ("submit", "withdraw"),
            State.CEASED: ("submit", "examine", "admit", "sign", "cease"),
        }
        steps = {
            "submit": lambda: submit(he, request_id=number, application=application(**answers)),
            "examine": lambda: examine(marta, request_id=number),
            "ask_changes": lambda: ask_changes(marta, request_id=number, reason=REASON),
            "admit": lambda: admit(marta, request_id=number),
            "sign": lambda: self.sign(number, applicant),
            "refuse": lambda: refuse(marta, request_id=number, reason=REASON),
            "withdraw": lambda: withdraw(he, request_id=number),
            "cease": lambda: cease(marta, request_id=number, reason=REASON),
        }
        for step in path[State(state)]:
            steps[step]()
        return AccessionRequest.objects.get(id=number)

    def sign(self, request_id: int, signer: Person | None = None) -> Signature:
        """The signature of the agreement in force by `signer`, Ivo unless told otherwise."""
        signer_actor = self.actor(signer or self.ivo)
        return sign(signer_actor, request_id=request_id, agreement_id=self.agreement.id, statement=STATEMENT)

    def member(self, *, since: date = BEGINNING, **fields: object) -> Organisation:
        """An organisation of Milan that is a member since a day."""
        organisation = OrganisationFactory(network=self.milano, **fields)
        begin_membership(
            self.actor(self.marta), organisation_id=organisation.id, since=since, agreement_id=self.agreement.id
        )
        return Organisation.objects.get(id=organisation.id)


def make_world() -> World:
    """The two networks, the municipality of Milan as a member, and the cast."""
    for code in _PLACES:
        place(code)
    milano = NetworkFactory(slug="milano", short_name="Milano")
    bergamo = NetworkFactory(slug="bergamo", short_name="Bergamo")
    agreement = AgreementFactory(network=milano)
    AgreementFactory(network=bergamo)
    comune = OrganisationFactory(
        network=milano, name="Comune di Milano", kind=OrganisationKind.MUNICIPALITY, ipa_code="c_f205"
    )
    marta = person("Marta", "Colnaghi", (NetworkRole.COORDINATOR, milano.id, None))
    begin_membership(actor_for(marta, milano.id), organisation_id=comune.id, since=BEGINNING, agreement_id=agreement.id)
    comune.refresh_from_db()
    return World(
        milano=milano,
        bergamo=bergamo,
        agreement=agreement,
        comune=comune,
        marta=marta,
        giulio=person("Giulio", "Restelli", (NetworkRole.COORDINATOR, milano.id, None)),
        davide=person("Davide", "Locatelli", (NetworkRole.COORDINATOR, bergamo.id, None)),
        elena=person("Elena", "Tironi", (NetworkRole.OBSERVER, milano.id, None)),
        renato=person("Renato", "Cislaghi", (NetworkRole.STEERING, milano.id, None)),
        chiara=person("Chiara", "Bonfanti", (OrganisationRole.REPRESENTATIVE, milano.id, comune.id)),
        teresa=person("Teresa", "Vigano", (OrganisationRole.DELEGATE, milano.id, comune.id)),
        omar=person("Omar", "Lazzati", (OrganisationRole.EDITOR, milano.id, comune.id)),
        paolo=person("Paolo", "Ghezzi", (OrganisationRole.HR_MANAGER, milano.id, comune.id)),
        ivo=person("Ivo", "Ferri"),
        sara=person("Sara", "Moretti"),
    )


def give(
    who: Person, role: NetworkRole | OrganisationRole, network: Network, organisation_id: int | None = None
) -> None:
    """Give `who` a role."""
    RoleGrantFactory(person=who, role=role, network_id=network.id, organisation_id=organisation_id)
