"""Templates of answers as a list, and one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.verdict import require
from contempo.helpdesk.access import is_staff, may_work_at_desk
from contempo.helpdesk.models import AnswerTemplate
from contempo.helpdesk.rules.templates import VARIABLE_MEANINGS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class TemplateRow:
    """A template in the list."""

    title: str
    topic: str
    language: str
    text: str
    url: str


@dataclass(frozen=True)
class Template:
    """A template to write with or to change; `typed` as its form begins."""

    id: int
    title: str
    text: str
    typed: dict[str, Any]


COLUMNS = (
    Column("title", _("Title"), sort="title"),
    Column("topic", _("Topic")),
    Column("language", _("Language"), sort="language"),
    Column("text", _("Text"), only_export=True),
)


class _Filters(django_filters.FilterSet):
    """What templates may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Words of the template"), method="with_words")
    argomento = django_filters.ChoiceFilter(
        label=_("Topic"), choices=choices(TOPIC_LABELS), field_name="topic", empty_label=_("All")
    )
    lingua = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, field_name="language", empty_label=_("All")
    )

    class Meta:
        model = AnswerTemplate
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[AnswerTemplate], name: str, text: str) -> QuerySet[AnswerTemplate]:
        """With these words in title or text: templates are some dozens."""
        return rows.filter(Q(title__icontains=text.strip()) | Q(text__icontains=text.strip()))


def template_list(actor: Actor, *, network: str, params: QueryDict) -> ListPage:
    """The templates of the actor's network; `network` is the slug. Two SQL. Raises NotPermitted."""
    return build(_filters(actor, params), columns=COLUMNS, to_row=_row_maker(network), sort="title")


def template_rows(actor: Actor, *, network: str, params: QueryDict) -> Iterator[TemplateRow]:
    """Every template that `params` ask for, for a file. Raises NotPermitted."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=_row_maker(network), sort="title")


def one(actor: Actor, key: int | str) -> Template | None:
    """A template of the actor's network, for who works at the desk; None when there is none. One SQL."""
    if not is_staff(actor) or not str(key).isdecimal() or len(str(key)) > 15:
        return None
    row = AnswerTemplate.objects.filter(pk=int(key), network_id=actor.network_id).first()
    if row is None:
        return None
    typed = {"title": row.title, "text": row.text, "topic": row.topic, "language": row.language}
    return Template(row.pk, row.title, row.text, typed)


def variables() -> tuple[tuple[str, str], ...]:
    """What may stand between braces in a template, and what for."""
    return tuple((f"{{{{{name}}}}}", gettext(meaning)) for name, meaning in VARIABLE_MEANINGS.items())


def _filters(actor: Actor, params: QueryDict) -> _Filters:
    require(may_work_at_desk(actor))
    return _Filters(params, AnswerTemplate.objects.filter(network_id=actor.network_id))


def _row_maker(network: str) -> Callable[[AnswerTemplate], TemplateRow]:
    def to_row(row: AnswerTemplate) -> TemplateRow:
        return TemplateRow(
            title=row.title,
            topic=row.get_topic_display() if row.topic else gettext("Any"),
            language=row.get_language_display(),
            text=row.text,
            url=reverse("helpdesk:template", kwargs={"network": network, "template_id": row.pk}),
        )

    return to_row
