"""What there is to choose from when a campaign is made."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, gettext

from contempo.network.public import organisation_names
from contempo.people.public import Actor
from contempo.questionnaires.access import makes_for, visible_questionnaires
from contempo.questionnaires.models import Campaign, Questionnaire, Version
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.rules.states import CampaignState, Origin, VersionState


def makers(actor: Actor) -> list[tuple[str, str]]:
    """For whom the actor may make campaigns: "" is the network itself. One SQL at most."""
    kept = makes_for(actor)
    called = organisation_names([one for one in kept if one is not None]) if any(kept) else {}
    return [(str(one or ""), called.get(one, "") if one is not None else gettext("The network")) for one in kept]


def versions(actor: Actor) -> list[tuple[str, list[tuple[int, str]]]]:
    """The published versions of questionnaires the actor may use, the newest of each first. Two SQL."""
    mine = visible_questionnaires(actor, Questionnaire.objects.all())
    rows = Version.objects.filter(state=VersionState.PUBLISHED.value, questionnaire__in=mine)
    rows = rows.select_related("questionnaire__organisation").defer("document")
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for version in rows.order_by("questionnaire__title", "questionnaire", "-number"):
        it = version.questionnaire
        english = it.title_en if (get_language() or "it").startswith("en") else ""
        head = english or it.title
        owner = f" ({it.organisation.name})" if it.organisation else ""
        words = gettext("%(title)s, version %(number)s") % {"title": head, "number": version.number}
        found[f"{head}{owner}"].append((version.pk, words))
    return list(found.items())


def newer_versions(campaign: Campaign) -> Sequence[Version]:
    """The published versions of its questionnaire that came after the one a campaign asks. One SQL."""
    rows = Version.objects.filter(questionnaire=campaign.questionnaire_id, state=VersionState.PUBLISHED.value)
    return list(rows.filter(number__gt=campaign.version.number).order_by("number").defer("document"))


def waves(actor: Actor, campaign: Campaign | None = None) -> list[tuple[Any, str]]:
    """The earlier campaigns a campaign may ask again: not in preparation, with answers, kept by the actor. One SQL."""
    kept = makes_for(actor)
    rows = Campaign.objects.filter(network_id=actor.network_id).exclude(state=CampaignState.DRAFT.value)
    rows = rows.exclude(origin=Origin.AGGREGATES.value).order_by("-closes_at")
    if campaign is not None:
        rows = rows.filter(questionnaire=campaign.questionnaire_id).exclude(pk=campaign.pk)
    return [(one.pk, title_of(one)) for one in rows[:100] if one.organisation_id in kept]
