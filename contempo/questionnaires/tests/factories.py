"""A network with its surveys, as small as they may be, for the tests of every context.

Rows are made directly, without the actions that make them in life; `make_surveys` says what stands together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import factory

from contempo.core.clock import ROME
from contempo.core.text import normalise
from contempo.network.models import Organisation
from contempo.network.rules.organisations import OrganisationKind, size_class
from contempo.network.tests.factories import (
    BERGAMO,
    MILANO,
    SESTO,
    OrganisationFactory,
    World,
    give,
    make_world,
    place,
)
from contempo.people.models import Person
from contempo.people.public import Actor, OrganisationRole
from contempo.people.tests.factories import person
from contempo.questionnaires.models import (
    Campaign,
    Coverage,
    Delegate,
    Invitation,
    Questionnaire,
    Response,
    Target,
    Version,
)
from contempo.questionnaires.rules.document import to_json
from contempo.questionnaires.rules.states import (
    CampaignState,
    Channel,
    CoverageState,
    InvitationState,
    Mode,
    Purpose,
    ResponseState,
    UnitKind,
    VersionState,
)
from contempo.questionnaires.tests.samples import sample_answers, sample_document

TODAY = "2026-11-20T10:00"
OPENS = datetime(2026, 11, 2, 9, tzinfo=ROME)
CLOSES = datetime(2026, 12, 18, 18, tzinfo=ROME)
MADE = datetime(2026, 10, 20, 9, tzinfo=ROME)
SENT = datetime(2026, 11, 3, 9, tzinfo=ROME)
ANSWERED = datetime(2026, 11, 10, 15, tzinfo=ROME)


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    """A questionnaire of a network; give `network`."""

    class Meta:
        model = Questionnaire

    number = factory.Sequence(lambda number: number + 1)
    title = "Mappatura delle misure"
    title_en = "Mapping of measures"
    purpose = Purpose.MAPPING.value
    created_at = MADE


class VersionFactory(factory.django.DjangoModelFactory):
    """The first published version with the sample document; give `questionnaire`."""

    class Meta:
        model = Version

    number = 1
    state = VersionState.PUBLISHED.value
    document = factory.LazyFunction(lambda: to_json(sample_document()))
    digest = factory.Sequence(lambda number: f"{number:064x}")
    changed_at = MADE
    published_at = MADE


class CampaignFactory(factory.django.DjangoModelFactory):
    """An open campaign with name of the questionnaire of `version` (give it), from 2 November to 18 December 2026."""

    class Meta:
        model = Campaign

    questionnaire = factory.SelfAttribute("version.questionnaire")
    network = factory.SelfAttribute("questionnaire.network")
    number = factory.Sequence(lambda number: number + 1)
    title = "Mappatura 2026"
    title_en = "Mapping 2026"
    intro = "Vogliamo sapere quali misure ci sono già."
    intro_en = "We want to know which measures there are."
    mode = Mode.IDENTIFIED.value
    state = CampaignState.OPEN.value
    opens_at = OPENS
    closes_at = CLOSES
    unit_kind = UnitKind.ORGANISATION.value
    reminders = factory.LazyFunction(lambda: [7, 14])
    created_at = MADE
    opened_at = factory.LazyAttribute(lambda it: it.opens_at if it.state != CampaignState.DRAFT else None)
    closed_at = factory.LazyAttribute(lambda it: it.closes_at if it.state == CampaignState.CLOSED else None)


class TargetFactory(factory.django.DjangoModelFactory):
    """A unit of a campaign, with the facts of its `organisation` when it has one; give `campaign`."""

    class Meta:
        model = Target

    organisation = None
    key = factory.Sequence(lambda number: f"unit:{number}")
    name = factory.LazyAttribute(lambda it: it.organisation.name if it.organisation else f"Persona {it.key}")
    search_name = factory.LazyAttribute(lambda it: normalise(it.name))
    kind = factory.LazyAttribute(lambda it: str(it.organisation.kind) if it.organisation else "")
    size = factory.LazyAttribute(lambda it: str(size_class(it.organisation.headcount) or "") if it.organisation else "")
    municipality = factory.LazyAttribute(lambda it: it.organisation.municipality if it.organisation else None)


class DelegateFactory(factory.django.DjangoModelFactory):
    """An organisation that hands invitations of `campaign` on; give `organisation`."""

    class Meta:
        model = Delegate

    channel = Channel.DELEGATE.value


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation by e-mail sent on 3 November to the contact of `target`; give `campaign`."""

    class Meta:
        model = Invitation

    target = None
    channel = Channel.EMAIL.value
    state = InvitationState.SENT.value
    name = factory.LazyAttribute(lambda it: f"Referente di {it.target.name}"[:160] if it.target else "")
    email = factory.Sequence(lambda number: f"contatto{number}@example.org")
    search_name = factory.LazyAttribute(lambda it: normalise(it.target.name if it.target else it.name))
    kind = factory.LazyAttribute(lambda it: it.target.kind if it.target else "")
    size = factory.LazyAttribute(lambda it: it.target.size if it.target else "")
    municipality = factory.LazyAttribute(lambda it: it.target.municipality if it.target else None)
    sent_at = factory.LazyAttribute(lambda it: SENT if it.state != InvitationState.PREPARED else None)
    changed_at = factory.LazyAttribute(lambda it: it.sent_at)


