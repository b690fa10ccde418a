"""Rates by invitation and by covered unit, divided by what invitations and units have; each number opens its list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.questionnaires.access import may_follow, may_keep
from contempo.questionnaires.queries.board.publishing import merged_outcomes, merged_units
from contempo.questionnaires.queries.board.sums import Sums, sums
from contempo.questionnaires.queries.board.tables import Opening, in_order, page_of
from contempo.questionnaires.queries.board.told import Rate, by_invitation, by_unit
from contempo.questionnaires.queries.board.words import FACETS, PARAMETERS, UNKNOWN, channel_order, names_of, percent
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.rates import DISPOSITIONS, GROUP_LABELS, Group, Outcome, UnitCount
from contempo.questionnaires.rules.states import INVITATION
from contempo.web.lists import Column, ListPage

BY_INVITATION, BY_UNIT = "inviti", "unita"
INVITATION_FACETS = ("channel", "kind", "size", "municipality", "delegate")
UNIT_FACETS = (*INVITATION_FACETS, "stratum")

_CELL = "questionnaires/board/cells/count.html"
_PERCENT = "questionnaires/board/cells/percent.html"


@dataclass(frozen=True)
class InvitationRates:
    """The invitations of one value: each group of dispositions, all of the denominator, the rates in percent."""

    name: str
    place: int
    cases: Opening
    complete: Opening
    partial: Opening
    refusal: Opening
    unknown: Opening
    rr1: float | None
    rr2: float | None
    not_eligible: Opening
    passed_on: Opening


@dataclass(frozen=True)
class UnitRates:
    """The units of one value: those concerned, covered, missing; the rate in percent; those not concerned."""

    name: str
    place: int
    eligible: Opening
    covered: Opening
    missing: Opening
    rate: float | None
    left_out: Opening


@dataclass(frozen=True)
class Definition:
    """A disposition as it is counted: our state in words, its code and name in the Standard Definitions, its group."""

    state: str
    code: str
    name: str
    group: str
    letter: str


@dataclass(frozen=True)
class RatesPage:
    """Rates divided by one facet; `told` are those of all together, `merged` whether small groups stand together."""

    page: ListPage
    by_unit: bool
    told: tuple[Rate, ...]
    merged: bool


_Counts = TypeVar("_Counts", Outcome, UnitCount)
_Url = Callable[[str], str]
_Told = tuple[list[InvitationRates | UnitRates], tuple[Rate, ...], bool]
"""Rows, the rates of all of them, and whether small ones were taken together."""

INVITATION_COLUMNS = (
    Column("name", _("Divided by"), sort="place"),
    Column("complete", _("Answered (I)"), sort="complete", numeric=True, template=_CELL),
    Column("partial", _("Half answered (P)"), sort="partial", numeric=True, template=_CELL),
    Column("refusal", _("Refused or left (R)"), sort="refusal", numeric=True, template=_CELL),
    Column("unknown", _("Not heard (UO)"), sort="unknown", numeric=True, template=_CELL),
    Column("cases", _("Denominator"), sort="cases", numeric=True, template=_CELL),
    Column("rr1", _("RR1"), sort="rr1", numeric=True, template=_PERCENT),
    Column("rr2", _("RR2"), sort="rr2", numeric=True, template=_PERCENT),
    Column("not_eligible", _("Not concerned"), sort="not_eligible", numeric=True, template=_CELL),
    Column("passed_on", _("Passed on"), sort="passed_on", numeric=True, template=_CELL),
)
UNIT_COLUMNS = (
    Column("name", _("Divided by"), sort="place"),
    Column("covered", _("Covered"), sort="covered", numeric=True, template=_CELL),
    Column("missing", _("Not covered yet"), sort="missing", numeric=True, template=_CELL),
    Column("eligible", _("Denominator"), sort="eligible", numeric=True, template=_CELL),
    Column("rate", _("Units covered"), sort="rate", numeric=True, template=_PERCENT),
    Column("left_out", _("Not concerned"), sort="left_out", numeric=True, template=_CELL),
)


class _Form(forms.Form):
    """What is counted, and what it is divided by."""

    conta = forms.ChoiceField(
        label=_("What is counted"),
        choices=[(BY_INVITATION, _("Invitations")), (BY_UNIT, _("Units covered"))],
        required=False,
    )
    per = forms.ChoiceField(label=_("Divided by"), required=False)

    def __init__(self, params: QueryDict, *, units: bool) -> None:
        super().__init__(params)
        if not units:
            del self.fields["conta"]
        self.by_unit = units and params.get("conta") == BY_UNIT
        facets = UNIT_FACETS if self.by_unit else INVITATION_FACETS
        self.fields["per"].choices = [(PARAMETERS[facet], gettext(FACETS[facet])) for facet in facets]  # type: ignore[attr-defined]
        asked = params.get("per", "")
        self.facet = next((facet for facet in facets if PARAMETERS[facet] == asked), facets[0])


def rates(opened: OpenedCampaign, params: QueryDict) -> RatesPage:
    """The rates as `params` ask for them. Two SQL, whatever the number of invitations and answers."""
    form = _Form(params, units=not opened.campaign.anonymous)
    rows, told, merged = _rows(opened, form)
    page = page_of(rows, columns=columns_of(form.by_unit), params=params, form=form, sort="name")
    return RatesPage(page, form.by_unit, told, merged)


def every_rate(
    opened: OpenedCampaign, params: QueryDict
) -> tuple[list[InvitationRates | UnitRates], tuple[Column, ...]]:
    """All rows, and their columns, for a file."""
    form = _Form(params, units=not opened.campaign.anonymous)
    columns = columns_of(form.by_unit)
    return in_order(_rows(opened, form)[0], columns=columns, params=params, sort="name")[0], columns


def columns_of(by_unit: bool) -> tuple[Column, ...]:
    """The columns of rates by unit, or by invitation."""
    return UNIT_COLUMNS if by_unit else INVITATION_COLUMNS


def definitions() -> tuple[Definition, ...]:
    """How each state of an invitation is counted."""
    return tuple(
        Definition(
            state=gettext(INVITATION.looks[state].label) if state in INVITATION.looks else gettext("Half answered"),
            code=one.code,
            name=gettext(one.name),
            group=gettext(GROUP_LABELS[one.group]),
            letter="" if one.group == Group.NO_CASE else one.group.value,
        )
        for state, one in DISPOSITIONS.items()
    )


def _rows(opened: OpenedCampaign, form: _Form) -> _Told:
    kept = sums(opened.campaign.pk, f"{'unit' if form.by_unit else 'invitation'}.{form.facet}")
    return _by_unit(opened, kept, form.facet) if form.by_unit else _by_invitation(opened, kept, form.facet)


def _by_invitation(opened: OpenedCampaign, kept: Sums, facet: str) -> _Told:
    found, others = merged_outcomes(opened, kept.outcomes(facet))
    address = _address(opened.url("behind") if may_follow(opened.part) else "", facet, "esito")
    rows = _divided(facet, found, others, _invitation_row, address)
    return rows, by_invitation(opened, kept.outcome(facet)), others is not None


def _by_unit(opened: OpenedCampaign, kept: Sums, facet: str) -> _Told:
    found, others = merged_units(opened, kept.units.get(facet, {}))
    address = _address(opened.url("coverage") if may_keep(opened.part) else "", facet, "stato")
    rows = _divided(facet, found, others, _unit_row, address)
    return rows, by_unit(opened, kept.unit_count(facet)), others is not None


def _divided(
    facet: str,
    found: Mapping[str, _Counts],
    others: _Counts | None,
    row: Callable[[str, int, _Counts, _Url], InvitationRates | UnitRates],
    address: Callable[[str], _Url],
) -> list[InvitationRates | UnitRates]:
    """A row for each value of a facet, and one for the small ones together."""
    ordered = enumerate(_ordered(facet, found))
    rows = [row(name, place, found[value], address(value)) for place, (value, name) in ordered]
    if others is not None:
        rows.append(row(gettext("Other groups, together"), len(rows), others, _nowhere))
    return rows


def _ordered(facet: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """The values of a facet with their names: channels in their order, the others by name, what is not known last."""
    names = names_of(facet, values)
    return sorted(
        names.items(), key=lambda one: (not one[0], channel_order(one[0]) if facet == "channel" else 0, one[1])
    )


def _address(url: str, facet: str, parameter: str) -> Callable[[str], _Url]:
    """Makes what makes the address of the records of a value, of the outcome that `parameter` asks for; empty where
    there is no `url`.
    """

    def of(value: str) -> _Url:
        where = f"&{PARAMETERS[facet]}={value or UNKNOWN}"
        return lambda asked: f"{url}?{parameter}={asked}{where}" if url else ""

    return of


def _nowhere(_outcome: str) -> str:
    return ""


def _invitation_row(name: str, place: int, out: Outcome, url: _Url) -> InvitationRates:
    return InvitationRates(
        name=name,
        place=place,
        cases=Opening(out.cases, url("casi")),
        complete=Opening(out.complete, url(Group.COMPLETE)),
        partial=Opening(out.partial, url(Group.PARTIAL)),
        refusal=Opening(out.refusal, url(Group.REFUSAL)),
        unknown=Opening(out.unknown, url(Group.UNKNOWN)),
        rr1=percent(out.rr1),
        rr2=percent(out.rr2),
        not_eligible=Opening(out.not_eligible, url(Group.NOT_ELIGIBLE)),
        passed_on=Opening(out.passed_on, url(Group.NO_CASE)),
    )


def _unit_row(name: str, place: int, count: UnitCount, url: _Url) -> UnitRates:
    return UnitRates(
        name=name,
        place=place,
        eligible=Opening(count.eligible, url("coinvolte")),
        covered=Opening(count.covered, url("coperte")),
        missing=Opening(count.missing, url("scoperte")),
        rate=percent(count.rate),
        left_out=Opening(count.left_out, url("non-coinvolte")),
    )
