"""Payments of a plan as a list, and the balance of each partner."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.money import euro, in_euro
from contempo.network.public import OrganisationLink, organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money, visible_payments, works_for
from contempo.programmes.models import Account, Alliance, Allocation, Partner, Payment, PlanTally, Source
from contempo.programmes.queries.claims.listing import OF_THE_PLAN
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.payments import settlement
from contempo.programmes.rules.plan.tree import SourceKind
from contempo.web.lists import Column, ListPage, build, every_row

ADVANCE, BALANCE = "anticipi", "rendicontazioni"


@dataclass(frozen=True)
class PaymentRow:
    """A payment in a list; amounts in euro for files and in words for the page."""

    paid_on: date
    partner: str
    alliance: str
    what: str
    reference: str
    cents: Decimal
    recovered: Decimal
    cents_text: str
    recovered_text: str
    url: str


_CELLS = "programmes/claims/cells/"
COLUMNS = (
    Column("what", _("Payment")),
    Column("partner", _("Partner")),
    Column("alliance", _("Alliance")),
    Column("paid_on", _("Day of payment"), sort="paid_on"),
    Column("reference", _("Reference")),
    Column("cents", _("Amount paid"), template=f"{_CELLS}cents.html", numeric=True),
    Column("recovered", _("Kept back for the advance"), template=f"{_CELLS}recovered.html", numeric=True),
)
SORT = "-paid_on"


class _Filters(django_filters.FilterSet):
    """What payments may be narrowed by; named as in the address."""

    soggetto = django_filters.ChoiceFilter(
        label=_("Partner"), field_name="account__organisation_id", empty_label=_("All")
    )
    alleanza = django_filters.ChoiceFilter(label=_("Alliance"), method="of_alliance", empty_label=_("All"))
    tipo = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[(ADVANCE, _("Advances")), (BALANCE, _("For claims"))],
        method="of_kind",
        empty_label=_("All"),
    )
    dal = django_filters.DateFilter(
        label=_("Paid from"), field_name="paid_on", lookup_expr="gte", widget=forms.DateInput({"type": "date"})
    )
    al = django_filters.DateFilter(
        label=_("Paid until"), field_name="paid_on", lookup_expr="lte", widget=forms.DateInput({"type": "date"})
    )

    class Meta:
        model = Payment
        fields: tuple[str, ...] = ()

    def __init__(
        self, *, offered: Mapping[str, list[tuple[str, str]]], params: QueryDict, queryset: QuerySet[Payment]
    ) -> None:
        super().__init__(params, queryset)
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = choices

    def of_alliance(self, rows: QuerySet[Payment], name: str, value: str) -> QuerySet[Payment]:
        """To partners of one alliance, or for lines of the plan itself."""
        return rows.filter(account__alliance_id=None if value == OF_THE_PLAN else int(value))

    def of_kind(self, rows: QuerySet[Payment], name: str, value: str) -> QuerySet[Payment]:
        """Advances, or what was paid for claims."""
        return rows.filter(claim__isnull=value == ADVANCE)


@dataclass(frozen=True)
class Balance:
    """What a partner of an alliance has had and has to have, in cents.

    `settled` is what was settled of accepted claims, be it by payments or by the advance; `paid` is the money that went
    out, advances included: `advanced + settled - recovered`. `due` is what the claims waiting for payment give.
    """

    partner: str
    partner_url: str
    alliance: str
    advanced_cents: int
    recovered_cents: int
    accepted_cents: int
    settled_cents: int
    due_cents: int
    accepted_url: str
    paid_url: str

    @property
    def open_cents(self) -> int:
        """What is still to be recovered of the advances."""
        return self.advanced_cents - self.recovered_cents

    @property
    def paid_cents(self) -> int:
        return self.advanced_cents + self.settled_cents - self.recovered_cents

    @property
    def texts(self) -> dict[str, str]:
        """The amounts as people read them."""
        names = ("advanced", "recovered", "open", "accepted", "settled", "paid", "due")
        return {name: in_euro(getattr(self, f"{name}_cents")) for name in names}

    @property
    def advanced(self) -> Decimal:
        return euro(self.advanced_cents)

    @property
    def recovered(self) -> Decimal:
        return euro(self.recovered_cents)

    @property
    def open(self) -> Decimal:
        return euro(self.open_cents)

    @property
    def accepted(self) -> Decimal:
        return euro(self.accepted_cents)

    @property
    def paid(self) -> Decimal:
        return euro(self.paid_cents)

    @property
    def due(self) -> Decimal:
        return euro(self.due_cents)


BALANCE_COLUMNS = (
    Column("partner", _("Partner")),
    Column("alliance", _("Alliance")),
    Column("advanced", _("Advanced")),
    Column("recovered", _("Recovered")),
    Column("open", _("Still to be recovered")),
    Column("accepted", _("Amount accepted")),
    Column("paid", _("Paid out")),
    Column("due", _("To be paid")),
)


@dataclass(frozen=True)
class PaymentsPage:
    """The payments of a plan and the balances of the partners; `total` is the sum of the balances."""

    page: ListPage
    balances: tuple[Balance, ...]
    total: Balance
    may_advance: bool


def payments(actor: Actor, plan: OpenedPlan, params: QueryDict, *, may_advance: bool) -> PaymentsPage:
    """The payments `params` ask for and all balances `actor` may see. Ten SQL at most."""
    found = balances(actor, plan)
    page = build(_filters(actor, plan, params), columns=COLUMNS, to_row=_row_maker(plan), sort=SORT)
    return PaymentsPage(page, found, _sum(found), may_advance)


def payment_rows(actor: Actor, plan: OpenedPlan, params: QueryDict) -> Iterator[PaymentRow]:
    """Every payment that `params` ask for, for a file."""
    return every_row(_filters(actor, plan, params), columns=COLUMNS, to_row=_row_maker(plan), sort=SORT)


def balances(actor: Actor, plan: OpenedPlan) -> tuple[Balance, ...]:
    """The balance of every partner in every alliance that has an account or accepted expenses, by name. Five SQL."""
    accounts = {(each.alliance_id or 0, each.organisation_id): each for each in Account.objects.filter(plan=plan.plan)}
    sums = _tallies(plan)
    due = _due(plan)
    keys = {*accounts, *sums, *due}
    if not may_read_money(actor):
        keys = {key for key in keys if key[1] in works_for(actor)}
    links = organisation_links(plan.plan.network_id, {partner for _alliance, partner in keys})
    alliances = dict(Alliance.objects.filter(plan=plan.plan).values_list("id", "name"))
    order = {key: at for at, key in enumerate(links)}
    own = gettext("The plan itself")
    return tuple(
        _balance(
            plan,
            links[key[1]],
            (key[0], alliances.get(key[0], own)),
            accounts.get(key),
            sums.get(key, {}),
            due.get(key, 0),
        )
        for key in sorted(keys, key=lambda key: (order.get(key[1], 0), key[0]))
        if key[1] in links
    )


def _balance(
    plan: OpenedPlan,
    link: OrganisationLink,
    alliance: tuple[int, str],
    account: Account | None,
    sums: Mapping[str, int],
    payable: int,
) -> Balance:
    advanced, recovered = (account.advanced_cents, account.recovered_cents) if account else (0, 0)
    return Balance(
        partner=link.name,
        partner_url=link.url,
        alliance=alliance[1],
        advanced_cents=advanced,
        recovered_cents=recovered,
        accepted_cents=sums.get("accepted", 0),
        settled_cents=sums.get("paid", 0),
        due_cents=settlement(payable, advanced - recovered).paid,
        accepted_url=f"{plan.url('expenses')}?{urlencode({'soggetto': link.id, 'alleanza': alliance[0]})}",
        paid_url=f"{plan.url('payments')}?{urlencode({'soggetto': link.id, 'alleanza': alliance[0]})}",
    )


def _sum(found: tuple[Balance, ...]) -> Balance:
    names = ("advanced_cents", "recovered_cents", "accepted_cents", "settled_cents", "due_cents")
    sums = {name: sum(getattr(each, name) for each in found) for name in names}
    return Balance(partner=gettext("Total"), partner_url="", alliance="", accepted_url="", paid_url="", **sums)


def _tallies(plan: OpenedPlan) -> dict[tuple[int, int], dict[str, int]]:
    """What was accepted and settled, by alliance and partner, from the kept sums."""
    kept = PlanTally.objects.filter(plan=plan.plan, facet="alliance|partner", measure__in=("accepted", "paid"))
    sums: dict[tuple[int, int], dict[str, int]] = {}
    for key, measure, count in kept.exclude(count=0).values_list("key", "measure", "count"):
        alliance, partner = key.split("|")
        sums.setdefault((int(alliance), int(partner)), {})[measure] = count
    return sums


def _due(plan: OpenedPlan) -> dict[tuple[int, int], int]:
    """What was accepted out of funds and is not paid yet, by alliance and partner, from the kept sums. Two SQL."""
    funds = set(Source.objects.filter(plan=plan.plan, kind=SourceKind.FUND).values_list("id", flat=True))
    kept = PlanTally.objects.filter(plan=plan.plan, facet="alliance|partner|source", measure="owed")
    due: dict[tuple[int, int], int] = {}
    for key, count in kept.exclude(count=0).values_list("key", "count"):
        alliance, partner, source = map(int, key.split("|"))
        if source in funds:
            due[alliance, partner] = due.get((alliance, partner), 0) + count
    return due


def advance_choices(plan: OpenedPlan) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """To whom an advance may be given: partners and leads of each alliance that has funds for them. Four SQL."""
    alliances = {each.id: each for each in Alliance.objects.filter(plan=plan.plan).order_by("position")}
    partners = Partner.objects.filter(alliance__in=alliances).order_by("position")
    members: dict[int, list[int]] = {key: [each.lead_id] for key, each in alliances.items()}
    for alliance_id, organisation_id in partners.values_list("alliance_id", "organisation_id"):
        members[alliance_id].append(organisation_id)
    funds = Allocation.objects.filter(plan=plan.plan, source__kind=SourceKind.FUND, cents__gt=0)
    open_to: dict[int, set[int | None]] = {}
    for alliance_id, partner_id in funds.values_list("line__alliance_id", "partner_id"):
        open_to.setdefault(alliance_id or 0, set()).add(partner_id)
    links = organisation_links(plan.plan.network_id, {each for group in members.values() for each in group})
    return tuple(
        (
            alliances[key].name,
            tuple(
                (f"{partner}-{key}", links[partner].name)
                for partner in dict.fromkeys(group)
                if open_to.get(key, set()) & {None, partner} and partner in links
            ),
        )
        for key, group in members.items()
        if key in open_to
    )


def _filters(actor: Actor, plan: OpenedPlan, params: QueryDict) -> _Filters:
    rows = visible_payments(actor, Payment.objects.filter(plan=plan.plan))
    rows = rows.select_related("account__organisation", "account__alliance", "claim")
    accounts = Account.objects.filter(plan=plan.plan)
    if not may_read_money(actor):
        accounts = accounts.filter(organisation_id__in=works_for(actor))
    links = organisation_links(plan.plan.network_id, accounts.values_list("organisation_id", flat=True))
    partners = [(str(link.id), link.name) for link in links.values()]
    alliances = Alliance.objects.filter(plan=plan.plan).values_list("id", "name")
    offered = {
        "soggetto": partners,
        "alleanza": [*((str(key), name) for key, name in alliances), (OF_THE_PLAN, gettext("The plan itself"))],
    }
    return _Filters(offered=offered, params=params, queryset=rows)


def _row_maker(plan: OpenedPlan) -> Callable[[Payment], PaymentRow]:
    def row(payment: Payment) -> PaymentRow:
        claim, account = payment.claim, payment.account
        what = gettext("Claim %(number)s") % {"number": claim.number} if claim else gettext("Advance")
        return PaymentRow(
            paid_on=payment.paid_on,
            partner=account.organisation.name,
            alliance=account.alliance.name if account.alliance else gettext("The plan itself"),
            what=what,
            reference=payment.reference,
            cents=euro(payment.cents),
            recovered=euro(payment.recovered_cents),
            cents_text=in_euro(payment.cents),
            recovered_text=in_euro(payment.recovered_cents) if payment.recovered_cents else "",
            url=plan.url("claim", number=claim.number) if claim else "",
        )

    return row