class ResponseFactory(factory.django.DjangoModelFactory):
    """A completed response to the sample document; give `campaign`, and `invitation` where there is one.

    In an anonymous campaign it has neither invitation nor times nor attributes, as in life.
    """

    class Meta:
        model = Response

    version = factory.SelfAttribute("campaign.version")
    invitation = None
    channel = factory.LazyAttribute(lambda it: it.invitation.channel if it.invitation else Channel.PUBLIC.value)
    delegate = factory.LazyAttribute(lambda it: it.invitation.delegate if it.invitation else None)
    state = ResponseState.COMPLETED.value
    answers = factory.LazyFunction(sample_answers)
    attributes = factory.LazyAttribute(lambda it: attributes_of(it.invitation))
    begun_at = factory.LazyAttribute(lambda it: None if it.campaign.anonymous else ANSWERED)
    saved_at = factory.LazyAttribute(lambda it: it.begun_at)
    completed_at = factory.LazyAttribute(lambda it: it.begun_at if it.state == ResponseState.COMPLETED else None)


def attributes_of(invitation: Invitation | None) -> dict[str, str]:
    """The attributes of the unit of an invitation, as a response keeps them; none without a unit."""
    if invitation is None or invitation.target is None:
        return {}
    target = invitation.target
    known = {
        "kind": target.kind,
        "size": target.size,
        "sector": target.sector,
        "municipality": target.municipality_id or "",
        "stratum": target.stratum,
    }
    return {key: value for key, value in known.items() if value}


def answer(invitation: Invitation, **answers: Any) -> Response:
    """The completed response of an invitation, counted for its unit, with the marks it leaves on both.

    For an anonymous campaign the response is not tied to the invitation, as in life.
    """
    campaign = invitation.campaign
    Invitation.objects.filter(pk=invitation.pk).update(
        state=InvitationState.COMPLETED.value, changed_at=None if campaign.anonymous else ANSWERED
    )
    invitation.refresh_from_db()
    given = sample_answers(**answers)
    if campaign.anonymous:
        return ResponseFactory(campaign=campaign, channel=invitation.channel, answers=given)
    made = ResponseFactory(campaign=campaign, invitation=invitation, answers=given)
    if invitation.target is not None:
        Coverage.objects.create(
            response=made, target=invitation.target, own=True, state=CoverageState.COUNTED.value, since=ANSWERED
        )
        Target.objects.filter(pk=invitation.target_id).update(covered=True)
    return made


@dataclass(frozen=True)
class Surveys:
    """Surveys of Milan (`world` tells its people; Marta coordinates, Elena observes, Paolo keeps the human resources of
    the municipality, which Chiara represents).

    `members` are six organisations: the bakery, a large company and a co-operative of Milan, a school of Sesto, a
    company of Bergamo, and the union of municipalities. `union` is a trade union that Lucia represents and hands
    invitations on (`delegate`). `version` is published and has the sample document.

    Open campaigns: `named` (with name: bakery answered, company begun, co-operative sent, school refused, Bergamo
    through the delegate, the union of municipalities prepared), `confidential` and `anonymous` (bakery answered, the
    others sent); `staff` of the municipality, confidential, with three people of an uploaded list. `public` has a
    public link. `draft` is in preparation, `closed` closed with public results, answered by three of six.
    """

    world: World
    members: Mapping[str, Organisation]
    union: Organisation
    lucia: Person
    questionnaire: Questionnaire
    version: Version
    named: Campaign
    confidential: Campaign
    anonymous: Campaign
    public: Campaign
    staff: Campaign
    draft: Campaign
    closed: Campaign
    delegate: Delegate

    def actor(self, who: Person | str | None) -> Actor:
        """A person of the cast, also by first name, as an actor of Milan; None is a visitor."""
        return self.world.actor(self.person(who))

    def person(self, who: Person | str | None) -> Person | None:
        """A person of the cast by first name ("marta", "lucia"); None is a visitor."""
        if not isinstance(who, str):
            return who
        found: Person = self.lucia if who == "lucia" else getattr(self.world, who)
        return found

    def invitation(self, campaign: Campaign, member: str) -> Invitation:
        """The invitation of one of `members` in a campaign."""
        return Invitation.objects.select_related("campaign", "target").get(
            campaign=campaign, target__organisation=self.members[member]
        )

    def url(self, campaign: Campaign, path: str = "") -> str:
        """The address of a page of a campaign."""
        return f"/{campaign.network.slug}/questionari/{campaign.number}/{path}"


