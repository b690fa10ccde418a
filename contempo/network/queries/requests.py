"""The agency's queue of accession requests: what is filtered, counted and shown of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contempo.core.choices import choices
from contempo.core.clock import ROME
from contempo.core.verdict import require
from contempo.core.workflow import Look
from contempo.network.access import may_read_queue, visible_requests
from contempo.network.models import AccessionRequest
from contempo.network.queries.tallies import tallies
from contempo.network.queries.words import named_like
from contempo.network.rules.accession import ACCESSION, WITH_AGENCY, State
from contempo.network.rules.organisations import KIND_LABELS, PRIORITY_LABELS
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row
from contempo.web.tabs import Tab

TAB, WHEN = "stato", "quando"
TO_DECIDE, COPIES, TO_SIGN, ALL = "da-decidere", "copie", "da-firmare", "tutte"
LATE, SOON, IDLE, MOVED = "scadute", "in-scadenza", "ferme", "mosse"
_WEEK, _LONG = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class _Shelf:
    """A part of the queue: the requests in `states`, in the order of `sort` unless another is asked."""

    label: Promise
    states: tuple[State, ...]
    sort: str


_SHELVES: Mapping[str, _Shelf] = {
    TO_DECIDE: _Shelf(_("To decide"), WITH_AGENCY, "due_on"),
    COPIES: _Shelf(_("Signed copies"), (State.ADMITTED,), "since"),
    "modifiche": _Shelf(_("Changes asked"), (State.CHANGES_ASKED,), "since"),
    TO_SIGN: _Shelf(_("To be signed"), (State.ADMITTED,), "since"),
    "firmate": _Shelf(_("Signed"), (State.SIGNED,), "-since"),
    "rifiutate": _Shelf(pgettext_lazy("requests", "Refused"), (State.REFUSED,), "-since"),
    "ritirate": _Shelf(pgettext_lazy("requests", "Withdrawn"), (State.WITHDRAWN,), "-since"),
    "cessate": _Shelf(pgettext_lazy("requests", "Ceased"), (State.CEASED,), "-since"),
    ALL: _Shelf(pgettext_lazy("requests", "All"), (), "-since"),
}


@dataclass(frozen=True)
class QueueRow:
    """A request as the coordinator decides by it; `late` when its term has passed."""

    number: int
    name: str
    kind: str
    municipality: str
    state: Look
    since: datetime
    due_on: date | None
    late: bool
    examiner: str
    url: str


@dataclass(frozen=True)
class Queue:
    """The page of the queue; `tabs` are its parts, each with its exact count."""

    tabs: tuple[Tab, ...]
    page: ListPage


COLUMNS = (
    Column("name", _("Organisation"), sort="search_name"),
    Column("number", _("Number"), sort="number", numeric=True),
    Column("kind", _("Kind")),
    Column("municipality", _("Municipality")),
    Column("state", _("State")),
    Column("since", _("Since"), sort="state_since", template="network/agency/cells/since.html"),
    Column("due_on", _("Answer due"), sort="due_on", template="network/agency/cells/due.html"),
    Column("examiner", _("Examined by")),
)


# Never shown in a list: the answers are long, and what a person signs in with is nobody's affair.
_UNREAD = ("answers", "application", "name_words", "examiner__password")


class _Filters(django_filters.FilterSet):
    """What the queue may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name, number or tax code"), method="find")
    tipo = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Kind"), choices=choices(KIND_LABELS), field_name="kind"
    )
    priorita = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Priority"), choices=choices(PRIORITY_LABELS), method="wanting"
    )
    esame = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Examined by"),
        choices=[("io", _("Me")), ("nessuno", _("Nobody yet"))],
        method="examined",
    )
    quando = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("When"),
        choices=[
            (LATE, _("Answer past its term")),
            (SOON, _("Answer due within seven days")),
            (IDLE, _("Idle for thirty days")),
            (MOVED, _("Moved in the last seven days")),
        ],
        method="at_such_time",
    )
    stato = django_filters.CharFilter(widget=forms.HiddenInput, method="as_it_is")

    class Meta:
        model = AccessionRequest
        fields: tuple[str, ...] = ()

    def __init__(self, *, actor: Actor, now: datetime, params: QueryDict, queryset: QuerySet[AccessionRequest]) -> None:
        super().__init__(params, queryset)
        self.actor, self.now = actor, now

    def find(self, rows: QuerySet[AccessionRequest], name: str, text: str) -> QuerySet[AccessionRequest]:
        """By number, by tax code or by words of the name, as the text looks."""
        text = text.strip().lstrip("#")
        if text.isdecimal() and len(text) < 8:
            return rows.filter(number=int(text))
        if len(code := "".join(text.split()).upper()) in (11, 16) and any(sign.isdecimal() for sign in code):
            return rows.filter(tax_code=code)
        return named_like(rows, text)

    def wanting(self, rows: QuerySet[AccessionRequest], name: str, value: str) -> QuerySet[AccessionRequest]:
        """With this among its priorities."""
        return rows.filter(priorities__contains=[value])

    def examined(self, rows: QuerySet[AccessionRequest], name: str, value: str) -> QuerySet[AccessionRequest]:
        """By the reader, or by nobody yet."""
        return rows.filter(examiner_id=self.actor.person_id if value == "io" else None)

    def at_such_time(self, rows: QuerySet[AccessionRequest], name: str, value: str) -> QuerySet[AccessionRequest]:
        """By its term, or by when it moved last."""
        return at_such_time(rows, value, self.now)

    def as_it_is(self, rows: QuerySet[AccessionRequest], name: str, value: str) -> QuerySet[AccessionRequest]:
        """The part of the queue is chosen before the filters."""
        return rows


