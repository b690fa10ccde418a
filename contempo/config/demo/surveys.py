"""The two campaigns of the demo: a mapping that has closed and a survey of satisfaction that runs.

Everything happens by the actions, at the instants at which it would have happened, counted from the day of loading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.answers import answer, leave
from contempo.config.demo.bringing import bring
from contempo.config.demo.invented import Respondent, Texts
from contempo.config.demo.networks import Stage
from contempo.core.clock import ROME, now, replaying, today
from contempo.people.public import SYSTEM, Actor
from contempo.questionnaires.actions.campaigns.making import CampaignRun, CampaignWritten, make_campaign, set_run
from contempo.questionnaires.actions.campaigns.moving import close_campaign, open_campaign
from contempo.questionnaires.actions.campaigns.population import choose_population, take_population
from contempo.questionnaires.actions.columns import refresh
from contempo.questionnaires.actions.coverage import settle
from contempo.questionnaires.actions.invitations.asking import ask_due_reminders, ask_invitations
from contempo.questionnaires.actions.invitations.delegates import add_delegate, give_units, hand_list
from contempo.questionnaires.actions.invitations.preparing import prepare_invitations
from contempo.questionnaires.actions.invitations.sending import note_bounced, write_letters
from contempo.questionnaires.actions.making.beginning import Titled, begin_questionnaire
from contempo.questionnaires.actions.making.publishing import publish_version
from contempo.questionnaires.models import Campaign, Coverage, Delegate, Invitation, Sending, Target, Version
from contempo.questionnaires.rules.library import library_form
from contempo.questionnaires.rules.populations import list_key, target_key

_PEOPLE = {"micro": (1, 9), "small": (10, 49), "medium": (50, 250), "large": (251, 1800)}
_OWN_WORD = {
    "company": "impresa",
    "social_cooperative": "cooperativa",
    "school": "scuola",
    "health_authority": "sanita",
}
_DAY = timedelta(days=1)
_OPENS, _CLOSES = time(9), time(18)


@dataclass(frozen=True)
class Scene:
    """A campaign being played: its keeper, its number, what the file tells of it, the last instant of the play;
    `members` are the organisations of the network among the units, by their keys.
    """

    keeper: Actor
    campaign_id: int
    told: dict[str, Any]
    opens_at: datetime
    ends_at: datetime
    members: dict[str, int] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        """What may be answered."""
        return Texts(self.told["texts"], self.told["numbers"])


def load_surveys(stage: Stage) -> int:
    """Play the campaigns of a network that has some; tells how many responses there are."""
    path = f"{stage.slug}/questionnaires/questionnaires.toml"
    if not facts.exists(path):
        return 0
    told = facts.toml(path)
    done = _mapping(stage, told["mapping"]) + _satisfaction(stage, told["satisfaction"])
    facts.count_rows("questionnaires")
    return done


def _mapping(stage: Stage, told: dict[str, Any]) -> int:
    opens_at, closes_at = _moment(-told["opened"], _OPENS), _moment(-told["closed"], _CLOSES)
    with replaying(opens_at - 7 * _DAY):
        keeper = stage.actor(told["keeper"])
        campaign = _campaign(keeper, told, None, opens_at, closes_at)
        choose_population(keeper, campaign_id=campaign.pk, source="list", chosen={}, unit_kind="organisation")
        bring(keeper, "questionnaires.list", campaign.pk, told["file"])
        prepare_invitations(keeper, campaign_id=campaign.pk)
        delegates = list(_delegates(stage, keeper, campaign, told["delegates"]))
    members = {target_key(list_key(code)): stage.organisations[key] for code, key in told["members"].items()}
    scene = Scene(keeper, campaign.pk, told, opens_at, closes_at, members)
    with replaying(opens_at):
        open_campaign(keeper, campaign_id=campaign.pk)
        _invite(scene)
        for delegate in delegates:
            hand_list(keeper, delegate_id=delegate.pk)
    invitations = list(Invitation.objects.filter(campaign=campaign).select_related("target").order_by("pk"))
    covers = _named(told["covers"])
    kept_apart = {covers["by"], *covers["units"]}
    done = _play(scene, [one for one in invitations if one.target and one.target.key not in kept_apart])
    done += _answer_for_others(scene, {one.target.key: one for one in invitations if one.target}, covers)
    with replaying(closes_at):
        close_campaign(keeper, campaign_id=campaign.pk)
    with replaying(closes_at + 3 * _DAY):
        _settle(keeper, campaign, covers)
        refresh(SYSTEM, campaign_id=campaign.pk)
    return done


def _satisfaction(stage: Stage, told: dict[str, Any]) -> int:
    opens_at, closes_at = _moment(-told["opened"], _OPENS), _moment(told["closes_in"], _CLOSES)
    organisation_id = stage.organisations[told["organisation"]]
    with replaying(opens_at - 3 * _DAY):
        keeper = stage.actor(told["keeper"])
        campaign = _campaign(keeper, told, organisation_id, opens_at, closes_at)
        choose_population(keeper, campaign_id=campaign.pk, source="staff", chosen=told["staff"])
        take_population(keeper, campaign_id=campaign.pk)
        prepare_invitations(keeper, campaign_id=campaign.pk)
    scene = Scene(keeper, campaign.pk, told, opens_at, now() - timedelta(hours=1))
    with replaying(opens_at):
        open_campaign(keeper, campaign_id=campaign.pk)
        _invite(scene)
    done = _play(scene, list(Invitation.objects.filter(campaign=campaign).select_related("target").order_by("pk")))
    refresh(SYSTEM, campaign_id=campaign.pk)
    return done


def _moment(days: int, hour: time) -> datetime:
    """An hour of the day that is so many days from the one of loading."""
    return datetime.combine(today() + days * _DAY, hour, ROME)


def _campaign(
    keeper: Actor, told: dict[str, Any], organisation_id: int | None, opens_at: datetime, closes_at: datetime
) -> Campaign:
    """A campaign in preparation, of a questionnaire just taken from the library."""
    form = library_form(told["library"])
    titled = Titled(form.title.it, form.title.en, form.purpose)
    made = begin_questionnaire(
        keeper, organisation_id=organisation_id, titled=titled, document=form.document, origin=form.key
    )
    publish_version(keeper, questionnaire_id=made.pk, note="")
    words = {name: told[name] for name in ("title", "title_en", "intro", "intro_en", "mode")}
    version_id = Version.objects.get(questionnaire=made).pk
    written = CampaignWritten(version_id=version_id, **words)
    campaign = make_campaign(keeper, organisation_id=organisation_id, written=written)
    run = CampaignRun(opens_at=opens_at, closes_at=closes_at, reminders=tuple(told["reminders"]))
    return set_run(keeper, campaign_id=campaign.pk, run=run)


def _delegates(stage: Stage, keeper: Actor, campaign: Campaign, wanted: Sequence[dict[str, Any]]) -> Iterator[Delegate]:
    """Those who hand on the invitations of units without an address, each with its list."""
    for told in wanted:
        organisation_id = stage.organisations[told["organisation"]]
        delegate = add_delegate(
            keeper, campaign_id=campaign.pk, organisation_id=organisation_id, channel=told["channel"]
        )
        for municipality in told.get("municipalities", [""]):
            give_units(keeper, delegate_id=delegate.pk, municipality=municipality, kind=told.get("kind", ""))
        yield delegate


def _invite(scene: Scene) -> None:
    ask_invitations(scene.keeper, campaign_id=scene.campaign_id)
    while write_letters(SYSTEM, campaign_id=scene.campaign_id):
        pass


def _play(scene: Scene, invitations: Sequence[Invitation]) -> int:
    """What became of each invitation, in the order of time, with the reminders in between; how many were answered."""
    random = Random(scene.told["title"])
    moments: list[tuple[datetime, Invitation | None, str]] = [
        (scene.opens_at + days * _DAY + timedelta(hours=1), None, "remind") for days in scene.told["reminders"]
    ]
    for invitation in invitations:
        ends = scene.told["ends"][invitation.channel]
        how = random.choices([*ends, ""], [*ends.values(), max(0, 100 - sum(ends.values()))])[0]
        # More answer in the first days, and again after each letter.
        share = random.random() ** 2 if how != "bounced" else 0.001
        moments.append(
            (scene.opens_at + timedelta(minutes=5) + share * (scene.ends_at - scene.opens_at), invitation, how)
        )
    done = 0
    for at, whose, how in sorted(moments, key=lambda moment: moment[0]):
        if at > scene.ends_at:
            continue
        with replaying(at):
            if whose is None:
                ask_due_reminders(scene.keeper, campaign_id=scene.campaign_id, now=at)
                while write_letters(SYSTEM, campaign_id=scene.campaign_id):
                    pass
            else:
                done += _happens(scene, random, whose, how)
    return done


def _happens(scene: Scene, random: Random, invitation: Invitation, how: str) -> bool:
    """Let one invitation end as it does; whether it was answered."""
    if how == "bounced":
        letters = Sending.objects.filter(invitation=invitation).values_list("message_id", flat=True)
        note_bounced(SYSTEM, message_ids=list(letters), why="550 5.1.1 Utente sconosciuto")
    elif how in ("completed", "begun"):
        answer(invitation, random, respondent(invitation, random, scene), half=how == "begun")
    elif how:
        leave(invitation, how)
    return how == "completed"


def respondent(invitation: Invitation, random: Random, scene: Scene) -> Respondent:
    """Who answers an invitation: the larger the organisation, the more it has to tell."""
    unit = invitation.target
    if unit is None or unit.size not in _PEOPLE:
        return Respondent(lean=random.uniform(0.35, 0.95), told=scene.texts)
    people = random.randint(*_PEOPLE[unit.size])
    public = unit.kind in ("municipality", "union_of_municipalities", "health_authority", "school")
    known = {
        "persone": people,
        "donne": round(people * random.uniform(0.25, 0.85)),
        "comune": unit.municipality_id,
        "tipo": _OWN_WORD.get(unit.kind, "ente" if public else "impresa"),
        "copertura": "solo",
        "organizzazione": scene.members.get(unit.key),
    }
    lean = {"micro": 0.25, "small": 0.45, "medium": 0.65, "large": 0.85}[unit.size] + (0.1 if public else 0)
    facts = {key: value for key, value in known.items() if value is not None}
    return Respondent(lean=lean, told=scene.texts, people=people, facts=facts)


def _answer_for_others(scene: Scene, invitations: dict[str, Invitation], covers: dict[str, Any]) -> int:
    """A union answers for its members; some of them answer by themselves later."""
    random = Random(covers["by"])
    by_key = {one.key: one.pk for one in Target.objects.filter(campaign=scene.campaign_id, key__in=covers["units"])}
    span = scene.ends_at - scene.opens_at
    answers = [(0.4, covers["by"], tuple(by_key.values()))]
    answers += [(0.7 + place / 20, key, ()) for place, key in enumerate(covers["late"])]
    for share, key, others in answers:
        with replaying(scene.opens_at + share * span):
            who = respondent(invitations[key], random, scene)
            answer(invitations[key], random, who, others=others)
    return len(answers)


def _named(covers: dict[str, Any]) -> dict[str, Any]:
    """The units of the file by their keys in the campaign."""

    def key(code: str) -> str:
        return target_key(list_key(code))

    lists = {name: [key(code) for code in covers[name]] for name in ("units", "late")}
    return {**covers, **lists, "by": key(covers["by"]), "settled": key(covers["settled"])}


def _settle(keeper: Actor, campaign: Campaign, covers: dict[str, Any]) -> None:
    """One of the overlaps is settled for the answer of the unit itself; the other waits."""
    unit = Target.objects.get(campaign=campaign, key=covers["settled"])
    own = Coverage.objects.get(target=unit, own=True)
    settle(keeper, target_id=unit.pk, keep=own.pk, reason=covers["why"])
