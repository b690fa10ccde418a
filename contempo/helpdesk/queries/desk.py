"""The lists of questions at the desk: mine, unassigned, at risk, overdue, all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from contempo.core.verdict import require
from contempo.core.workflow import Look
from contempo.helpdesk.access import kept_away, may_coordinate, may_work_at_desk, ties_of, visible_questions
from contempo.helpdesk.models import Question, SavedFilter
from contempo.helpdesk.queries.desk_filters import SEARCH, TAB, DeskFilters
from contempo.helpdesk.rules.conflicts import Organisation, Side, side_of
from contempo.helpdesk.rules.escalation import Level
from contempo.helpdesk.rules.questions import DESK, UNANSWERED, WITH_DESK, State
from contempo.people.public import Actor, NetworkRole, names, persons_with
from contempo.web.lists import Column, ListPage, build, every_row
from contempo.web.tabs import Tab

MINE, UNASSIGNED, AT_RISK, OVERDUE, ALL = "mie", "da-prendere", "a-rischio", "scadute", "tutte"
MANY = 2000
"""Up to here rows are counted one by one; of more the page says that they are more, and counts them when asked."""

COUNT_ALL = "conta"


@dataclass(frozen=True)
class _Shelf:
    """A part of the list: its name, its order, and what it says when it is empty."""

    label: Promise
    sort: str
    empty: Promise


_SHELVES: Mapping[str, _Shelf] = {
    MINE: _Shelf(_("Mine"), "due_at", _("The questions you hold, and those proposed to you, are listed here.")),
    UNASSIGNED: _Shelf(_("To be taken"), "due_at", _("A question that nobody has taken yet is listed here.")),
    AT_RISK: _Shelf(_("At risk"), "due_at", _("When half of the promised time has gone, a question is listed here.")),
    OVERDUE: _Shelf(_("Overdue"), "due_at", _("A question whose promised time has passed is listed here.")),
    ALL: _Shelf(pgettext_lazy("questions", "All"), "-received_at", _("When somebody asks the desk, you find it here.")),
}


@dataclass(frozen=True)
class QuestionRow:
    """A question as the desk chooses by it.

    `late` when the promise is broken, `paused` while details are awaited, `share` the percentage of the promise that
    has gone at least (0, 50 or 75). `free` when the reader may take it now.
    """

    number: str
    subject: str
    state: Look
    due_at: datetime | None
    late: bool
    paused: bool
    share: int
    topic: str
    capacity: str
    municipality: str
    holder: str
    received_at: datetime
    free: bool
    take_url: str
    channel: str
    sector: str
    language: str
    first_answered_at: datetime | None
    within: bool | None
    pauses: int
    reopenings: int
    rating: int | None
    url: str


@dataclass(frozen=True)
class Kept:
    """A filter kept under a name."""

    id: int
    name: str
    url: str


@dataclass(frozen=True)
class Desk:
    """The page of the list. `total` is in words; `count_url` counts all rows when they are more than `MANY`.

    `keeps_mail` tells whether its reader places the mail that waits.
    """

    tabs: tuple[Tab, ...]
    page: ListPage
    total: str
    count_url: str
    empty: str
    kept: tuple[Kept, ...]
    query: str
    keeps_mail: bool


def _columns(shelf: str) -> tuple[Column, ...]:
    # By its deadline only what is under way is ordered: for that there is an index.
    by_due = None if shelf == ALL else "due_at"
    return (
        Column("subject", _("Question"), template="helpdesk/desk/cells/subject.html"),
        Column("state", _("State"), template="helpdesk/desk/cells/state.html"),
        Column("due_at", _("Promised by"), sort=by_due, template="helpdesk/desk/cells/due.html"),
        Column("topic", _("Topic")),
        Column("capacity", _("In what capacity"), only_export=True),
        Column("municipality", _("Municipality"), only_export=True),
        Column("holder", _("Held by")),
        Column("received_at", _("Received"), sort="received_at", template="helpdesk/desk/cells/when.html"),
        Column("free", _("Take"), template="helpdesk/desk/cells/take.html"),
    )


COLUMNS = (
    Column("number", _("Number")),
    *(column for column in _columns(ALL) if column.key != "free"),
    Column("channel", _("Channel")),
    Column("sector", _("Sector")),
    Column("language", _("Language")),
    Column("first_answered_at", _("First answered at")),
    Column("within", _("First promise kept")),
    Column("pauses", _("Pauses")),
    Column("reopenings", _("Times asked again")),
    Column("rating", _("Rating")),
)
"""What the files hold."""


@dataclass(frozen=True)
class _Reader:
    """Who reads the list, with all that decides what is in it."""

    actor: Actor
    ties: tuple[Organisation, ...]
    now: datetime
    network: str

    @property
    def visible(self) -> QuerySet[Question]:
        return visible_questions(self.actor, Question.objects.all(), self.ties)

    def on(self, shelf: str) -> Q:
        """What is on a shelf."""
        running, late = Q(state__in=WITH_DESK), Q(due_at__lte=self.now)
        if shelf == MINE:
            held = Q(holder_id=self.actor.person_id)
            return Q(state__in=UNANSWERED) & (held | Q(holder=None, proposed_to_id=self.actor.person_id))
        if shelf == UNASSIGNED:
            return Q(state__in=UNANSWERED) & Q(state=State.OPEN)
        if shelf == AT_RISK:
            # The level is written by a job: what has become due since it last looked counts already.
            gone = Q(level__gte=Level.SECOND_EXPERT) | Q(next_check_at__lte=self.now)
            return Q(state__in=UNANSWERED) & running & ~late & gone
        if shelf == OVERDUE:
            # During a pause the deadline stands still, unless it had passed before.
            return Q(state__in=UNANSWERED) & late & (running | Q(level=Level.BREACH))
        return Q()


def _reader(actor: Actor, network: str, now: datetime) -> _Reader:
    require(may_work_at_desk(actor))
    return _Reader(actor, ties_of(actor), now, network)


def desk(actor: Actor, *, network: str, params: QueryDict, now: datetime) -> Desk:
    """The part of the list that `params` ask for, with the counts of the parts. `network` is the slug.

    Eight SQL at most. Raises NotPermitted for whoever does not work at the desk of the actor's network.
    """
    reader = _reader(actor, network, now)
    # Among filtered rows the counts of the whole parts would only mislead.
    counts = {} if _narrowed(params) else _counts(reader)
    shelf = _shelf(actor, params, counts)
    filters = _filters(reader, shelf, params)
    total, more = _total(reader, shelf, filters, counts, params)
    page = build(filters, columns=_columns(shelf), to_row=_row_maker(reader), sort=_SHELVES[shelf].sort, total=total)
    address = reverse("helpdesk:desk", kwargs={"network": network})
    tabs = tuple(
        Tab(str(each.label), f"{address}?{TAB}={key}", key == shelf, counts.get(key)) for key, each in _SHELVES.items()
    )
    query = params.copy()
    query[TAB] = shelf
    return Desk(
        tabs=tabs,
        page=page,
        total=gettext("More than %(count)s questions") % {"count": localize(total)} if more else "",
        count_url=f"{address}?{query.urlencode()}&{urlencode({COUNT_ALL: '1'})}" if more else "",
        empty=str(_SHELVES[shelf].empty),
        kept=() if SEARCH in filters.chosen else _kept(actor, address),
        query=query.urlencode(),
        keeps_mail=bool(may_coordinate(actor)),
    )


def shelf_counts(actor: Actor, now: datetime) -> dict[str, int]:
    """How many questions are on each shelf but "all", as the list counts them; nothing when they are too many.

    Two SQL at most. Raises NotPermitted for whoever does not work at the desk of the actor's network.
    """
    return _counts(_reader(actor, "", now))


def desk_rows(actor: Actor, *, network: str, params: QueryDict, now: datetime) -> Iterator[QuestionRow]:
    """Every row of the part of the list that `params` ask for, for a file. Raises NotPermitted."""
    reader = _reader(actor, network, now)
    shelf = _shelf(actor, params, {})
    return every_row(
        _filters(reader, shelf, params), columns=_columns(shelf), to_row=_row_maker(reader), sort=_SHELVES[shelf].sort
    )


def _shelf(actor: Actor, params: QueryDict, counts: Mapping[str, int]) -> str:
    """The part asked for; all when only filters are, as by the figures; else what the reader works at first."""
    asked = params.get(TAB, "")
    if asked in _SHELVES:
        return asked
    if _narrowed(params):
        return ALL
    if actor.has(NetworkRole.EXPERT):
        return MINE
    return AT_RISK if counts.get(AT_RISK) else ALL


def _narrowed(params: QueryDict) -> bool:
    return any(params.get(name) for name in DeskFilters.base_filters if name != TAB)


def _filters(reader: _Reader, shelf: str, params: QueryDict) -> DeskFilters:
    actor = reader.actor
    experts = {person.id: person.name for person in persons_with(actor.network_id, NetworkRole.EXPERT)}
    asked = params.get("esperto", "")
    if asked.isdecimal() and len(asked) < 10 and int(asked) not in experts:
        experts |= names([int(asked)])
    rows = reader.visible.filter(reader.on(shelf)).select_related("municipality", "holder")
    rows = rows.defer("search_text", "words", "proposed_why", "rating_comment", "holder__password")
    return DeskFilters(params=params, queryset=rows, experts=experts, network_id=actor.network_id)


def _counts(reader: _Reader) -> dict[str, int]:
    """How many questions under way are on each shelf; nothing when too many are to be counted. One SQL."""
    under_way = reader.visible.filter(state__in=UNANSWERED).order_by("due_at", "id")[: MANY + 1]
    shelves = {key.replace("-", "_"): Count("pk", filter=reader.on(key)) for key in _SHELVES if key != ALL}
    found = under_way.aggregate(every=Count("pk"), **shelves)
    if found.pop("every") > MANY:
        return {}
    return {key: found[key.replace("-", "_")] for key in _SHELVES if key != ALL}


def _total(
    reader: _Reader, shelf: str, filters: DeskFilters, counts: Mapping[str, int], params: QueryDict
) -> tuple[int, bool]:
    """How many questions the filters leave, and whether there are more than were counted."""
    if shelf in counts and not filters.chosen:
        return counts[shelf], False
    if shelf == ALL and (kept := _kept_count(reader, filters)) is not None:
        return kept, False
    rows = filters.qs.order_by()
    if params.get(COUNT_ALL):
        return rows.count(), False
    found = rows[: MANY + 1].count()
    return min(found, MANY), found > MANY


def _kept_count(reader: _Reader, filters: DeskFilters) -> int | None:
    """The exact count from the tallies, less what a conflict of interest keeps from an expert. One SQL."""
    if reader.actor.has(NetworkRole.COORDINATOR):
        return filters.tallied()
    apart = Question.objects.filter(kept_away(reader.actor, reader.ties), network_id=reader.actor.network_id)
    return filters.tallied(apart, MANY)


def _kept(actor: Actor, address: str) -> tuple[Kept, ...]:
    rows = SavedFilter.objects.filter(network_id=actor.network_id, person_id=actor.person_id)
    return tuple(Kept(key, name, f"{address}?{query}") for key, name, query in rows.values_list("id", "name", "query"))


def _row_maker(reader: _Reader) -> Callable[[Question], QuestionRow]:
    def address(name: str, number: int) -> str:
        return reverse(f"helpdesk:{name}", kwargs={"network": reader.network, "number": number})

    def to_row(question: Question) -> QuestionRow:
        running = question.state in WITH_DESK
        awaited = question.state in UNANSWERED
        late = awaited and question.due_at <= reader.now and (running or question.level >= Level.BREACH)
        return QuestionRow(
            number=str(question.number),
            subject=question.subject,
            state=DESK.looks[State(question.state)],
            due_at=question.due_at if awaited else None,
            late=late,
            paused=question.state == State.AWAITING_DETAILS and not late,
            share=0 if late or not running else _share(question, reader.now),
            topic=question.get_topic_display(),
            capacity=question.get_capacity_display(),
            municipality=question.municipality.name if question.municipality else "",
            holder=str(question.holder) if question.holder else "",
            received_at=question.received_at,
            free=_free(reader, question),
            take_url=address("desk_take", question.number),
            channel=question.get_channel_display(),
            sector=question.get_sector_display() if question.sector else "",
            language=question.get_language_display(),
            first_answered_at=question.first_answered_at,
            within=question.within,
            pauses=question.pauses,
            reopenings=question.reopenings,
            rating=question.rating,
            url=address("desk_question", question.number),
        )

    return to_row


def _share(question: Question, now: datetime) -> int:
    """The part of the promise gone at least, in percent: what was escalated, or is about to be."""
    if question.level or question.next_check_at is None or question.next_check_at > now:
        return question.level
    return int(Level.SECOND_EXPERT)


def _free(reader: _Reader, question: Question) -> bool:
    """Whether the reader may take it. An expert sees only what is free of conflicts; of the others a side tells."""
    mine = question.holder_id == reader.actor.person_id
    expired = question.lease_until is not None and question.lease_until <= reader.now
    waits = question.state == State.OPEN or (question.state == State.TAKEN and expired and not mine)
    return waits and not _apart(reader, question)


def _apart(reader: _Reader, question: Question) -> bool:
    """Whether a conflict shows already in the row; that with the counterpart itself is told on its page."""
    sides = {side_of(tie.kind) for tie in reader.ties}
    return (
        question.asker_id == reader.actor.person_id
        or (Side.WORKERS in sides and question.union_side)
        or (Side.EMPLOYERS in sides and question.employer_side)
    )
