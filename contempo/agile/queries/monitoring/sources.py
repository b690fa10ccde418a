"""What agile work offers to whoever measures: agreements, workers, days, awards of the bank, employers.

Records of people have no page that a coordinator of the network may open: the employer keeps them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext

from contempo.agile.models import Account, Agreement, Employer, Entry, Month, PlannedDay, Worker
from contempo.agile.rules.agreements import AgreementState
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.rules.staff import SEX_LABELS
from contempo.core.words import N_
from contempo.network.public import kind_names
from contempo.programmes.public import Dimension, IndicatorSource, Scope, as_records, register_indicator_source

_FILTERS = frozenset({"kind", "sex", "organisation"})
_EVER = Q(
    state__in=[
        AgreementState.IN_FORCE,
        AgreementState.REPLACED,
        AgreementState.WITHDRAWN,
        AgreementState.ENDED,
    ]
)
"""Agreements that are in force, or were until their last day."""

_OF_PEOPLE = frozenset({Dimension.KIND, Dimension.SEX})


def register_sources() -> None:
    """Offer the records of agile work; called once when the application starts."""
    for source in _SOURCES:
        register_indicator_source(source)


def _narrowed(rows: "QuerySet[Any]", scope: Scope, *, employer: str, sex: str = "") -> "QuerySet[Any]":
    """The rows of a network as the filters of a scope narrow them: `employer` and `sex` are the paths to both."""
    rows = rows.filter(**{f"{employer}network_id": scope.network_id})
    organisation = f"{employer}organisation__"
    paths = {"kind": f"{organisation}kind", "organisation": f"{organisation}slug", "sex": sex}
    for name, path in paths.items():
        if path and (wanted := scope.chosen(name)):
            rows = rows.filter(**{f"{path}__in": wanted})
    return rows


def _listed(rows: "QuerySet[Any]", noun: str, *, employer: str, sex: str) -> Any:
    number = Cast("pk", CharField())
    return as_records(
        rows,
        key=number,
        label=Concat(Value(f"{gettext(noun)} "), number, output_field=CharField()),
        kind=f"{employer}organisation__kind",
        sex=sex,
    )


def _signed(scope: Scope) -> Q:
    """Agreements that were in force on some day of a scope."""
    return _EVER & Q(starts_on__lt=scope.until) & (Q(until__isnull=True) | Q(until__gt=scope.since))


def _agreements(scope: Scope) -> Any:
    """Agreements whose first day lies in the scope; one that only renews or revises another is counted too."""
    rows = Agreement.objects.filter(_EVER, starts_on__gte=scope.since, starts_on__lt=scope.until)
    found = _narrowed(rows, scope, employer="employer__", sex="worker__sex")
    return _listed(found, N_("Agreement"), employer="employer__", sex="worker__sex")


def _workers(scope: Scope) -> Any:
    """Workers with an agreement in force on some day of the scope, each once."""
    signed = Agreement.objects.filter(_signed(scope), worker=OuterRef("pk"))
    found = _narrowed(Worker.objects.filter(Exists(signed)), scope, employer="employer__", sex="sex")
    return _listed(found, N_("Worker"), employer="employer__", sex="sex")


def _used(scope: Scope) -> "QuerySet[PlannedDay]":
    return PlannedDay.objects.filter(state=DayState.USED, day__gte=scope.since, day__lt=scope.until)


def _days(scope: Scope) -> Any:
    """Agile days used, by their date."""
    found = _narrowed(_used(scope), scope, employer="worker__employer__", sex="worker__sex")
    return _listed(found, N_("Agile day"), employer="worker__employer__", sex="worker__sex")


def _people(scope: Scope) -> Any:
    """People who used an agile day in the scope, each once."""
    rows = Worker.objects.filter(Exists(_used(scope).filter(worker=OuterRef("pk"))))
    found = _narrowed(rows, scope, employer="employer__", sex="sex")
    return _listed(found, N_("Worker"), employer="employer__", sex="sex")


def _awards(scope: Scope) -> Any:
    """Accounts that got days from the bank, in all, in the months that begin in the scope."""
    got = Entry.objects.filter(account=OuterRef("pk"), kind=EntryKind.AWARD).order_by().values("account")
    rows = Account.objects.filter(month__first_day__gte=scope.since, month__first_day__lt=scope.until)
    some = rows.annotate(got=got.annotate(days=Sum("days")).values("days")).filter(got__gt=0)
    found = _narrowed(some, scope, employer="month__employer__", sex="sex")
    return _listed(found, N_("Award"), employer="month__employer__", sex="sex")


def _employers(scope: Scope) -> Any:
    """Employers with a month of agile work, or an agreement in force, on some day of the scope."""
    signed = Agreement.objects.filter(_signed(scope), employer=OuterRef("pk"))
    worked = Month.objects.filter(
        ~Q(state=MonthState.DRAFT),
        employer=OuterRef("pk"),
        first_day__gte=scope.since.replace(day=1),
        first_day__lt=scope.until,
    )
    found = _narrowed(Employer.objects.filter(Exists(signed) | Exists(worked)), scope, employer="")
    return as_records(found, key="pk", label="organisation__name", page="organisation__slug", kind="organisation__kind")


def _words(dimension: Dimension, keys: Iterable[str]) -> Mapping[str, str]:
    if dimension is Dimension.KIND:
        return kind_names(keys)
    return {key: gettext(SEX_LABELS[key]) for key in keys if key in SEX_LABELS}


def _employer_url(network: str, page: str) -> str:
    return f"/{network}/lavoro-agile/{page}/"


def _everybody(_actor: Any) -> bool:
    return True


def _of_people(key: str, label: str, noun: str, rows: Any) -> IndicatorSource:
    return IndicatorSource(
        key=key,
        label=label,
        noun=noun,
        rows=rows,
        filters=_FILTERS,
        dimensions=_OF_PEOPLE,
        labels=_words,
        personal=True,
    )


_SOURCES = (
    _of_people("agile.agreements", N_("Individual agreements that began in the period"), N_("Agreement"), _agreements),
    _of_people(
        "agile.workers", N_("Workers with an agreement in force in the period, each once"), N_("Worker"), _workers
    ),
    _of_people("agile.days", N_("Agile days used in the period"), N_("Agile day"), _days),
    _of_people("agile.people", N_("People who used agile work in the period, each once"), N_("Worker"), _people),
    _of_people(
        "agile.awards", N_("Awards of the bank of days: people and months that got days from it"), N_("Award"), _awards
    ),
    IndicatorSource(
        key="agile.employers",
        label=N_("Employers with agile work in the period"),
        noun=N_("Employer"),
        rows=_employers,
        filters=frozenset({"kind", "organisation"}),
        dimensions=frozenset({Dimension.KIND}),
        labels=_words,
        url=_employer_url,
        may_open=_everybody,
    ),
)
