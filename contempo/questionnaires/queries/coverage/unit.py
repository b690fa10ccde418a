"""One unit of a campaign: who speaks for it, and what each of them answered where that may be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.people.public import names
from contempo.questionnaires.access import may_read_responses
from contempo.questionnaires.models import Coverage, Invitation, Target
from contempo.questionnaires.queries.board.words import FACETS, names_of
from contempo.questionnaires.queries.coverage.units import LOOKS, standing_of, units_of, whose
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.response import OneResponse, one_response
from contempo.questionnaires.rules.states import (
    CHANNEL_LABELS,
    INVITATION,
    CoverageState,
    InvitationState,
    ResponseState,
)
from contempo.web.templatetags.web import at_time

BESIDE = 3
"""Answers shown side by side at most."""

OFFERED = 50
"""Units offered at once to be covered by an answer."""

CLAIM_LOOKS = {
    CoverageState.COUNTED: Look(N_("It counts"), "success", "it-check-circle"),
    CoverageState.DISPUTED: Look(N_("To be settled"), "danger", "it-error"),
    CoverageState.DROPPED: Look(N_("It does not count"), "neutral", "it-close-circle"),
}


@dataclass(frozen=True)
class ClaimCard:
    """An answer that speaks for the unit. `covers` is for how many units it speaks, `in_figures` whether it is counted
    in the results; `why` and `decider` are those of the person who settled it.
    """

    number: int
    whose: str
    look: Look
    since: datetime
    channel: str
    contact: str
    covers: int
    in_figures: bool
    why: str
    decider: str


@dataclass(frozen=True)
class Invited:
    """An invitation of the unit."""

    contact: str
    look: Look
    channel: str
    sent: datetime | None


@dataclass(frozen=True)
class Compared:
    """A question with the answer of each response; `differs` where they are not the same."""

    label: str
    answers: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class UnitPage:
    """A unit. `compared` is empty where single answers may not be read, or there is only one; `heads` names them.

    `reopens` when a person settled it; `following` is the next unit to settle, None when there is none.
    """

    number: int
    name: str
    look: Look
    facts: tuple[tuple[str, str], ...]
    claims: tuple[ClaimCard, ...]
    invitations: tuple[Invited, ...]
    disputed: bool
    reopens: bool
    counted: bool
    heads: tuple[str, ...]
    compared: tuple[Compared, ...]
    readable: bool
    following: int | None

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers to choose among, in words."""
        words = _("%(whose)s, by “%(channel)s”, sent on %(day)s")
        return tuple(
            (str(claim.number), words % {"whose": claim.whose, "channel": claim.channel, "day": at_time(claim.since)})
            for claim in self.claims
        )


@dataclass(frozen=True)
class Offered:
    """Units that the answer of a unit could speak for: `rows` are pairs (number, name); `more` when there are
    others."""

    rows: tuple[tuple[str, str], ...]
    more: bool


def unit_page(opened: OpenedCampaign, number: int) -> UnitPage | None:
    """The page of a unit, None when the campaign has none of this number. Seven SQL, and seven for each of at most
    `BESIDE` answers compared.
    """
    target = _with_every_claim(units_of(opened).filter(pk=number)).first()
    if target is None:
        return None
    claims = target.claims
    deciders = names(claim.decided_by_id for claim in claims)
    readable = bool(may_read_responses(opened.part))
    read = _read(opened, claims) if readable and len(claims) > 1 else ()
    return UnitPage(
        number=target.pk,
        name=target.name,
        look=LOOKS[standing_of(target)],
        facts=tuple(_facts(target)),
        claims=tuple(_card(claim, deciders) for claim in claims),
        invitations=tuple(_invited(one) for one in Invitation.objects.filter(target=target).order_by("pk")),
        disputed=any(claim.state == CoverageState.DISPUTED for claim in claims),
        reopens=any(claim.why for claim in claims),
        counted=any(claim.state == CoverageState.COUNTED for claim in claims),
        heads=tuple(_called(claim) for claim in claims[: len(read)]),
        compared=compared(read),
        readable=readable,
        following=_following(opened, target.pk),
    )


def next_overlap(opened: OpenedCampaign) -> int | None:
    """The first unit for which something is to be settled, by name; None when nothing is. One SQL."""
    return _following(opened, 0)


