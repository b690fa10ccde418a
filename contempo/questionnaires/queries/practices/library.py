"""The public library of good practices of a network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contempo.core.clock import ROME
from contempo.core.text import normalise
from contempo.network.public import KINDS, kind_names, organisation_links, place_labels
from contempo.people.public import Actor
from contempo.questionnaires.access import may_share, part_of, visible_practices
from contempo.questionnaires.models import Practice
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.queries.practices.words import topic_name
from contempo.questionnaires.rules.needs import need_order
from contempo.questionnaires.rules.states import PracticeState
from contempo.web.lists import Column, ListPage, build, every_row

_START = 220


@dataclass(frozen=True)
class PracticeRow:
    """A practice in the library; `organisation` is empty where it is told without a name."""

    title: str
    topic: str
    organisation: str
    kind: str
    municipality: str
    published: date
    text: str
    url: str

    @property
    def start(self) -> str:
        """How the text begins."""
        return self.text if len(self.text) <= _START else f"{self.text[:_START].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class PracticePage:
    """A practice as everybody reads it. `keep_url` is for who keeps its campaign, empty for others."""

    row: PracticeRow
    organisation_url: str
    campaign: str
    keep_url: str


COLUMNS = (
    Column("title", _("Good practice"), sort="title"),
    Column("text", _("What is done"), template="questionnaires/sharing/cells/start.html"),
    Column("topic", _("Type of need"), sort="topic"),
    Column("organisation", _("Organisation"), sort="organisation__search_name"),
    Column("kind", _("Kind")),
    Column("municipality", _("Municipality"), sort="organisation__municipality__name"),
    Column("published", _("Published"), sort="published_at"),
    Column("url", _("Address"), only_export=True),
)


class _Filters(django_filters.FilterSet):
    """What the library may be narrowed by; named as in the address."""

    q = django_filters.CharFilter(label=_("Words"), method="worded")
    bisogno = django_filters.ChoiceFilter(label=_("Type of need"), field_name="topic", empty_label=_("All"))
    tipo = django_filters.ChoiceFilter(label=_("Kind"), field_name="organisation__kind", empty_label=_("All"))
    comune = django_filters.ChoiceFilter(
        label=_("Municipality"), field_name="organisation__municipality", empty_label=_("All")
    )

    class Meta:
        model = Practice
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Practice]) -> None:
        super().__init__(params, queryset)
        found = queryset.order_by().values_list("topic", "organisation__kind", "organisation__municipality").distinct()
        there = list(found)
        topics = sorted({topic for topic, _kind, _place in there if topic}, key=need_order)
        kinds = {kind for _topic, kind, _place in there if kind}
        names = kind_names(kind for kind in KINDS if kind in kinds)
        places = sorted(place_labels(place for *_rest, place in there if place).items(), key=lambda each: each[1])
        self.filters["bisogno"].extra["choices"] = [(topic, topic_name(topic)) for topic in topics]
        self.filters["tipo"].extra["choices"] = list(names.items())
        self.filters["comune"].extra["choices"] = places

    def worded(self, rows: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        """With each of these words in title, text or name of the organisation."""
        for word in value.split()[:8]:
            plain = normalise(word)
            told = Q(title__icontains=word) | Q(text__icontains=word)
            rows = rows.filter(told | Q(organisation__search_name__contains=plain))
        return rows


def library(actor: Actor, params: QueryDict) -> ListPage:
    """The page of the library that `params` ask for. Four SQL."""
    return build(_filters(actor, params), columns=COLUMNS, to_row=row_of, sort="-published")


def library_rows(actor: Actor, params: QueryDict) -> Iterator[PracticeRow]:
    """Every practice that `params` ask for, for a file."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=row_of, sort="-published")


def practice_page(actor: Actor, practice_id: int) -> PracticePage | None:
    """One practice of the library; None when it is not in it, whoever asks. Three SQL at most."""
    practice = _published(actor).filter(pk=practice_id).first()
    if practice is None:
        return None
    links = organisation_links(practice.campaign.network_id, [practice.organisation_id])
    link = links.get(practice.organisation_id or 0)
    keep = ""
    if may_share(part_of(actor, practice.campaign)):
        where = {"network": practice.campaign.network.slug, "campaign": practice.campaign.number}
        keep = reverse("questionnaires:campaign_practice", kwargs={**where, "practice": practice.pk})
    return PracticePage(row_of(practice), link.url if link else "", title_of(practice.campaign), keep)


def latest_practices(network_id: int, limit: int) -> tuple[PracticeRow, ...]:
    """The practices of a network that came last into the library. One SQL."""
    rows = Practice.objects.filter(campaign__network_id=network_id, state=PracticeState.PUBLISHED.value)
    return tuple(row_of(practice) for practice in _joined(rows).order_by("-published_at", "-id")[:limit])


def row_of(practice: Practice) -> PracticeRow:
    """A practice read with all it is joined to."""
    organisation = practice.organisation
    place = organisation.municipality if organisation else None
    assert practice.published_at is not None
    return PracticeRow(
        title=practice.title,
        topic=topic_name(practice.topic) if practice.topic else "",
        organisation=organisation.name if organisation else "",
        kind=organisation.get_kind_display() if organisation else "",
        municipality=str(place) if place else "",
        published=practice.published_at.astimezone(ROME).date(),
        text=practice.text,
        url=reverse("questionnaires:practice", args=[practice.campaign.network.slug, practice.pk]),
    )


def _joined(rows: QuerySet[Practice]) -> QuerySet[Practice]:
    return rows.select_related("organisation__municipality", "campaign__network")


def _published(actor: Actor) -> QuerySet[Practice]:
    rows = visible_practices(actor, Practice.objects.filter(state=PracticeState.PUBLISHED.value))
    return _joined(rows)


def _filters(actor: Actor, params: QueryDict) -> _Filters:
    return _Filters(params, _published(actor))
