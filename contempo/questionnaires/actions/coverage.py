"""Which units each response speaks for: written when answers are sent, settled by a person where two meet.

Locks are taken in one order: invitation and response (who sends holds them already), then units by number, then what
else changes. The first response to reach a unit holds it; the next one waits for the lock and finds it taken.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_keep, part_of
from contempo.questionnaires.models import Coverage, Response, Target
from contempo.questionnaires.rules.coverage import (
    Claim,
    checked_reason,
    decided,
    in_figures,
    named_organisation,
    standings,
)
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.states import CoverageState, ResponseState


def cover_own(response: Response, chosen: Target | None = None) -> Target | None:
    """Let a response that was just sent speak for its own unit, and for no other as its own; returns it.

    The unit is that of its invitation, else the one `chosen` by the respondent, else the organisation named in the
    answer to the question marked `unit`, when the campaign counts it. None when there is none, and always in an
    anonymous campaign. To be called in the transaction that completes the response, at every sending: twice changes
    nothing. `response.state` becomes `excluded` when the unit has another answer and this one has to wait for a person.
    """
    if response.campaign.anonymous:
        return None
    unit = _own_unit(response, chosen)
    _claim(response, {unit.pk} if unit else set(), own=True)
    return unit


def cover_others(response: Response, targets: Iterable[Target]) -> None:
    """Let a response speak for other units too (a union for its municipalities), and for no others than these.

    As `cover_own`, to be called after it. Raises Refusal beside `others` for a unit of another campaign, and in an
    anonymous campaign, where no answer is tied to a unit.
    """
    wanted = {target.pk for target in targets}
    if response.campaign.anonymous:
        if wanted:
            raise Refusal(
                N_("In an anonymous campaign an answer is tied to nobody: it speaks for no unit."), field="others"
            )
        return
    own = Coverage.objects.filter(response=response, own=True).values_list("target_id", flat=True)
    _claim(response, wanted - set(own), own=False)


def uncover(response: Response) -> None:
    """Take back what a response speaks for, when its answers are taken back: the next one in the queue is counted."""
    touched = set(Coverage.objects.filter(response=response).values_list("target_id", flat=True))
    _locked(response.campaign_id, touched)
    Coverage.objects.filter(response=response).delete()
    _settle(touched)


@action
def add_units(actor: Actor, *, target_id: int, others: Collection[int]) -> int:
    """Say that the counted answer of a unit speaks for `others` too: a union for its members, who did not say so.

    Returns for how many it did not speak yet. Units that have an answer of their own become overlaps to settle.
    """
    target = _target(actor, target_id)
    held = Coverage.objects.filter(target=target, state=CoverageState.COUNTED.value).select_related("response").first()
    if held is None:
        raise Refusal(N_("This unit has no answer yet: there is nothing that could speak for others."))
    if not others:
        raise Refusal(N_("Choose at least one unit."), field="others")
    known = set(Coverage.objects.filter(response=held.response).values_list("target_id", flat=True))
    mine = set(Coverage.objects.filter(response=held.response, own=False).values_list("target_id", flat=True))
    _claim(held.response, mine | (set(others) - known), own=False)
    return len(set(others) - known)


@action
def settle(actor: Actor, *, target_id: int, keep: int | None, reason: str, leave_in: bool = False) -> Target:
    """Settle which answer is counted for a unit: the coverage `keep`, or none. The others are dropped, with the reason.

    A response no unit of which is counted leaves the figures, unless `leave_in`. Raises NotPermitted, and Refusal
    beside `keep` or `reason`. To be taken back with `reopen`.
    """
    target = _target(actor, target_id)
    why = checked_reason(reason)
    claims = {claim.pk: claim for claim in Coverage.objects.filter(target=target)}
    for number, state in decided(claims, keep).items():
        claims[number].state, claims[number].why = state.value, why
        claims[number].decided_by_id = actor.person_id
    _write(claims.values(), ("state", "why", "decided_by"))
    _mirror({target.pk})
    responses = {claim.response_id for claim in claims.values()}
    _figures(responses, keep=responses if leave_in else set())
    target.refresh_from_db()
    return target


@action
def reopen(actor: Actor, *, target_id: int) -> Target:
    """Take a decision back: the first answer is counted again and the others wait."""
    target = _target(actor, target_id)
    claims = list(Coverage.objects.filter(target=target).exclude(why=""))
    if not claims:
        raise Refusal(N_("Nothing was settled for this unit."))
    for claim in claims:
        claim.why, claim.decided_by_id = "", None
    Coverage.objects.bulk_update(claims, ["why", "decided_by"])
    _settle({target.pk})
    target.refresh_from_db()
    return target


def _target(actor: Actor, target_id: int) -> Target:
    """A unit of a campaign the actor keeps, locked."""
    found = Target.objects.select_related("campaign").filter(pk=target_id).first()
    if found is None or (not actor.is_system and found.campaign.network_id != actor.network_id):
        raise Refusal(N_("This unit is not there any more."))
    require(may_keep(part_of(actor, found.campaign)))
    _locked(found.campaign_id, {found.pk})
    return found


def _own_unit(response: Response, chosen: Target | None) -> Target | None:
    if response.invitation is not None and response.invitation.target is not None:
        return response.invitation.target
    if chosen is not None:
        return chosen
    named = named_organisation(read(response.version.document), response.answers)
    if named is None:
        return None
    return Target.objects.filter(campaign_id=response.campaign_id, organisation_id=named).order_by("pk").first()


def _claim(response: Response, targets: set[int], *, own: bool) -> None:
    """Make the units a response speaks for, as its own or not, exactly these; what changes is judged anew."""
    held = {claim.target_id: claim for claim in Coverage.objects.filter(response=response)}
    gone = {number for number, claim in held.items() if claim.own is own and number not in targets}
    turned = {number for number in targets & held.keys() if held[number].own is not own}
    new = targets - held.keys()
    if not gone | turned | new:
        _figures({response.pk}, response)
        return
    if _locked(response.campaign_id, gone | new) != gone | new:
        raise Refusal(N_("One of these units is not of this campaign: choose among those offered."), field="others")
    Coverage.objects.filter(response=response, target__in=gone).delete()
    Coverage.objects.filter(response=response, target__in=turned).update(own=own)
    since = clock.now()
    Coverage.objects.bulk_create(
        Coverage(response=response, target_id=number, own=own, state=CoverageState.DISPUTED.value, since=since)
        for number in sorted(new)
    )
    _settle(gone | new, response)


def _locked(campaign_id: int, targets: Collection[int]) -> set[int]:
    """Lock units of a campaign by number until the end of the transaction; returns those that are there."""
    found = Target.objects.select_for_update(of=("self",)).filter(campaign_id=campaign_id, pk__in=targets)
    return set(found.order_by("pk").values_list("pk", flat=True))


def _settle(targets: Collection[int], response: Response | None = None) -> None:
    """Judge anew who is counted for (locked) units, and what follows for them and for the responses."""
    by_target: dict[int, list[Coverage]] = defaultdict(list)
    for claim in Coverage.objects.filter(target__in=targets):
        by_target[claim.target_id].append(claim)
    changed = []
    for claims in by_target.values():
        states = standings(Claim(one.pk, one.since, CoverageState(one.state), bool(one.why)) for one in claims)
        for claim in claims:
            if claim.state != states[claim.pk]:
                claim.state = states[claim.pk].value
                changed.append(claim)
    _write(changed, ("state",))
    _mirror(targets)
    _figures({claim.response_id for claim in changed} | ({response.pk} if response else set()), response)


def _write(claims: Iterable[Coverage], fields: tuple[str, ...]) -> None:
    """Write changed claims, those that are counted last: the database lets one be counted for a unit."""
    claims = list(claims)
    for counted in (False, True):
        Coverage.objects.bulk_update([one for one in claims if (one.state == CoverageState.COUNTED) is counted], fields)


def _mirror(targets: Collection[int]) -> None:
    """`Target.covered` says whether a response is counted for the unit."""
    counted = set(
        Coverage.objects.filter(target__in=targets, state=CoverageState.COUNTED.value).values_list(
            "target_id", flat=True
        )
    )
    Target.objects.filter(pk__in=counted, covered=False).update(covered=True)
    Target.objects.filter(pk__in=set(targets) - counted, covered=True).update(covered=False)


def _figures(responses: Collection[UUID], response: Response | None = None, *, keep: Collection[UUID] = ()) -> None:
    """Put sent responses into the figures or leave them out, by what is counted for them; `keep` stay in.

    One that a person left out, with a reason, stays out. `response` is brought up to date with its row.
    """
    states: dict[UUID, list[CoverageState]] = {one: [] for one in responses}
    for number, state in Coverage.objects.filter(response__in=responses).values_list("response_id", "state"):
        states[number].append(CoverageState(state))
    inside = {one for one, held in states.items() if one in keep or in_figures(held)}
    completed, excluded = ResponseState.COMPLETED.value, ResponseState.EXCLUDED.value
    Response.objects.filter(pk__in=inside, state=excluded, why_excluded="").update(state=completed)
    Response.objects.filter(pk__in=states.keys() - inside, state=completed).update(state=excluded)
    if response is not None:
        response.refresh_from_db(fields=["state", "changed"])
