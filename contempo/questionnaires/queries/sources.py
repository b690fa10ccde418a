"""What questionnaires offer to whoever measures: response rates, units, answers, satisfaction, measures, needs.

Invitations and units count in the period in which their campaign closes; answers in that in which they were completed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.translation import gettext

from contempo.core.words import N_
from contempo.network.public import kind_names, place_labels, registry_rows, size_names
from contempo.programmes.public import Dimension, IndicatorSource, Scope, Unit, as_records, register_indicator_source
from contempo.questionnaires.access import may_keep_practices
from contempo.questionnaires.models import Campaign, Coverage, Invitation, Target, Version
from contempo.questionnaires.queries.counting import campaigns_read, counted_responses
from contempo.questionnaires.queries.needs.counting import naming, tagged
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.measures import PRODUCTIVITY, SATISFACTION, measured
from contempo.questionnaires.rules.states import CampaignState, CoverageState, InvitationState, UnitKind

_OF = frozenset({"campaign", "questionnaire"})
_BY_UNIT = frozenset({"kind", "size", "municipality"})
_DIMENSIONS = frozenset({Dimension.KIND, Dimension.SIZE, Dimension.MUNICIPALITY})
_NO_CASE = (InvitationState.NOT_ELIGIBLE.value, InvitationState.REPLACED.value)


def register_sources() -> None:
    """Offer the records of questionnaires; called once when the application starts."""
    for source in _SOURCES:
        register_indicator_source(source)


def _campaigns(scope: Scope, rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Those that the filters name, by their numbers."""
    for name, column in (("campaign", "number"), ("questionnaire", "questionnaire__number")):
        if wanted := scope.chosen(name):
            rows = rows.filter(**{f"{column}__in": [int(one) for one in wanted if one.isdecimal()]})
    return rows


def _closed(scope: Scope) -> QuerySet[Campaign]:
    """The network's own campaigns among organisations that closed in the scope."""
    begin, end = scope.instants
    rows = Campaign.objects.filter(
        network_id=scope.network_id,
        organisation=None,
        unit_kind=UnitKind.ORGANISATION.value,
        state=CampaignState.CLOSED.value,
        closed_at__gte=begin,
        closed_at__lt=end,
    )
    return _campaigns(scope, rows)


