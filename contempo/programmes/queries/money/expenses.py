"""The list of expenses behind every total, with their sums on top."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.choices import choices
from contempo.core.money import euro, in_euro
from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money
from contempo.programmes.models import BudgetLine, Expense
from contempo.programmes.models.claims import CLAIM_STATES
from contempo.programmes.queries.money.choosing import Offers, offers
from contempo.programmes.queries.money.sums import AGGREGATES, Narrowed, matching, pair_sum, sent, sum_of
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.claims import CLAIM, DOCUMENT_KIND_LABELS, ClaimState
from contempo.programmes.rules.reports import Sums, months_of
from contempo.web import lists
from contempo.web.lists import Column, ListPage

FACETS = {"soggetto": "partner", "alleanza": "alliance", "voce": "line", "fonte": "source", "periodo": "month"}
"""Names in the address of what a list of expenses may be narrowed by, and the facet each is a key of."""

ROWS = 25


def _choice(label: Any, values: Any = (), **kwargs: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=values, empty_label=gettext_lazy("All"), **kwargs)


class ExpenseFilters(django_filters.FilterSet):
    """What expenses may be narrowed by; named as in the address, which every figure links to.

    `parte` and `dotazione` are the scope of a figure of the budget: the lines of an alliance (0: of the plan itself),
    one allocation.
    """

    soggetto = _choice(gettext_lazy("Partner"), method="of_facet")
    alleanza = _choice(gettext_lazy("Alliance"), method="of_facet")
    voce = _choice(gettext_lazy("Line"), method="of_facet")
    fonte = _choice(gettext_lazy("Source of funds"), method="of_facet")
    periodo = _choice(gettext_lazy("Paid in"), method="of_facet")
    stato = _choice(
        gettext_lazy("State of the claim"),
        [choice for choice in CLAIM_STATES if choice[0] != ClaimState.DRAFT],
        field_name="stage",
    )
    documento = _choice(gettext_lazy("Document"), choices(DOCUMENT_KIND_LABELS), field_name="kind")
    parte = django_filters.NumberFilter(widget=forms.HiddenInput, method="of_part")
    dotazione = django_filters.NumberFilter(field_name="allocation_id", widget=forms.HiddenInput)

    class Meta:
        model = Expense
        fields: tuple[str, ...] = ()

    def __init__(self, *, params: QueryDict, queryset: QuerySet[Expense], offered: Offers, plan_id: int) -> None:
        super().__init__(params, queryset=queryset)
        self.plan_id = plan_id
        for name, facet in FACETS.items():
            self.form.fields[name].choices = [("", _("All")), *offered[facet]]

    def of_facet(self, queryset: QuerySet[Expense], name: str, value: str) -> QuerySet[Expense]:
        return queryset.filter(matching(_narrowed(name, value)))

    def of_part(self, queryset: QuerySet[Expense], _name: str, value: Decimal) -> QuerySet[Expense]:
        lines = BudgetLine.objects.filter(plan_id=self.plan_id, alliance_id=int(value) or None)
        return queryset.filter(line__in=lines)

    @property
    def facets(self) -> tuple[Narrowed, ...]:
        """The facets that are narrowed."""
        data = getattr(self.form, "cleaned_data", {})
        return tuple(_narrowed(name, data[name]) for name in FACETS if data.get(name))

    @property
    def others(self) -> bool:
        """Whether something is narrowed that no sums are kept of."""
        data = getattr(self.form, "cleaned_data", {})
        return any(data.get(name) not in (None, "") for name in ("stato", "documento", "parte", "dotazione"))


def _narrowed(name: str, value: str) -> Narrowed:
    facet = FACETS[name]
    return Narrowed(facet, months_of(value) if facet == "month" else (value,))


@dataclass(frozen=True)
class ExpenseRow:
    """An expense in the list, in euro; `url` opens its claim."""

    number: str
    url: str
    supplier: str
    description: str
    partner: str
    alliance: str
    line: str
    source: str
    paid_on: date
    state: Look
    claimed: Decimal
    accepted: Decimal | None
    refused: Decimal | None
    paid: Decimal
    kind: str
    dated_on: date
    supplier_code: str
    net: Decimal
    vat: Decimal
    payment: str
    reason: str
    claim: int


_MONEY = "programmes/money/cells/euro.html"

COLUMNS = (
    Column("number", gettext_lazy("Document"), template="programmes/money/cells/document.html"),
    Column("paid_on", gettext_lazy("Paid on"), sort="paid_on"),
    Column("partner", gettext_lazy("Partner")),
    Column("line", gettext_lazy("Line"), template="programmes/money/cells/line.html"),
    Column("state", gettext_lazy("State")),
    Column("claimed", gettext_lazy("Claimed"), numeric=True, template=_MONEY),
    Column("accepted", gettext_lazy("Accepted so far"), numeric=True, template=_MONEY),
    Column("paid", gettext_lazy("Paid out"), numeric=True, template=_MONEY),
    Column("supplier", gettext_lazy("Supplier"), only_export=True),
    Column("supplier_code", gettext_lazy("VAT number or tax code"), only_export=True),
    Column("description", gettext_lazy("What for"), only_export=True),
    Column("alliance", gettext_lazy("Alliance"), only_export=True),
    Column("source", gettext_lazy("Source of funds"), only_export=True),
    Column("kind", gettext_lazy("Kind of document"), only_export=True),
    Column("dated_on", gettext_lazy("Dated on"), only_export=True),
    Column("net", gettext_lazy("Net"), numeric=True, only_export=True),
    Column("vat", gettext_lazy("VAT"), numeric=True, only_export=True),
    Column("refused", gettext_lazy("Not accepted"), numeric=True, only_export=True),
    Column("reason", gettext_lazy("Reason"), only_export=True),
    Column("payment", gettext_lazy("Proof of payment"), only_export=True),
    Column("claim", gettext_lazy("Claim"), numeric=True, only_export=True),
)


@dataclass(frozen=True)
class Totals:
    """The sums on top of a list, as they are read."""

    claimed: str
    waiting: str
    accepted: str
    refused: str
    paid: str


@dataclass(frozen=True)
class Expenses:
    """A page of the list and the sums of all of it; `scope` says in words what it is narrowed to from the budget."""

    page: ListPage
    sums: Sums
    totals: Totals
    scope: str


def expenses(actor: Actor, opened: OpenedPlan, params: QueryDict) -> Expenses:
    """The expenses that `actor` may see and `params` leave. Eight SQL, whatever their number."""
    filters = _filters(actor, opened, params)
    sums = _sums(actor, opened, filters)
    page = lists.build(
        filters, columns=COLUMNS, to_row=_to_row(opened), sort="-paid_on", per_page=ROWS, total=sums.expenses
    )
    return Expenses(page, sums, totals_of(sums), _scope(opened, filters))


def expense_rows(actor: Actor, opened: OpenedPlan, params: QueryDict) -> Iterator[ExpenseRow]:
    """Every row of the list, read in chunks: for files of any length."""
    filters = _filters(actor, opened, params)
    return lists.every_row(filters, columns=COLUMNS, to_row=_to_row(opened), sort="-paid_on")


def totals_of(sums: Sums) -> Totals:
    """Sums as they are read."""
    names = ("claimed", "waiting", "accepted", "refused", "paid")
    return Totals(*(in_euro(getattr(sums, name)) for name in names))


def _filters(actor: Actor, opened: OpenedPlan, params: QueryDict) -> ExpenseFilters:
    rows = sent(actor, opened.plan).select_related("organisation", "alliance", "line", "source", "claim")
    return ExpenseFilters(params=params, queryset=rows, offered=offers(actor, opened.plan), plan_id=opened.plan.pk)


def _sums(actor: Actor, opened: OpenedPlan, filters: ExpenseFilters) -> Sums:
    """From the tallies where they are kept; else the rows are added up."""
    rows = filters.qs
    facets = filters.facets
    if may_read_money(actor) and not filters.others and len(facets) <= 2:
        if len(facets) == 2:
            return pair_sum(opened.plan, *facets)
        return sum_of(actor, opened.plan, *facets)
    found = rows.order_by().aggregate(**{f"{name}_": each for name, each in AGGREGATES.items()})
    return Sums(*(found[f"{name}_"] for name in AGGREGATES))


def _scope(opened: OpenedPlan, filters: ExpenseFilters) -> str:
    data = getattr(filters.form, "cleaned_data", {})
    if data.get("dotazione"):
        return _("Only what is charged to one allocation that is set aside for a partner.")
    if (part := data.get("parte")) is not None:
        return (
            _("Only what is charged to the lines of one alliance.")
            if int(part)
            else _("Only what is charged to the lines of the plan itself.")
        )
    return ""


def _to_row(opened: OpenedPlan) -> Any:
    kinds = {key: _(label) for key, label in DOCUMENT_KIND_LABELS.items()}
    claim_url = opened.url("claim", number=0).replace("/0/", "/{}/")

    def row(each: Expense) -> ExpenseRow:
        refused = None if each.accepted_cents is None else euro(each.claimed_cents - each.accepted_cents)
        return ExpenseRow(
            number=each.number,
            url=claim_url.format(each.claim.number),
            supplier=each.supplier,
            description=each.description,
            partner=each.organisation.name,
            alliance=each.alliance.name if each.alliance else "",
            line=each.line.title,
            source=each.source.name,
            paid_on=each.paid_on,
            state=CLAIM.looks[ClaimState(each.stage)],
            claimed=euro(each.claimed_cents),
            accepted=None if each.accepted_cents is None else euro(each.accepted_cents),
            refused=refused,
            paid=euro(each.paid_cents),
            kind=kinds.get(each.kind, each.kind),
            dated_on=each.dated_on,
            supplier_code=each.supplier_code,
            net=euro(each.net_cents),
            vat=euro(each.vat_cents),
            payment=each.payment,
            reason=each.reason,
            claim=each.claim.number,
        )

    return row
