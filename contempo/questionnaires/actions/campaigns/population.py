"""Whom a campaign asks: choosing a source and a filter, and taking the units as they are now."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from contempo.core import clock
from contempo.core.action import action
from contempo.core.text import normalise
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.models import Campaign, Coverage, Invitation, Target
from contempo.questionnaires.rules.populations import (
    UPLOADED,
    Asking,
    Chosen,
    Population,
    PopulationRow,
    PopulationSource,
    batches,
    difference,
    population_called,
    row_of,
)
from contempo.questionnaires.rules.states import CampaignState, InvitationState, UnitKind

BATCH = 2000
CLOSED = N_("The campaign is closed: whom it asked stays as it was.")
NO_SOURCE = N_("Choose whom the campaign asks.")
FACTS = (
    "name",
    "search_name",
    "organisation_id",
    "kind",
    "size",
    "sector",
    "municipality_id",
    "stratum",
    "contact",
    "email",
    "language",
)
GONE = N_("This unit is no longer in the population.")
"""The reason of invitations of units taken out: by it they are found when the unit comes back."""


@action
def choose_population(actor: Actor, *, campaign_id: int, source: str, chosen: Chosen, unit_kind: str = "") -> Campaign:
    """Keep whom a campaign asks: a source and what narrows it. Units are there once the population is taken.

    `unit_kind` is for an uploaded list; other sources say what they count. Raises `Refusal` beside `source`.
    """
    campaign = hold_campaign(actor, campaign_id)
    found = _source(actor, campaign, source)
    if campaign.state == CampaignState.CLOSED:
        raise Refusal(CLOSED)
    before = Population.read(campaign.population)
    if before.source not in ("", source) and _asked_already(campaign):
        raise Refusal(N_("Invitations have gone out: the source stays, its filter may change."), field="source")
    known = {field.key: {value for value, _words in field.choices} for field in found.fields(_asking(campaign))}
    kept = {key: tuple(value for value in values if value in known.get(key, ())) for key, values in chosen.items()}
    campaign.population = {**Population(source, kept).to_json(), "taken_at": campaign.population.get("taken_at")}
    campaign.unit_kind = unit_kind if source == UPLOADED and unit_kind in set(UnitKind) else found.unit_kind.value
    campaign.save(update_fields=["population", "unit_kind"])
    return campaign


@action
def take_population(actor: Actor, *, campaign_id: int) -> tuple[int, int, int]:
    """Make the units of a campaign what its source and filter give now; how many were added, changed, taken out.

    A unit that is gone and that nobody asked yet is removed. One already asked is left as not concerned, its
    invitations with it, unless it answered or has begun: no answer is ever lost.
    """
    campaign = hold_campaign(actor, campaign_id)
    if campaign.state == CampaignState.CLOSED:
        raise Refusal(CLOSED)
    population = Population.read(campaign.population)
    source = _source(actor, campaign, population.source)
    if source.key == UPLOADED:
        raise Refusal(N_("The units of this campaign come from the list you upload."))
    targets = {target.key: target for target in Target.objects.filter(campaign=campaign)}
    rows = source.rows(_asking(campaign), population.chosen)
    found = difference({key: row_of(target) for key, target in targets.items()}, rows)
    for batch in batches(found.added, BATCH):
        Target.objects.bulk_create(filled(Target(campaign=campaign, key=row.key), row) for row in batch)
    change_units([filled(targets[row.key], row) for row in found.changed])
    back = [target.pk for key, target in targets.items() if not target.eligible and key not in set(found.gone)]
    come_back(back)
    leave_out([targets[key] for key in found.gone])
    campaign.population = {**campaign.population, "taken_at": clock.now().isoformat()}
    campaign.save(update_fields=["population"])
    return len(found.added), len(found.changed), len(found.gone)


def filled(target: Target, row: PopulationRow) -> Target:
    """A unit with the facts of its row, not saved."""
    target.name, target.search_name = row.name[:200], normalise(row.name)[:200]
    target.organisation_id, target.municipality_id = row.organisation_id, row.municipality_id
    for name in ("kind", "size", "sector", "stratum", "email", "language"):
        setattr(target, name, getattr(row, name))
    target.contact = row.contact[:160]
    return target


def change_units(targets: Sequence[Target]) -> None:
    """Save the facts of units, and give them to their invitations: rates are told by what a unit is now."""
    Target.objects.bulk_update(targets, FACTS, batch_size=BATCH)
    facts = {target.pk: target for target in targets}
    invitations = list(Invitation.objects.select_for_update(of=("self",)).filter(target__in=list(facts)))
    taken = set(
        Invitation.objects.filter(email__in=[one.email for one in targets if one.email]).values_list(
            "campaign", "email"
        )
    )
    for invitation in invitations:
        target = facts[invitation.target_id or 0]
        invitation.kind, invitation.size = target.kind, target.size
        invitation.municipality_id, invitation.search_name = target.municipality_id, target.search_name
        if invitation.state == InvitationState.PREPARED and not invitation.asked_at and invitation.email:
            invitation.name, invitation.language = target.contact, target.language
            if target.email and (invitation.campaign_id, target.email) not in taken:
                invitation.email = target.email
                taken.add((invitation.campaign_id, target.email))
    Invitation.objects.bulk_update(
        invitations,
        ["kind", "size", "municipality_id", "search_name", "name", "email", "language"],
        batch_size=BATCH,
    )


def leave_out(targets: Iterable[Target]) -> None:
    """Take units out of a population: those nobody asked are removed, those that gave no answer are not concerned any
    more, those that answered or have begun stay.
    """
    keys = [target.pk for target in targets]
    living = (InvitationState.BEGUN.value, InvitationState.COMPLETED.value)
    answered = Exists(Coverage.objects.filter(target=OuterRef("pk")))
    begun = Exists(Invitation.objects.filter(target=OuterRef("pk"), state__in=living))
    silent = Target.objects.filter(pk__in=keys).exclude(answered).exclude(begun)
    asked = Invitation.objects.filter(target=OuterRef("pk")).exclude(state=InvitationState.PREPARED.value)
    unasked = list(silent.exclude(Exists(asked)).values_list("pk", flat=True))
    Invitation.objects.filter(target__in=unasked).delete()
    Target.objects.filter(pk__in=unasked).delete()
    left = list(silent.exclude(pk__in=unasked).values_list("pk", flat=True))
    Target.objects.filter(pk__in=left).update(eligible=False)
    Invitation.objects.filter(target__in=left).exclude(
        state__in=[InvitationState.REPLACED.value, InvitationState.NOT_ELIGIBLE.value]
    ).update(state=InvitationState.NOT_ELIGIBLE.value, reason=GONE, asked_at=None, changed_at=clock.now())


def come_back(keys: list[int]) -> None:
    """Units that were taken out and are in the population again are asked again."""
    gone = Invitation.objects.filter(target__in=keys, state=InvitationState.NOT_ELIGIBLE.value, reason=GONE)
    back = list(gone.values_list("target_id", flat=True).distinct())
    gone.update(state=InvitationState.SENT.value, reason="", changed_at=clock.now())
    Target.objects.filter(pk__in=back).update(eligible=True)


def _asked_already(campaign: Campaign) -> bool:
    return Invitation.objects.filter(campaign=campaign).exclude(state=InvitationState.PREPARED.value).exists()


def _asking(campaign: Campaign) -> Asking:
    return Asking(campaign.network_id, campaign.organisation_id)


def _source(actor: Actor, campaign: Campaign, key: str) -> PopulationSource:
    source = population_called(key)
    if source is None or not source.serves(_asking(campaign)):
        raise Refusal(NO_SOURCE, field="source")
    require(source.may(actor, _asking(campaign)))
    return source
