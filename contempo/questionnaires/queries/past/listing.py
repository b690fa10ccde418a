"""The surveys of the past, and one of them as who brings its data sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import django_filters
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core import files
from contempo.core.choices import choices
from contempo.core.clock import ROME
from contempo.core.imports import Field
from contempo.core.imports.keeping import is_workbook
from contempo.core.imports.tables import Heads, Layout, look, rows
from contempo.core.imports.values import BadCell, as_text, clean
from contempo.people.public import Actor
from contempo.questionnaires.models import Aggregate, Campaign, Response, Version
from contempo.questionnaires.queries.opened import OpenedCampaign, title_of
from contempo.questionnaires.rules.past.guessing import Column as TableColumn
from contempo.questionnaires.rules.past.guessing import guessed
from contempo.questionnaires.rules.states import ORIGIN_LABELS, Origin, VersionState
from contempo.web.lists import Column, ListPage, build, every_row

_OWNER = "questionnaires.past"
_MOST_ROWS = 5_000
"""Rows that are looked at to guess what a column is."""

_PAST = {key: label for key, label in ORIGIN_LABELS.items() if key != Origin.HERE}


@dataclass(frozen=True)
class PastRow:
    """A survey of the past."""

    title: str
    origin: str
    since: date
    last: date
    url: str


COLUMNS = (
    Column("title", _("Survey"), sort="title"),
    Column("origin", _("What is left of it"), sort="origin"),
    Column("since", _("First day"), sort="opens_at"),
    Column("last", _("Last day"), sort="closes_at"),
)


@dataclass(frozen=True)
class PastPage:
    """A survey of the past: how much of it is here, and what to do next. `columns_url` is set while its questionnaire
    is still to be made of its table.
    """

    aggregates: bool
    responses: int
    figures: int
    columns_url: str
    imports_url: str
    template_url: str
    kind: str


@dataclass(frozen=True)
class Seen:
    """A table that waits for a person to say what its columns are."""

    heads: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    samples: tuple[str, ...]


class _Filters(django_filters.FilterSet):
    """Named as in the address."""

    dati = django_filters.ChoiceFilter(
        label=_("What is left of it"), field_name="origin", choices=choices(_PAST), empty_label=_("All")
    )

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ()


def past(actor: Actor, params: QueryDict) -> ListPage:
    """The surveys of the past of a network. Two SQL."""
    return build(_filters(actor, params), columns=COLUMNS, to_row=_to_row, sort="-last")


def past_rows(actor: Actor, params: QueryDict) -> Iterator[PastRow]:
    """Every survey of the past that `params` ask for, for a file."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=_to_row, sort="-last")


def past_page(opened: OpenedCampaign) -> PastPage:
    """One survey of the past. Two SQL."""
    campaign = opened.campaign
    kind = f"{_OWNER}-{campaign.pk}"
    to_tell = campaign.version.state == VersionState.DRAFT
    where = [campaign.network.slug, kind, campaign.pk]
    return PastPage(
        aggregates=campaign.origin == Origin.AGGREGATES,
        responses=Response.objects.filter(campaign=campaign).count(),
        figures=Aggregate.objects.filter(campaign=campaign).count(),
        columns_url=reverse("questionnaires:past_columns", args=[where[0], campaign.number]) if to_tell else "",
        imports_url="" if to_tell else reverse("imports:runs", args=where),
        template_url="" if to_tell else reverse("imports:template", args=where),
        kind=kind,
    )


def seen(opened: OpenedCampaign) -> Seen | None:
    """The table that waits, with what each column seems to be; None when there is none. Two SQL."""
    found = files.attachments_of(_OWNER, opened.campaign.pk)
    if opened.campaign.version.state != VersionState.DRAFT or not found:
        return None
    attachment = found[0]
    looked = look(attachment.path, is_workbook=is_workbook(attachment), layout=Layout(), heads=_heads())
    values: list[list[str]] = [[] for _head in looked.heads]
    for _line, cells in islice(rows(attachment.path, looked.layout, after=looked.head_line), _MOST_ROWS):
        for number, cell in enumerate(cells[: len(values)]):
            if cell is not None and not isinstance(cell, BadCell) and (text := clean(as_text(cell))):
                values[number].append(text)
    names = [head or gettext("Column %(number)s") % {"number": number} for number, head in enumerate(looked.heads, 1)]
    columns = tuple(guessed(number, head, values[number]) for number, head in enumerate(names))
    samples = tuple(", ".join(dict.fromkeys(each[:4]))[:160] for each in values)
    return Seen(looked.heads, columns, samples)


def versions_to_choose(actor: Actor) -> list[tuple[int, str]]:
    """The published versions of the network's questionnaires, newest first. One SQL."""
    found = Version.objects.filter(
        questionnaire__network_id=actor.network_id, questionnaire__organisation=None, state=VersionState.PUBLISHED.value
    )
    told = found.order_by("questionnaire__title", "-number").values_list("pk", "questionnaire__title", "number")
    name = gettext("%(title)s, version %(number)s")
    return [(pk, name % {"title": title, "number": number}) for pk, title, number in told]


def _heads() -> Heads:
    """Words by which the row of heads is found above the others: those of what a table knows beside its questions."""
    return Heads((Field("number", "ID", aliases=("Numero", "Comune", "Data")),), lambda message: (message,))


def _filters(actor: Actor, params: QueryDict) -> _Filters:
    rows_of = Campaign.objects.filter(network_id=actor.network_id, organisation=None).exclude(origin=Origin.HERE.value)
    return _Filters(params, rows_of.select_related("network"))


def _to_row(campaign: Campaign) -> PastRow:
    return PastRow(
        title=title_of(campaign),
        origin=campaign.get_origin_display(),
        since=campaign.opens_at.astimezone(ROME).date(),
        last=campaign.closes_at.astimezone(ROME).date(),
        url=reverse("questionnaires:past_one", args=[campaign.network.slug, campaign.number]),
    )
