"""What the desk offers to whoever measures: questions answered, the promise kept, entries published.

Questions count, as in the figures of the desk, in the period in which they were received.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import get_language, gettext

from contempo.core.words import N_
from contempo.helpdesk.access import may_coordinate
from contempo.helpdesk.models import Entry, Question, Revision
from contempo.helpdesk.queries.figures.counting import COLUMNS, NOT_TOLD
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import place_labels
from contempo.programmes.public import Dimension, IndicatorSource, Scope, Unit, as_records, register_indicator_source

_DIMENSIONS = frozenset({Dimension.MUNICIPALITY, Dimension.OTHER})


def register_sources() -> None:
    """Offer the records of the desk; called once when the application starts."""
    for source in _SOURCES:
        register_indicator_source(source)


def _questions(scope: Scope) -> "QuerySet[Question]":
    begin, end = scope.instants
    rows = Question.objects.filter(network_id=scope.network_id, received_at__gte=begin, received_at__lt=end)
    for name, column in COLUMNS.items():
        if wanted := scope.chosen(name):
            known = [value for value in wanted if value != NOT_TOLD]
            untold = Q(**{column: ""}) if column != "municipality_id" else Q(municipality=None)
            rows = rows.filter(Q(**{f"{column}__in": known}) | (untold if NOT_TOLD in wanted else Q(pk__in=())))
    return rows


def _listed(rows: "QuerySet[Question]", *, counted: Any = None) -> Any:
    number = Cast("number", CharField())
    return as_records(
        rows,
        key=number,
        label=Concat(Value(f"{gettext('Question')} "), number, output_field=CharField()),
        page=number,
        counted=counted,
        municipality="municipality_id",
        other="topic",
    )


def _answered(scope: Scope) -> Any:
    return _listed(_questions(scope).filter(minutes_to_answer__isnull=False))


def _within(scope: Scope) -> Any:
    return _listed(_questions(scope).filter(within__isnull=False), counted=F("within"))


def _entries(scope: Scope) -> Any:
    """Entries first published in the scope, those retired since included."""
    begin, end = scope.instants
    rows = Entry.objects.filter(network_id=scope.network_id, published_at__gte=begin, published_at__lt=end)
    if topics := scope.chosen("topic"):
        rows = rows.filter(topics__overlap=list(topics))
    current = Revision.objects.filter(entry=OuterRef("pk"), current=True)
    own = current.filter(language=(get_language() or "it")[:2]).values("title")[:1]
    first = current.filter(language=OuterRef("language")).values("title")[:1]
    title = Coalesce(Subquery(own), Subquery(first), F("slug"), output_field=CharField())
    return as_records(rows, key="number", label=title, page="slug")


def _words(dimension: Dimension, keys: Iterable[str]) -> Mapping[str, str]:
    if dimension is Dimension.MUNICIPALITY:
        return place_labels(keys)
    return {key: gettext(TOPIC_LABELS[key]) for key in keys if key in TOPIC_LABELS}


def _question_url(network: str, page: str) -> str:
    return f"/{network}/esperti/domande/{page}/"


def _entry_url(network: str, page: str) -> str:
    return f"/{network}/sportello/catalogo/{page}/"


def _coordinates(actor: Any) -> bool:
    return bool(may_coordinate(actor))


def _everybody(_actor: Any) -> bool:
    return True


_SOURCES = (
    IndicatorSource(
        key="helpdesk.questions",
        label=N_("Questions answered, of those received in the period"),
        noun=N_("Question"),
        rows=_answered,
        filters=frozenset(COLUMNS),
        dimensions=_DIMENSIONS,
        labels=_words,
        other=N_("Topic"),
        url=_question_url,
        may_open=_coordinates,
        personal=True,
    ),
    IndicatorSource(
        key="helpdesk.within",
        label=N_("Questions answered within the promise, of those received in the period of which it is known"),
        noun=N_("Question"),
        rows=_within,
        unit=Unit.SHARE,
        filters=frozenset(COLUMNS),
        dimensions=_DIMENSIONS,
        labels=_words,
        other=N_("Topic"),
        url=_question_url,
        may_open=_coordinates,
        personal=True,
    ),
    IndicatorSource(
        key="helpdesk.entries",
        label=N_("Catalogue entries first published in the period"),
        noun=N_("Entry"),
        rows=_entries,
        filters=frozenset({"topic"}),
        url=_entry_url,
        may_open=_everybody,
    ),
)
