"""The registry: every organisation of a network, member or not, as a list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.verdict import require
from contempo.network.access import may_read_queue, visible_organisations
from contempo.network.models import Organisation
from contempo.network.queries.municipalities import places_to_choose
from contempo.network.queries.tallies import tallies
from contempo.network.queries.words import named_like
from contempo.network.rules.organisations import (
    KIND_LABELS,
    PRIORITY_LABELS,
    SIZE_BOUNDS,
    SIZE_LABELS,
    size_class,
)
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row

MEMBERS, OTHERS = "si", "no"


@dataclass(frozen=True)
class RegistryRow:
    """An organisation of the registry; `size` is empty and `headcount` None when nobody has said."""

    name: str
    kind: str
    municipality: str
    size: str
    priorities: tuple[str, ...]
    member_since: date | None
    tax_code: str
    vat_number: str
    ipa_code: str
    ateco_code: str
    legal_form: str
    headcount: int | None
    website: str
    pec: str
    email: str
    phone: str
    url: str


COLUMNS = (
    Column("name", _("Name"), sort="search_name"),
    Column("kind", _("Kind")),
    Column("municipality", _("Municipality")),
    Column("size", _("Size")),
    Column("member_since", _("Member since"), sort="member_since", template="network/agency/cells/member.html"),
    Column("priorities", _("Priorities"), only_export=True),
    Column("legal_form", _("Legal form"), only_export=True),
    Column("tax_code", _("Tax code"), only_export=True),
    Column("vat_number", _("VAT number"), only_export=True),
    Column("ipa_code", _("IPA code"), only_export=True),
    Column("ateco_code", _("ATECO code"), only_export=True),
    Column("headcount", _("People who work there"), only_export=True),
    Column("website", _("Website"), only_export=True),
    Column("pec", _("Certified e-mail (PEC)"), only_export=True),
    Column("email", _("E-mail"), only_export=True),
    Column("phone", _("Telephone"), only_export=True),
)
_SORT = "name"
_UNKNOWN = "ignota"


class _Filters(django_filters.FilterSet):
    """What the registry may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name or tax code"), method="find")
    adesione = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Member of the network"),
        choices=[(MEMBERS, _("Members")), (OTHERS, _("Not members"))],
        method="joined",
    )
    tipo = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Kind"), choices=choices(KIND_LABELS), field_name="kind"
    )
    comune = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Municipality"), field_name="municipality_id")
    dimensione = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Size"),
        choices=[*choices(SIZE_LABELS), (_UNKNOWN, _("Not known"))],
        method="sized",
    )
    priorita = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Priority"), choices=choices(PRIORITY_LABELS), method="wanting"
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def __init__(self, *, places: list[tuple[str, str]], params: QueryDict, queryset: QuerySet[Organisation]) -> None:
        super().__init__(params, queryset)
        self.filters["comune"].extra["choices"] = places

    def find(self, rows: QuerySet[Organisation], name: str, text: str) -> QuerySet[Organisation]:
        """By tax code or by words of the name, as the text looks."""
        if len(code := "".join(text.split()).upper()) in (11, 16) and any(sign.isdecimal() for sign in code):
            return rows.filter(tax_code=code)
        return named_like(rows, text)

    def joined(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Members, or all others."""
        return rows.filter(member_since__isnull=value == OTHERS)

    def sized(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """With a headcount of this class."""
        if value == _UNKNOWN:
            return rows.filter(headcount__isnull=True)
        least, beyond = SIZE_BOUNDS[value]
        rows = rows.filter(headcount__gte=least)
        return rows if beyond is None else rows.filter(headcount__lt=beyond)

    def wanting(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """With this among its priorities."""
        return rows.filter(priorities__contains=[value])


def registry(actor: Actor, *, network: str, params: QueryDict) -> ListPage:
    """The page of the registry that `params` ask for; `network` is the slug. At most four SQL.

    The total is a kept count when at most one filter is set beside membership. Raises NotPermitted.
    """
    kept = tallies(actor.network_id, *_TALLIES)
    filters = _filters(actor, params, kept["organisations_by_municipality"])
    filters.is_valid()
    total = _kept_total(filters.form.cleaned_data, kept)
    return build(filters, columns=COLUMNS, to_row=_row_maker(network), sort=_SORT, total=total)


def registry_rows(actor: Actor, *, network: str, params: QueryDict) -> Iterator[RegistryRow]:
    """Every organisation that `params` ask for, for a file. Raises NotPermitted."""
    kept = tallies(actor.network_id, "organisations_by_municipality")
    filters = _filters(actor, params, kept["organisations_by_municipality"])
    return every_row(filters, columns=COLUMNS, to_row=_row_maker(network), sort=_SORT)


def _filters(actor: Actor, params: QueryDict, by_place: Mapping[str, int]) -> _Filters:
    require(may_read_queue(actor))
    organisations = visible_organisations(actor, Organisation.objects.select_related("municipality"))
    return _Filters(
        places=places_to_choose(by_place, params.get("comune", "")),
        params=params,
        queryset=organisations.defer("description", "experience", "territory", "aims", "name_words"),
    )


_TALLIES = (
    "organisations",
    "members",
    *(f"{who}_by_{what}" for who in ("organisations", "members") for what in ("kind", "municipality", "priority")),
    "organisations_by_size",
)
_TALLIED_BY = {"tipo": "kind", "comune": "municipality", "priorita": "priority", "dimensione": "size"}


def _kept_total(cleaned: Mapping[str, str], kept: Mapping[str, Mapping[str, int]]) -> int | None:
    """How many rows the filters leave, when the kept counts tell; None when rows must be counted."""
    chosen = {name: value for name, value in cleaned.items() if value}
    joined = chosen.pop("adesione", "")
    if len(chosen) > 1 or "cerca" in chosen or _UNKNOWN in chosen.values():
        return None
    name, key = next(iter(chosen.items()), ("", "all"))
    of_all = f"organisations_by_{_TALLIED_BY[name]}" if name else "organisations"
    of_members = of_all.replace("organisations", "members")
    if joined and of_members not in kept:
        return None
    members = kept.get(of_members, {}).get(key, 0)
    everybody = kept[of_all].get(key, 0)
    return {MEMBERS: members, OTHERS: everybody - members}.get(joined, everybody)


def _row_maker(network: str) -> Callable[[Organisation], RegistryRow]:
    def to_row(organisation: Organisation) -> RegistryRow:
        size = size_class(organisation.headcount)
        return RegistryRow(
            name=organisation.name,
            kind=organisation.get_kind_display(),
            municipality=organisation.municipality.name if organisation.municipality else "",
            size=gettext(SIZE_LABELS[size]) if size else "",
            priorities=tuple(gettext(PRIORITY_LABELS[each]) for each in organisation.priorities),
            member_since=organisation.member_since,
            tax_code=organisation.tax_code,
            vat_number=organisation.vat_number,
            ipa_code=organisation.ipa_code,
            ateco_code=organisation.ateco_code,
            legal_form=organisation.legal_form,
            headcount=organisation.headcount,
            website=organisation.website,
            pec=organisation.pec,
            email=organisation.email,
            phone=organisation.phone,
            url=reverse("network:organisation", kwargs={"network": network, "organisation_id": organisation.id}),
        )

    return to_row
