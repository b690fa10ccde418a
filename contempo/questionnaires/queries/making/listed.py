"""The questionnaires one may see, as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.workflow import Look
from contempo.network.public import organisation_names
from contempo.people.public import Actor
from contempo.questionnaires.access import makes_for, visible_questionnaires
from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.queries.making.opened import title_of
from contempo.questionnaires.rules.states import PURPOSE_LABELS, VERSION_LABELS, VersionState
from contempo.web.lists import Column, ListPage, build, every_row

VERSION_LOOKS = {
    VersionState.DRAFT: Look(VERSION_LABELS[VersionState.DRAFT], "warning", "it-pencil"),
    VersionState.PUBLISHED: Look(VERSION_LABELS[VersionState.PUBLISHED], "success", "it-check-circle"),
}


@dataclass(frozen=True)
class FormRow:
    """A questionnaire in the list: `published` is the number of its last published version, None before the first."""

    title: str
    purpose: str
    keeper: str
    states: tuple[Look, ...]
    published: int | None
    changed_at: datetime
    number: int
    url: str


COLUMNS = (
    Column("title", _("Questionnaire"), sort="title"),
    Column("purpose", _("Purpose"), sort="purpose"),
    Column("keeper", _("Kept by"), sort="organisation__name"),
    Column("states", _("State"), template="questionnaires/making/cells/states.html"),
    Column("published", _("Published version"), sort="published_number", numeric=True),
    Column("changed_at", _("Last changed"), sort="last_change"),
    Column("number", _("Number"), only_export=True),
)


class FormFilters(django_filters.FilterSet):
    """What the questionnaires may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Words of the title"), method="worded")
    scopo = django_filters.ChoiceFilter(
        label=_("Purpose"), choices=choices(PURPOSE_LABELS), field_name="purpose", empty_label=_("All")
    )
    stato = django_filters.ChoiceFilter(
        label=_("State"), choices=choices(VERSION_LABELS), method="in_state", empty_label=_("All")
    )
    di = django_filters.ChoiceFilter(label=_("Kept by"), method="kept_by", empty_label=_("All"))

    class Meta:
        model = Questionnaire
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Questionnaire], *, keepers: dict[str, str]) -> None:
        super().__init__(params, queryset)
        if len(keepers) > 1:
            self.filters["di"].extra["choices"] = list(keepers.items())
        else:
            del self.filters["di"]

    def worded(self, rows: QuerySet[Questionnaire], name: str, text: str) -> QuerySet[Questionnaire]:
        """With each word of `text` in one of the titles."""
        for word in text.split()[:8]:
            rows = rows.filter(Q(title__icontains=word) | Q(title_en__icontains=word))
        return rows

    def in_state(self, rows: QuerySet[Questionnaire], name: str, state: str) -> QuerySet[Questionnaire]:
        """With a version being written, or with a published one."""
        return rows.filter(pk__in=Version.objects.filter(state=state).values("questionnaire"))

    def kept_by(self, rows: QuerySet[Questionnaire], name: str, keeper: str) -> QuerySet[Questionnaire]:
        """Of the network itself (0), or of an organisation."""
        return rows.filter(organisation=None) if keeper == "0" else rows.filter(organisation_id=int(keeper))


def keepers_of(actor: Actor) -> dict[str, str]:
    """For whom `actor` may make questionnaires, by number of the organisation (0: the network). One SQL at most."""
    mine = makes_for(actor)
    names = organisation_names([one for one in mine if one is not None])
    found = {"0": _now("The network")} if None in mine else {}
    return found | {str(key): name for key, name in sorted(names.items(), key=lambda pair: pair[1].casefold())}


def forms_page(actor: Actor, params: QueryDict) -> ListPage:
    """The page of questionnaires that `params` ask for. Four SQL at most."""
    return build(_filters(actor, params), columns=COLUMNS, to_row=_row, sort="-changed_at")


def form_rows(actor: Actor, params: QueryDict) -> Iterator[FormRow]:
    """Every questionnaire that `params` ask for, for a file."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=_row, sort="-changed_at")


def _filters(actor: Actor, params: QueryDict) -> FormFilters:
    versions = Version.objects.filter(questionnaire=OuterRef("pk")).order_by("-number")
    rows = visible_questionnaires(actor, Questionnaire.objects.select_related("network", "organisation")).annotate(
        published_number=Subquery(versions.filter(state=VersionState.PUBLISHED.value).values("number")[:1]),
        draft_number=Subquery(versions.filter(state=VersionState.DRAFT.value).values("number")[:1]),
        last_change=Max("versions__changed_at"),
    )
    return FormFilters(params, rows, keepers=keepers_of(actor))


def _row(form: Questionnaire) -> FormRow:
    states = []
    if form.published_number is not None:  # type: ignore[attr-defined]
        states.append(VERSION_LOOKS[VersionState.PUBLISHED])
    if form.draft_number is not None:  # type: ignore[attr-defined]
        states.append(VERSION_LOOKS[VersionState.DRAFT])
    return FormRow(
        title=title_of(form),
        purpose=form.get_purpose_display(),
        keeper=form.organisation.name if form.organisation else _now("The network"),
        states=tuple(states),
        published=form.published_number,  # type: ignore[attr-defined]
        changed_at=form.last_change,  # type: ignore[attr-defined]
        number=form.number,
        url=reverse("questionnaires:form", kwargs={"network": form.network.slug, "form": form.number}),
    )
