"""Whom a campaign asks: sources to choose from, how many units fit, what taking them again would change."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from contempo.people.public import Actor
from contempo.questionnaires.models import Coverage, Invitation, Target
from contempo.questionnaires.queries.campaigns.settings import asking_of, unit_sums
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.populations import (
    UPLOADED,
    Chosen,
    Population,
    PopulationSource,
    difference,
    population_called,
    populations_for,
    row_of,
)
from contempo.questionnaires.rules.states import InvitationState

SHOWN = 20


@dataclass(frozen=True)
class SourceChoice:
    """A source to choose from."""

    key: str
    label: str
    help: str
    current: bool


@dataclass(frozen=True)
class PopulationPage:
    """Whom a campaign asks: `fits` is how many units the saved filter gives now, None for an uploaded list."""

    sources: tuple[SourceChoice, ...]
    source: PopulationSource | None
    chosen: Chosen
    words: tuple[tuple[str, str], ...]
    fits: int | None
    units: int
    without_address: int
    taken_at: datetime | None
    uploaded: bool


def population_page(actor: Actor, opened: OpenedCampaign, source: str = "") -> PopulationPage:
    """The page of the population; `source` names another one that is being looked at."""
    kept = Population.read(opened.campaign.population)
    asking = asking_of(opened)
    offered = [one for one in populations_for(asking) if one.may(actor, asking)]
    keys = {one.key for one in offered}
    key = source if source in keys else kept.source if kept.source in keys else ""
    found = population_called(key) if key else None
    chosen = kept.chosen if key == kept.source else {}
    saved = population_called(kept.source) if kept.source in keys else None
    taken = opened.campaign.population.get("taken_at")
    return PopulationPage(
        sources=tuple(SourceChoice(one.key, _(one.label), _(one.help), one.key == key) for one in offered),
        source=found,
        chosen=chosen,
        words=_words(opened, saved, kept.chosen),
        fits=saved.count(asking, kept.chosen) if saved and saved.key != UPLOADED else None,
        units=unit_sums(opened.campaign.pk),
        without_address=Target.objects.filter(campaign=opened.campaign, eligible=True, email="").count(),
        taken_at=datetime.fromisoformat(taken) if taken else None,
        uploaded=key == UPLOADED,
    )


def _words(opened: OpenedCampaign, source: PopulationSource | None, chosen: Chosen) -> tuple[tuple[str, str], ...]:
    """A saved filter in words: label and values."""
    if source is None:
        return ()
    found = []
    for one in source.fields(asking_of(opened)):
        words = dict(one.choices)
        if values := [words[value] for value in chosen.get(one.key, ()) if value in words]:
            found.append((one.label, ", ".join(values)))
    return tuple(found)


def how_many(actor: Actor, opened: OpenedCampaign, source: str, chosen: Chosen) -> int | None:
    """How many units a filter gives now, while it is being chosen; None for a source that does not count."""
    found = population_called(source)
    asking = asking_of(opened)
    if found is None or not found.serves(asking) or not found.may(actor, asking) or found.key == UPLOADED:
        return None
    return found.count(asking, chosen)


@dataclass(frozen=True)
class Changes:
    """What taking the population again would do, with the first names of each. `dropped` were never asked, `left_out`
    were and gave no answer, `kept` answered or have begun.
    """

    added: int
    changed: int
    dropped: int
    left_out: int
    kept: int
    added_names: tuple[str, ...]
    changed_names: tuple[str, ...]
    gone_names: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.dropped or self.left_out)


def changes(opened: OpenedCampaign) -> Changes | None:
    """What taking the population would change now; None when nothing was chosen, or the list is uploaded. Two SQL of
    ours, and those of the source.
    """
    kept = Population.read(opened.campaign.population)
    source = population_called(kept.source)
    if source is None or source.key == UPLOADED:
        return None
    own = Invitation.objects.filter(target=OuterRef("pk"))
    living = (InvitationState.BEGUN.value, InvitationState.COMPLETED.value)
    targets = {
        target.key: target
        for target in Target.objects.filter(campaign=opened.campaign).annotate(
            speaks=Exists(Coverage.objects.filter(target=OuterRef("pk"))) | Exists(own.filter(state__in=living)),
            asked=Exists(own.exclude(state=InvitationState.PREPARED.value)),
        )
    }
    rows = source.rows(asking_of(opened), kept.chosen)
    found = difference({key: row_of(target) for key, target in targets.items()}, rows)
    fate = Counter(_fate(targets[key]) for key in found.gone)
    return Changes(
        added=len(found.added),
        changed=len(found.changed),
        dropped=fate["dropped"],
        left_out=fate["left_out"],
        kept=fate["kept"],
        added_names=tuple(row.name for row in found.added[:SHOWN]),
        changed_names=tuple(row.name for row in found.changed[:SHOWN]),
        gone_names=tuple(targets[key].name for key in found.gone[:SHOWN]),
    )


def _fate(target: Any) -> str:
    if target.speaks:
        return "kept"
    if target.asked:
        return "left_out" if target.eligible else "kept"
    return "dropped"
