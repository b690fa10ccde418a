"""Campaigns that journeys need in the database of the site, and days that pass there.

What happens is made by the actions that the pages call. Only time is not waited for: letters are moved into the past.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from contempo.core.clock import ROME, now, today
from contempo.core.text import normalise
from contempo.network.models import Organisation
from contempo.people.models import Person
from contempo.people.public import SYSTEM, Actor, actor_for
from contempo.questionnaires.actions.campaigns.making import CampaignRun, CampaignWritten, make_campaign, set_run
from contempo.questionnaires.actions.campaigns.moving import open_campaign
from contempo.questionnaires.actions.campaigns.population import choose_population
from contempo.questionnaires.actions.invitations.asking import ask_due_reminders, ask_invitations
from contempo.questionnaires.actions.invitations.delegates import add_delegate, hand_list, make_tokens
from contempo.questionnaires.actions.invitations.preparing import prepare_invitations
from contempo.questionnaires.actions.invitations.reminding import remind_delegates
from contempo.questionnaires.actions.making.beginning import Titled, begin_questionnaire
from contempo.questionnaires.actions.making.publishing import publish_version
from contempo.questionnaires.models import Campaign, Delegate, Invitation, Target, Version
from contempo.questionnaires.rules.library import library_form
from contempo.questionnaires.rules.populations import UPLOADED

KEEPER = "marta.colnaghi@example.org"
REMINDERS = (7, 14)


@transaction.atomic
def open_survey(title: str, *units: str, mode: str = "identified", unit_kind: str = "organisation") -> str:
    """The address of an open campaign about needs, whose `units` were written to: each `Name <address>`."""
    person = Person.objects.get(email=KEEPER)
    marta = actor_for(person, Organisation.objects.get(slug="comune-di-milano").network_id)
    campaign = _prepared(marta, title, mode)
    choose_population(marta, campaign_id=campaign.pk, source=UPLOADED, chosen={}, unit_kind=unit_kind)
    for place, told in enumerate(units, 1):
        name, _bracket, email = told.rstrip(">").partition(" <")
        facts = {"name": name, "search_name": normalise(name), "contact": name, "email": email}
        Target.objects.create(campaign=campaign, key=f"list:{place}", **facts)
    prepare_invitations(marta, campaign_id=campaign.pk)
    open_campaign(marta, campaign_id=campaign.pk)
    ask_invitations(marta, campaign_id=campaign.pk)
    return f"/milano/questionari/{campaign.number}/"


def _prepared(keeper: Actor, title: str, mode: str) -> Campaign:
    form = library_form("bisogni")
    titled = Titled(form.title.it, form.title.en, form.purpose)
    made = begin_questionnaire(keeper, organisation_id=None, titled=titled, document=form.document, origin=form.key)
    publish_version(keeper, questionnaire_id=made.pk, note="")
    written = CampaignWritten(version_id=Version.objects.get(questionnaire=made).pk, title=title, mode=mode)
    campaign = make_campaign(keeper, organisation_id=None, written=written)
    run = CampaignRun(
        opens_at=now() - timedelta(days=1),
        closes_at=now() + timedelta(days=30),
        reminders=REMINDERS,
        keep_until=today() + timedelta(days=1000),
    )
    return set_run(keeper, campaign_id=campaign.pk, run=run)


@transaction.atomic
def hand_two_links(title: str, email: str) -> str:
    """Two bare links of the newest campaign with this title, handed on by CNA, which is written to at `email`."""
    campaign = _newest(title)
    cna = Organisation.objects.get(slug="cna-milano-monza-e-brianza")
    facts = {"organisation_id": cna.pk, "channel": "delegate", "email": email}
    delegate = add_delegate(_keeper(campaign), campaign_id=campaign.pk, **facts)
    make_tokens(_keeper(campaign), delegate_id=delegate.pk, count=2)
    hand_list(_keeper(campaign), delegate_id=delegate.pk)
    return f"/milano/questionari/{campaign.number}/delegati/{delegate.pk}/"


@transaction.atomic
def days_pass(title: str, days: int) -> int:
    """All letters of the newest campaign with this title are so many days older; the reminders that are due then by
    plan are asked for, and how many of them there are.
    """
    campaign, span = _newest(title), timedelta(days=days)
    invitations = Invitation.objects.filter(campaign=campaign)
    invitations.update(sent_at=F("sent_at") - span, reminded_at=F("reminded_at") - span)
    Delegate.objects.filter(campaign=campaign).update(told_at=F("told_at") - span)
    after_nine = datetime.combine(today(), time(10), tzinfo=ROME)
    asked = ask_due_reminders(SYSTEM, campaign_id=campaign.pk, now=after_nine)
    return asked + remind_delegates(SYSTEM, campaign_id=campaign.pk, now=after_nine)


def _newest(title: str) -> Campaign:
    return Campaign.objects.filter(title=title).latest("pk")


def _keeper(campaign: Campaign) -> Actor:
    return actor_for(Person.objects.get(email=KEEPER), campaign.network_id)
