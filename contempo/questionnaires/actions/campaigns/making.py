"""Making a campaign, and changing what it says of itself."""

import base64
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_make, visible_questionnaires
from contempo.questionnaires.actions.holding import hold_campaign, next_number
from contempo.questionnaires.models import Campaign, Questionnaire, Version
from contempo.questionnaires.rules.periods import MOST_PUBLIC, Period, check_period, may_change_mode, usual_period
from contempo.questionnaires.rules.reminders import check_plan
from contempo.questionnaires.rules.states import CampaignState, Origin, UnitKind, VersionState

NO_VERSION = N_("Choose a published version of a questionnaire.")
OTHER_QUESTIONS = N_("This version belongs to another questionnaire: make another campaign for it.")
OLDER = N_("Only a newer version can take the place of the present one.")
NO_WAVE = N_("This campaign asks another questionnaire: it cannot be compared.")


@dataclass(frozen=True)
class CampaignWritten:
    """What a campaign asks, and what it says of why. `mode` is one of `rules.states.Mode`."""

    version_id: int
    title: str
    mode: str
    title_en: str = ""
    intro: str = ""
    intro_en: str = ""
    wave_of_id: int | None = None


@dataclass(frozen=True)
class CampaignRun:
    """How a campaign runs: its period, reminders as days after the invitation, its public link, what is kept."""

    opens_at: datetime
    closes_at: datetime
    reminders: tuple[int, ...] = ()
    editable: bool = True
    public_link: bool = False
    public_most: int | None = None
    results_public: bool = False
    keep_until: date | None = None


@action
def make_campaign(actor: Actor, *, organisation_id: int | None, written: CampaignWritten) -> Campaign:
    """Make a campaign of the network, or of an organisation among its own people; it is in preparation.

    Raises `NotPermitted`, and `Refusal` beside `version_id` or `wave_of_id`.
    """
    require(may_make(actor, organisation_id))
    version = _version(actor, organisation_id, written.version_id)
    period = usual_period(clock.today())
    campaign = Campaign(
        network_id=actor.network_id,
        organisation_id=organisation_id,
        number=next_number(version.questionnaire.network_id),
        questionnaire=version.questionnaire,
        version=version,
        unit_kind=(UnitKind.PERSON if organisation_id else UnitKind.ORGANISATION).value,
        opens_at=period.opens_at,
        closes_at=period.closes_at,
        created_at=clock.now(),
    )
    _write(campaign, written)
    campaign.save(force_insert=True)
    return campaign


@action
def rewrite_campaign(actor: Actor, *, campaign_id: int, written: CampaignWritten) -> Campaign:
    """Change what a campaign says; its questionnaire and mode only while it is in preparation."""
    campaign = hold_campaign(actor, campaign_id)
    if campaign.state != CampaignState.DRAFT:
        if written.mode != campaign.mode:
            verdict = may_change_mode(campaign.state)
            raise Refusal(verdict.reason, field="mode")
        if written.version_id != campaign.version_id:
            return _reworded(campaign, written)
    elif written.version_id != campaign.version_id:
        campaign.version = _version(actor, campaign.organisation_id, written.version_id)
        campaign.questionnaire = campaign.version.questionnaire
    _write(campaign, written)
    campaign.save()
    return campaign


@action
def take_newer_version(actor: Actor, *, campaign_id: int, version_id: int) -> Campaign:
    """Ask from now on in a newer version of the same questionnaire, whose wording was corrected. Who is half way goes
    on with the version they began; versions of a questionnaire stay comparable.
    """
    campaign = hold_campaign(actor, campaign_id)
    _change_version(campaign, version_id)
    campaign.save(update_fields=["version"])
    return campaign


@action
def set_run(actor: Actor, *, campaign_id: int, run: CampaignRun) -> Campaign:
    """Change when a campaign takes answers, its reminders, its public link and what becomes of it.

    Raises `Refusal` beside the field that cannot be so.
    """
    campaign = hold_campaign(actor, campaign_id)
    before = Period(campaign.opens_at, campaign.closes_at)
    check_period(campaign.state, before, Period(run.opens_at, run.closes_at), clock.now())
    if run.public_most is not None and not 0 < run.public_most <= MOST_PUBLIC:
        raise Refusal(N_("Write a number above zero, or leave it empty for no limit."), field="public_most")
    if run.keep_until is not None and run.keep_until <= run.closes_at.astimezone(clock.ROME).date():
        raise Refusal(N_("Personal data are kept at least until the campaign closes."), field="keep_until")
    for name, value in {**asdict(run), "reminders": list(check_plan(run.reminders))}.items():
        setattr(campaign, name, value)
    if campaign.public_link and not campaign.public_key:
        campaign.public_key = base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
    campaign.save()
    return campaign


def _write(campaign: Campaign, written: CampaignWritten) -> None:
    for name in ("title", "title_en", "intro", "intro_en", "mode"):
        setattr(campaign, name, getattr(written, name))
    if written.wave_of_id is not None:
        before = Campaign.objects.filter(
            pk=written.wave_of_id, network_id=campaign.network_id, organisation_id=campaign.organisation_id
        ).exclude(origin=Origin.AGGREGATES.value)
        wave = before.filter(questionnaire=campaign.questionnaire).exclude(pk=campaign.pk).first()
        if wave is None:
            raise Refusal(NO_WAVE, field="wave_of_id")
    campaign.wave_of_id = written.wave_of_id


def _version(actor: Actor, organisation_id: int | None, version_id: int) -> Version:
    mine = visible_questionnaires(actor, Questionnaire.objects.all())
    found = Version.objects.select_related("questionnaire").filter(
        pk=version_id, state=VersionState.PUBLISHED.value, questionnaire__in=mine
    )
    version = found.filter(questionnaire__organisation=organisation_id).first()
    if version is None:
        raise Refusal(NO_VERSION, field="version_id")
    return version


def _reworded(campaign: Campaign, written: CampaignWritten) -> Campaign:
    _change_version(campaign, written.version_id)
    _write(campaign, written)
    campaign.save()
    return campaign


def _change_version(campaign: Campaign, version_id: int) -> None:
    """Raises `Refusal` unless the version is a published newer one of the same questionnaire, and answers are taken."""
    version = Version.objects.filter(pk=version_id, state=VersionState.PUBLISHED.value).first()
    if version is None:
        raise Refusal(NO_VERSION, field="version_id")
    if version.questionnaire_id != campaign.questionnaire_id:
        raise Refusal(OTHER_QUESTIONS, field="version_id")
    if version.number <= campaign.version.number:
        raise Refusal(OLDER, field="version_id")
    if campaign.state == CampaignState.CLOSED:
        raise Refusal(N_("The campaign is closed: what was asked stays as it was."), field="version_id")
    campaign.version = version
