"""The claims of a plan as a list."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.money import euro, in_euro
from contempo.core.workflow import Look
from contempo.network.public import find_organisations, organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money, to_control, to_pay, to_send, visible_claims, works_for
from contempo.programmes.models import Alliance, Claim, Partner, PlanTally
from contempo.programmes.models.claims import CLAIM_STATES
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.claims import CLAIM, ClaimState
from contempo.web.lists import Column, ListPage, build, every_row

OF_THE_PLAN = "0"
"""Stands for the plan itself where an alliance is chosen."""

TO_CONTROL, TO_PAY, TO_SEND, ANY = "controllo", "pagamento", "invio", "tutte"
_MOST_FOUND = 50


@dataclass(frozen=True)
class ClaimRow:
    """A claim in a list; amounts in euro for files and in words for the page."""

    name: str
    number: int
    title: str
    partner: str
    alliance: str
    state: Look
    since: datetime
    expenses: int
    claimed: Decimal
    accepted: Decimal | None
    claimed_text: str
    accepted_text: str
    url: str


_AMOUNTS = "programmes/claims/cells/"
COLUMNS = (
    Column("name", _("Claim"), sort="number"),
    Column("partner", _("Partner")),
    Column("alliance", _("Alliance")),
    Column("state", _("State")),
    Column("since", _("Since"), sort="state_since", template="programmes/claims/cells/since.html"),
    Column("expenses", _("Expenses"), numeric=True),
    Column("claimed", _("Claimed"), template=f"{_AMOUNTS}claimed.html", numeric=True),
    Column("accepted", _("Amount accepted"), template=f"{_AMOUNTS}accepted.html", numeric=True),
    Column("number", _("Number"), only_export=True),
    Column("title", _("Title"), only_export=True),
)
SORT = "-since"


class _Filters(django_filters.FilterSet):
    """What the claims of a plan may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Number or partner"), method="found")
    stato = django_filters.ChoiceFilter(
        label=_("State"), choices=CLAIM_STATES, field_name="state", empty_label=_("All")
    )
    attesa = django_filters.ChoiceFilter(
        label=_("Waits for me"),
        choices=[
            (ANY, _("Whatever waits for me")),
            (TO_CONTROL, _("To control")),
            (TO_PAY, _("To pay")),
            (TO_SEND, _("To send")),
        ],
        method="waiting",
        empty_label=_("All"),
    )
    alleanza = django_filters.ChoiceFilter(label=_("Alliance"), method="of_alliance", empty_label=_("All"))
    soggetto = django_filters.ChoiceFilter(label=_("Partner"), field_name="organisation_id", empty_label=_("All"))

    class Meta:
        model = Claim
        fields: tuple[str, ...] = ()

    def __init__(self, *, actor: Actor, plan: OpenedPlan, params: QueryDict, queryset: QuerySet[Claim]) -> None:
        super().__init__(params, queryset)
        self.actor, self.network_id = actor, plan.plan.network_id
        alliances = list(Alliance.objects.filter(plan=plan.plan).values_list("id", "name", "lead_id"))
        partners = Partner.objects.filter(alliance__plan=plan.plan).values_list("organisation_id", flat=True)
        links = organisation_links(self.network_id, {*partners, *(lead for _id, _name, lead in alliances)})
        named = [(str(key), name) for key, name, _lead in alliances]
        self.filters["alleanza"].extra["choices"] = [*named, (OF_THE_PLAN, gettext("The plan itself"))]
        self.filters["soggetto"].extra["choices"] = [(str(link.id), link.name) for link in links.values()]

    def found(self, rows: QuerySet[Claim], name: str, text: str) -> QuerySet[Claim]:
        """By number, or by words of the name of the partner, as the text looks."""
        text = text.strip().lstrip("#")
        if text.isdecimal() and len(text) < 9:
            return rows.filter(number=int(text))
        named = find_organisations(self.network_id, text, _MOST_FOUND)
        return rows.filter(organisation_id__in=[link.id for link in named])

    def waiting(self, rows: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        """Whose next step is up to the reader."""
        return rows.filter(waiting(self.actor, value))

    def of_alliance(self, rows: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        """Of one alliance, or of the plan itself."""
        return rows.filter(alliance_id=None if value == OF_THE_PLAN else int(value))


def waiting(actor: Actor, kind: str = ANY) -> Q:
    """Claims whose next step is up to `actor`: of one kind, or any."""
    kinds = {TO_CONTROL: to_control, TO_PAY: to_pay, TO_SEND: to_send}
    if kind != ANY:
        return kinds[kind](actor)
    return to_control(actor) | to_pay(actor) | to_send(actor)


def claims(actor: Actor, plan: OpenedPlan, params: QueryDict) -> ListPage:
    """The page of claims of a plan that `params` ask for, of those `actor` may see. Seven SQL at most."""
    filters = _filters(actor, plan, params)
    total = _kept_total(actor, plan, filters)
    return build(filters, columns=COLUMNS, to_row=_row_maker(plan), sort=SORT, total=total)


def claim_rows(actor: Actor, plan: OpenedPlan, params: QueryDict) -> Iterator[ClaimRow]:
    """Every claim that `params` ask for, for a file."""
    return every_row(_filters(actor, plan, params), columns=COLUMNS, to_row=_row_maker(plan), sort=SORT)


def _filters(actor: Actor, plan: OpenedPlan, params: QueryDict) -> _Filters:
    rows = visible_claims(actor, Claim.objects.filter(plan=plan.plan))
    rows = rows.select_related("organisation", "alliance").only(
        "number",
        "title",
        "state",
        "state_since",
        "claimed_cents",
        "accepted_cents",
        "expense_count",
        "organisation__name",
        "alliance__name",
    )
    return _Filters(actor=actor, plan=plan, params=params, queryset=rows)


def _kept_total(actor: Actor, plan: OpenedPlan, filters: _Filters) -> int | None:
    """How many claims the actor sees, from the kept counts and their own; None when filters ask for more than those."""
    if not filters.form.is_valid():
        return None
    given = {name: value for name, value in filters.form.cleaned_data.items() if value not in (None, "")}
    if set(given) - {"stato"}:
        return None
    mine = works_for(actor)
    own = Claim.objects.filter(plan=plan.plan, organisation_id__in=mine)
    if wanted := given.get("stato"):
        own = own.filter(state=wanted)
    if may_read_money(actor):
        return _sent(plan, wanted) + own.filter(state=ClaimState.DRAFT).count()
    led = set(Alliance.objects.filter(plan=plan.plan, lead_id__in=mine).values_list("id", flat=True))
    beside = own.filter(Q(state=ClaimState.DRAFT) | Q(alliance__isnull=True) | ~Q(alliance_id__in=led))
    return _sent(plan, wanted, led) + beside.count()


def _sent(plan: OpenedPlan, wanted: str | None, alliances: Collection[int] | None = None) -> int:
    """How many claims were sent, of these alliances (None: of the whole plan), in the state `wanted` (None: any)."""
    facet = "state" if alliances is None else "alliance|state"
    tallies = PlanTally.objects.filter(plan=plan.plan, facet=facet, measure="claims").values_list("key", "count")
    total = 0
    for key, count in tallies:
        alliance, _, state = key.rpartition("|")
        counts = alliances is None or int(alliance) in alliances
        total += count if counts and state != ClaimState.DRAFT and wanted in (None, state) else 0
    return total


def _row_maker(plan: OpenedPlan) -> Callable[[Claim], ClaimRow]:
    def row(claim: Claim) -> ClaimRow:
        accepted = claim.accepted_cents
        return ClaimRow(
            name=f"{claim.number}. {claim.title}",
            number=claim.number,
            title=claim.title,
            partner=claim.organisation.name,
            alliance=claim.alliance.name if claim.alliance else "",
            state=CLAIM.looks[ClaimState(claim.state)],
            since=claim.state_since,
            expenses=claim.expense_count,
            claimed=euro(claim.claimed_cents),
            accepted=None if accepted is None else euro(accepted),
            claimed_text=in_euro(claim.claimed_cents),
            accepted_text="" if accepted is None else in_euro(accepted),
            url=plan.url("claim", number=claim.number),
        )

    return row