def _narrowed(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    for name in sorted(_BY_UNIT):
        if wanted := scope.chosen(name):
            rows = rows.filter(**{f"{'municipality_id' if name == 'municipality' else name}__in": wanted})
    return rows


def _invitations(scope: Scope, counted: Q) -> Any:
    rows = Invitation.objects.filter(campaign__in=_closed(scope)).exclude(state__in=_NO_CASE)
    return as_records(
        _narrowed(rows, scope),
        key="pk",
        label=Coalesce("target__name", NullIf("name", Value("")), Cast("pk", CharField()), output_field=CharField()),
        page=Concat(F("campaign__number"), Value("/inviti/"), F("pk"), output_field=CharField()),
        counted=_truth(counted),
        kind="kind",
        size="size",
        municipality="municipality_id",
    )


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _first_rate(scope: Scope) -> Any:
    """RR1 of the Standard Definitions (AAPOR): completed, of all invitations but those not eligible."""
    return _invitations(scope, Q(state=InvitationState.COMPLETED.value))


def _second_rate(scope: Scope) -> Any:
    """RR2: as RR1, half answered ones with enough to be of use included."""
    return _invitations(
        scope, Q(state=InvitationState.COMPLETED.value) | Q(state=InvitationState.BEGUN.value, partial=True)
    )


def _units(scope: Scope) -> Any:
    rows = Target.objects.filter(campaign__in=_closed(scope), eligible=True)
    return as_records(
        _narrowed(rows, scope),
        key="pk",
        label="name",
        page=Concat(F("campaign__number"), Value("/copertura/"), F("pk"), output_field=CharField()),
        counted=F("covered"),
        kind="kind",
        size="size",
        municipality="municipality_id",
    )


def _answers(scope: Scope) -> "QuerySet[Any]":
    """The counted answers of the scope, their unit's attributes as columns."""
    begin, end = scope.instants
    rows = counted_responses(_campaigns(scope, campaigns_read(scope.network_id)), begin, end)
    return _with_attributes(rows, scope)


def _with_attributes(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    rows = rows.alias(**{f"of_{name}": KeyTextTransform(name, "attributes") for name in sorted(_BY_UNIT)})
    for name in sorted(_BY_UNIT):
        if wanted := scope.chosen(name):
            rows = rows.filter(**{f"of_{name}__in": wanted})
    return rows


def _listed(rows: "QuerySet[Any]", *, counted: Any = None) -> Any:
    number = Cast("pk", CharField())
    return as_records(
        rows,
        key=number,
        label=Concat(Value(f"{gettext('Answer to')} "), F("campaign__title"), output_field=CharField()),
        page=Concat(F("campaign__number"), Value("/risposte/"), number, output_field=CharField()),
        counted=counted,
        kind="of_kind",
        size="of_size",
        municipality="of_municipality",
    )


def _responses(scope: Scope) -> Any:
    return _listed(_answers(scope))


def _organisations(scope: Scope) -> Any:
    """Organisations for which an answer of the scope is counted, each once."""
    begin, end = scope.instants
    rows = counted_responses(_campaigns(scope, campaigns_read(scope.network_id)), begin, end)
    counted = Coverage.objects.filter(
        response__in=rows, state=CoverageState.COUNTED.value, target__organisation=OuterRef("pk")
    )
    found = registry_rows(scope.network_id).filter(Exists(counted))
    for name, column in (("kind", "of_kind"), ("size", "of_size"), ("municipality", "in_place")):
        if wanted := scope.chosen(name):
            found = found.filter(**{f"{column}__in": wanted})
    return as_records(found, key="number", label="called", kind="of_kind", size="of_size", municipality="in_place")


def _in_favour(measure: str) -> Any:
    def rows(scope: Scope) -> Any:
        """Answers to the question read under this name; counted those in favour (`rules.measures`)."""
        begin, end = scope.instants
        campaigns = _campaigns(scope, campaigns_read(scope.network_id))
        asked, good = Q(pk__in=()), Q(pk__in=())
        found = counted_responses(campaigns, begin, end)
        versions = Version.objects.filter(questionnaire__in=campaigns.values("questionnaire"))
        for number, version in enumerate(versions.order_by("pk")):
            if (named := measured(read(version.document), measure)) is not None:
                said = f"said_{number}"
                found = found.alias(**{said: KeyTextTransform(named.question, "answers")})
                asked |= Q(version=version, **{f"{said}__in": list(named.scores)})
                good |= Q(version=version, **{f"{said}__in": sorted(named.favourable)})
        return _listed(_with_attributes(found.filter(asked), scope), counted=_truth(good))

    return rows


def _with_measure(scope: Scope) -> Any:
    """Answers to the question that the filter `question` names; counted those that choose one of `option`."""
    question, wanted = scope.filters.get("question", ""), scope.chosen("option")
    found = _answers(scope).alias(said=KeyTransform(question, "answers")).filter(said__isnull=False)
    chosen = Q(pk__in=())
    for option in wanted:
        chosen |= Q(said__has_key=option)
    return _listed(found, counted=_truth(chosen))


def _needing(scope: Scope) -> Any:
    """Answers that name a need, of the types that the filter `need` names; each once."""
    begin, end = scope.instants
    asked = tagged(_campaigns(scope, campaigns_read(scope.network_id)))
    return _listed(_with_attributes(naming(asked, begin, end, tags=scope.chosen("need")), scope))


def _words(dimension: Dimension, keys: Iterable[str]) -> Mapping[str, str]:
    if dimension is Dimension.KIND:
        return kind_names(keys)
    if dimension is Dimension.SIZE:
        return size_names(keys)
    return place_labels(keys) if dimension is Dimension.MUNICIPALITY else {}


def _url(network: str, page: str) -> str:
    return f"/{network}/questionari/{page}/"


def _coordinates(actor: Any) -> bool:
    return bool(may_keep_practices(actor))


def _source(key: str, label: str, noun: str, rows: Any, *, share: bool = False, filters: Iterable[str] = ()) -> Any:
    return IndicatorSource(
        key=f"questionnaires.{key}",
        label=label,
        noun=noun,
        rows=rows,
        unit=Unit.SHARE if share else Unit.COUNT,
        filters=_OF | _BY_UNIT | set(filters),
        dimensions=_DIMENSIONS,
        labels=_words,
        url=_url,
        may_open=_coordinates,
        personal=True,
    )


_INVITATION, _UNIT, _ANSWER, _ORGANISATION = N_("Invitation"), N_("Unit"), N_("Answer"), N_("Organisation")
_SOURCES = (
    _source(
        "rr1",
        N_("Response rate RR1 of the campaigns closed in the period: answered in full, of the invitations"),
        _INVITATION,
        _first_rate,
        share=True,
    ),
    _source(
        "rr2",
        N_("Response rate RR2 of the campaigns closed in the period: answered in full or in part, of the invitations"),
        _INVITATION,
        _second_rate,
        share=True,
    ),
    _source(
        "units",
        N_("Units covered by an answer, of those of the campaigns closed in the period"),
        _UNIT,
        _units,
        share=True,
    ),
    _source("responses", N_("Answers to questionnaires completed in the period"), _ANSWER, _responses),
    _source("organisations", N_("Organisations that answered in the period, each once"), _ORGANISATION, _organisations),
    _source("satisfied", N_("Satisfied, of those who were asked"), _ANSWER, _in_favour(SATISFACTION), share=True),
    _source(
        "productive",
        N_("Say that they work better, or as well, of those who were asked"),
        _ANSWER,
        _in_favour(PRODUCTIVITY),
        share=True,
    ),
    _source(
        "measure",
        N_("With a measure in place: the answers that choose an option of a question, of those who answered it"),
        _ANSWER,
        _with_measure,
        share=True,
        filters=("question", "option"),
    ),
    _source("needs", N_("Answers that name a need"), _ANSWER, _needing, filters=("need",)),
)