def at_such_time(rows: QuerySet[AccessionRequest], when: str, now: datetime) -> QuerySet[AccessionRequest]:
    """Those past their term (`LATE`), near it (`SOON`), waiting long for the organisation (`IDLE`), lately `MOVED`."""
    today = now.astimezone(ROME).date()
    if when == LATE:
        return rows.filter(due_on__lt=today)
    if when == SOON:
        return rows.filter(due_on__range=(today, today + _WEEK))
    if when == IDLE:
        return rows.filter(state__in=(State.CHANGES_ASKED, State.ADMITTED), state_since__lt=now - _LONG)
    return rows.filter(state_since__gte=now - _WEEK)


def queue(actor: Actor, *, network: str, params: QueryDict, now: datetime) -> Queue:
    """The part of the queue that `params` ask for, with the counts of all parts. At most three SQL.

    `network` is the slug. Raises NotPermitted for whoever does not read the queue of the actor's network.
    """
    shelf = _shelf(params)
    filters = _filters(actor, params, now)
    counts = _counts(actor)
    filters.is_valid()
    narrowed = any(value for name, value in filters.form.cleaned_data.items() if name != TAB)
    page = build(
        filters,
        columns=COLUMNS,
        to_row=_row_maker(network, now.astimezone(ROME).date()),
        sort=_SHELVES[shelf].sort,
        total=None if narrowed else counts[shelf],
    )
    address = reverse("network:queue", kwargs={"network": network})
    tabs = tuple(
        Tab(str(each.label), f"{address}?{TAB}={key}" if key != TO_DECIDE else address, key == shelf, counts[key])
        for key, each in _SHELVES.items()
    )
    return Queue(tabs, page)


def queue_rows(actor: Actor, *, network: str, params: QueryDict, now: datetime) -> Iterator[QueueRow]:
    """Every row of the part of the queue that `params` ask for, for a file. Raises NotPermitted."""
    sort = _SHELVES[_shelf(params)].sort
    return every_row(
        _filters(actor, params, now),
        columns=COLUMNS,
        to_row=_row_maker(network, now.astimezone(ROME).date()),
        sort=sort,
    )


def _shelf(params: QueryDict) -> str:
    asked = params.get(TAB, "")
    return asked if asked in _SHELVES else TO_DECIDE


def _filters(actor: Actor, params: QueryDict, now: datetime) -> _Filters:
    require(may_read_queue(actor))
    requests = visible_requests(actor, AccessionRequest.objects.exclude(state=State.DRAFT))
    shelf = _shelf(params)
    if shelf == TO_DECIDE:
        # A request has a term exactly while the agency has to answer: this way one index gives them in order.
        requests = requests.filter(due_on__isnull=False)
    elif shelf == COPIES:
        requests = requests.filter(state=State.ADMITTED, signed_copy__isnull=False)
    elif shelf != ALL:
        requests = requests.filter(state__in=_SHELVES[shelf].states)
    if shelf == TO_SIGN:
        requests = requests.filter(signed_copy__isnull=True)
    requests = requests.select_related("municipality", "examiner").defer(*_UNREAD)
    return _Filters(actor=actor, now=now, params=params, queryset=requests)


def _counts(actor: Actor) -> dict[str, int]:
    kept = tallies(actor.network_id, "requests", "copies_to_confirm")
    by_state, copies = kept["requests"], kept["copies_to_confirm"].get("all", 0)
    counts = {key: sum(by_state.get(state, 0) for state in each.states) for key, each in _SHELVES.items()}
    return {**counts, ALL: sum(by_state.values()), COPIES: copies, TO_SIGN: counts[TO_SIGN] - copies}


def _row_maker(network: str, today: date) -> Callable[[AccessionRequest], QueueRow]:
    def to_row(request: AccessionRequest) -> QueueRow:
        return QueueRow(
            number=request.number,
            name=request.name,
            kind=request.get_kind_display(),
            municipality=request.municipality.name if request.municipality else "",
            state=ACCESSION.looks[request.state],
            since=request.state_since,
            due_on=request.due_on,
            late=request.due_on is not None and request.due_on < today,
            examiner=str(request.examiner) if request.examiner else "",
            url=reverse("network:examine", kwargs={"network": network, "number": request.number}),
        )

    return to_row