def offered(opened: OpenedCampaign, number: int, text: str) -> Offered:
    """Units whose name has the words of `text` and for which the counted answer of a unit does not speak yet. One
    SQL."""
    mine = Coverage.objects.filter(response__coverages__target=number, response__coverages__state=CoverageState.COUNTED)
    found = Target.objects.filter(campaign=opened.campaign).exclude(pk__in=mine.values("target")).exclude(pk=number)
    for word in normalise(text).split():
        found = found.filter(search_name__contains=word)
    rows = list(found.order_by("covered", "search_name", "pk").values_list("pk", "name", "covered")[: OFFERED + 1])
    named = tuple(
        (str(pk), _("%(unit)s (has an answer already)") % {"unit": name} if covered else name)
        for pk, name, covered in rows[:OFFERED]
    )
    return Offered(named, len(rows) > OFFERED)


def compared(read: Sequence[OneResponse]) -> tuple[Compared, ...]:
    """The answers of several responses side by side, question by question, in the order of the first."""
    answers: list[dict[str, str]] = [
        {f"{page.title} {line.label}": line.answer for page in one.pages for line in page.lines} for one in read
    ]
    labels = {f"{page.title} {line.label}": line.label for one in read for page in one.pages for line in page.lines}
    made = []
    for key, label in labels.items():
        given = tuple(each.get(key, "") for each in answers)
        if any(given):
            made.append(Compared(label, given, len(set(given)) > 1))
    return tuple(made)


def _with_every_claim(rows: QuerySet[Target]) -> "QuerySet[Any]":
    """Units with all answers that speak, or spoke, for them (`claims`), as they came."""
    own = Coverage.objects.filter(response=OuterRef("response"), own=True).values("target__name")[:1]
    claims = Coverage.objects.select_related("response__invitation")
    living = ~Q(response__coverages__state=CoverageState.DROPPED.value)
    counted = claims.annotate(of=Subquery(own), covers=Count("response__coverages", filter=living))
    return rows.select_related("municipality", "delegate__organisation").prefetch_related(
        Prefetch("coverages", counted.order_by("since", "pk"), to_attr="claims")
    )


def _read(opened: OpenedCampaign, claims: Sequence[Any]) -> tuple[OneResponse, ...]:
    found = (one_response(opened, claim.response_id) for claim in claims[:BESIDE])
    return tuple(one for one in found if one is not None)


def _following(opened: OpenedCampaign, number: int) -> int | None:
    """The next unit to settle, by name, other than `number`."""
    waiting = Target.objects.filter(campaign=opened.campaign, coverages__state=CoverageState.DISPUTED.value)
    found = waiting.exclude(pk=number).order_by("search_name", "pk").values_list("pk", flat=True).first()
    return int(found) if found is not None else None


def _card(claim: Any, deciders: Mapping[int, str]) -> ClaimCard:
    response, invitation = claim.response, claim.response.invitation
    return ClaimCard(
        number=claim.pk,
        whose=_called(claim),
        look=CLAIM_LOOKS[CoverageState(claim.state)],
        since=claim.since,
        channel=_(CHANNEL_LABELS[response.channel]),
        contact=str(invitation) if invitation else "",
        covers=claim.covers,
        in_figures=response.state == ResponseState.COMPLETED,
        why=claim.why,
        decider=deciders.get(claim.decided_by_id, ""),
    )


def _called(claim: Any) -> str:
    """What an answer is called beside others."""
    return _("Its own answer") if claim.own else _("Answer of %(unit)s") % {"unit": whose(claim)}


def _invited(invitation: Invitation) -> Invited:
    return Invited(
        contact=str(invitation),
        look=INVITATION.looks[InvitationState(invitation.state)],
        channel=_(CHANNEL_LABELS[invitation.channel]),
        sent=invitation.sent_at,
    )


def _facts(target: Target) -> Iterator[tuple[str, str]]:
    for facet in ("kind", "size"):
        if value := getattr(target, facet):
            yield _(FACETS[facet]), names_of(facet, [value])[value]
    if target.municipality:
        yield _("Municipality"), str(target.municipality)
    if target.stratum:
        yield _("Group"), target.stratum
    if target.delegate:
        yield _("Through whom"), str(target.delegate)
    if not target.eligible:
        yield _("Concerned"), _("no")