def make_surveys(world: World | None = None) -> Surveys:
    """The surveys of Milan; see `Surveys`."""
    world = world or make_world()
    milano = world.milano

    def organisation(name: str, kind: OrganisationKind, headcount: int | None, where: str = MILANO) -> Organisation:
        found: Organisation = OrganisationFactory(
            network=milano, name=name, kind=kind, headcount=headcount, municipality=place(where)
        )
        return found

    members = {
        "bakery": organisation("Panificio Rondine", OrganisationKind.COMPANY, 6),
        "company": organisation("Meccanica Lambro", OrganisationKind.COMPANY, 320),
        "coop": organisation("Cooperativa Girasole", OrganisationKind.SOCIAL_COOPERATIVE, 40),
        "school": organisation("Istituto Manzoni", OrganisationKind.SCHOOL, 90, SESTO),
        "bergamo": organisation("Tessitura Serio", OrganisationKind.COMPANY, None, BERGAMO),
        "unione": organisation("Unione dei Comuni del Nord", OrganisationKind.UNION_OF_MUNICIPALITIES, 60, SESTO),
    }
    union = organisation("Sindacato Lavoro Lombardia", OrganisationKind.TRADE_UNION, 50)
    lucia = person("Lucia", "Arrigoni")
    give(lucia, OrganisationRole.REPRESENTATIVE, milano, union.pk)
    questionnaire = QuestionnaireFactory(network=milano)
    version = VersionFactory(questionnaire=questionnaire)

    def campaign(title: str, **facts: Any) -> Campaign:
        found: Campaign = CampaignFactory(version=version, title=title, title_en="", **facts)
        return found

    def invited(one: Campaign, states: Mapping[str, InvitationState] | None = None) -> dict[str, Invitation]:
        made = {}
        for key, member in members.items():
            target = TargetFactory(campaign=one, organisation=member, key=f"organisation:{member.pk}")
            state = (states or {}).get(key, InvitationState.SENT)
            made[key] = InvitationFactory(campaign=one, target=target, state=state.value)
        return made

    named = campaign("Mappatura con nome")
    delegate = DelegateFactory(campaign=named, organisation=union, email="categoria@example.org")
    with_name = invited(
        named,
        {
            "company": InvitationState.BEGUN,
            "school": InvitationState.REFUSED,
            "unione": InvitationState.PREPARED,
        },
    )
    answer(with_name["bakery"])
    begun = Invitation.objects.filter(pk=with_name["company"].pk)
    begun.update(partial=True)
    ResponseFactory(
        campaign=named,
        invitation=begun.get(),
        state=ResponseState.BEGUN.value,
        answers={"workers": 320},
    )
    Invitation.objects.filter(pk=with_name["bergamo"].pk).update(
        delegate=delegate, channel=Channel.DELEGATE.value, email=""
    )
    confidential = campaign("Mappatura riservata", mode=Mode.CONFIDENTIAL.value)
    answer(invited(confidential)["bakery"])
    anonymous = campaign("Benessere in anonimo", mode=Mode.ANONYMOUS.value)
    answer(invited(anonymous)["bakery"])
    public = campaign(
        "Bisogni delle famiglie",
        mode=Mode.ANONYMOUS.value,
        unit_kind=UnitKind.FAMILY.value,
        public_link=True,
        public_key="famiglie-milano",
        public_most=1000,
    )
    staff = campaign(
        "Lavoro agile in Comune",
        organisation=world.comune,
        mode=Mode.CONFIDENTIAL.value,
        unit_kind=UnitKind.PERSON.value,
    )
    for number in range(1, 4):
        target = TargetFactory(campaign=staff, key=f"staff:{number}", stratum="Servizi civici")
        InvitationFactory(campaign=staff, target=target)
    draft = campaign("Mappatura da aprire", state=CampaignState.DRAFT.value)
    closed = campaign(
        "Mappatura 2025",
        state=CampaignState.CLOSED.value,
        opens_at=datetime(2025, 11, 3, 9, tzinfo=ROME),
        closes_at=datetime(2025, 12, 19, 18, tzinfo=ROME),
        results_public=True,
    )
    for key, invitation in invited(closed).items():
        if key in ("bakery", "coop", "school"):
            answer(invitation, workers=members[key].headcount)
    return Surveys(
        world=world,
        members=members,
        union=union,
        lucia=lucia,
        questionnaire=questionnaire,
        version=version,
        named=named,
        confidential=confidential,
        anonymous=anonymous,
        public=public,
        staff=staff,
        draft=draft,
        closed=closed,
        delegate=delegate,
    )
