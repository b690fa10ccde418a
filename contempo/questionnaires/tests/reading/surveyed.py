"""A campaign that many answered: every kind of question, conditions that leave some out, answers left empty."""

import random
from datetime import timedelta
from typing import Any

from contempo.network.tests.factories import BERGAMO, MILANO, SESTO
from contempo.questionnaires.models import Campaign, Invitation, Response, Target
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState, Mode, ResponseState
from contempo.questionnaires.tests.factories import ANSWERED, CampaignFactory, Surveys

KINDS = ("company", "social_cooperative", "school")
SIZES = ("micro", "small", "medium")


def surveyed(
    surveys: Surveys,
    *,
    mode: Mode = Mode.IDENTIFIED,
    state: CampaignState = CampaignState.CLOSED,
    count: int = 60,
    asked: int | None = None,
    seed: int = 7,
    **facts: Any,
) -> Campaign:
    """A campaign in Milan with `asked` units (half as many again as answers), of which `count` answered; the same for
    the same `seed`. One in six said nothing of each question; who has no flexible hours was not asked how.
    """
    chance = random.Random(seed)
    campaign: Campaign = CampaignFactory(
        version=surveys.version, mode=mode.value, state=state.value, title="Mappatura grande", **facts
    )
    units = Target.objects.bulk_create(
        [
            Target(
                campaign=campaign,
                key=f"unit:{number}",
                name=f"Impresa {number:03}",
                search_name=f"impresa {number:03}",
                kind=chance.choice(KINDS),
                size=chance.choice(SIZES),
                municipality_id=chance.choice([MILANO, MILANO, SESTO, BERGAMO]),
                stratum=chance.choice(["nord", "sud"]),
            )
            for number in range(asked or count * 3 // 2)
        ]
    )
    invitations = Invitation.objects.bulk_create(
        [
            Invitation(
                campaign=campaign,
                target=unit,
                channel=chance.choice([Channel.EMAIL, Channel.DELEGATE]).value,
                state=(InvitationState.COMPLETED if place < count else InvitationState.SENT).value,
                name=f"Referente {unit.name}",
                search_name=unit.search_name,
                email=f"{campaign.pk}-{unit.key.replace(':', '')}@example.org",
                kind=unit.kind,
                size=unit.size,
                municipality_id=unit.municipality_id,
            )
            for place, unit in enumerate(units)
        ]
    )
    Response.objects.bulk_create([_response(campaign, one, chance) for one in invitations[:count]])
    return campaign


def _response(campaign: Campaign, invitation: Invitation, chance: random.Random) -> Response:
    anonymous = campaign.anonymous
    unit = invitation.target
    assert unit is not None
    answers, unasked = answered(chance)
    at = None if anonymous else ANSWERED + timedelta(days=chance.randrange(40))
    attributes = {name: getattr(unit, name) for name in ("kind", "size", "stratum")}
    return Response(
        campaign=campaign,
        version=campaign.version,
        invitation=None if anonymous else invitation,
        channel=invitation.channel,
        state=ResponseState.COMPLETED.value,
        answers=answers,
        unasked=unasked,
        attributes={} if anonymous else {**attributes, "municipality": unit.municipality_id},
        begun_at=at,
        saved_at=at,
        completed_at=at,
    )


def answered(chance: random.Random) -> tuple[dict[str, Any], list[str]]:
    """Answers to the sample document, and what was not asked."""
    given: dict[str, Any] = {
        "workers": chance.randrange(1, 400),
        "place": chance.choice([MILANO, MILANO, SESTO, BERGAMO]),
        "since": f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-15",
        "flexible": chance.choice(["yes", "yes", "no", "other"]),
        "satisfied": chance.choice(["l1", "l2", "l3", "l4", "l5"]),
        "rated": chance.randrange(0, 11),
        "table": {"mothers": chance.choice(["always", "never"]), "fathers": chance.choice(["always", "never"])},
        "order": chance.sample(["time", "money", "care"], chance.randrange(1, 4)),
        "needs": chance.choice([["nursery"], ["elderly"], ["nursery", "elderly"]]),
        "services": [
            {"service": chance.choice(["Nido", "Navetta"]), "users": chance.randrange(1, 30)}
            for _time in range(chance.randrange(0, 3))
        ],
        "notes": chance.choice(["Servono orari flessibili", "Il nido costa troppo", "=1+1", "Più nido, meno riunioni"]),
    }
    kept = {key: value for key, value in given.items() if value and (key == "flexible" or chance.random() > 1 / 6)}
    unasked = []
    if kept["flexible"] == "yes":
        kept["how"] = chance.choice([["entry"], ["entry", "exit"], ["bank"], ["entry", "exit", "bank"]])
    else:
        unasked.append("how")
    if kept["flexible"] == "other":
        kept["flexible.other"] = "Dipende dal reparto"
    return kept, unasked
