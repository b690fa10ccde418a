"""What awaits a person in the network context, as cards of their desk."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.core.clock import ROME
from contempo.network.access import (
    may_edit_organisation,
    may_read_queue,
    may_run_agency,
    own_requests,
    visible_requests,
    who_in,
)
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.queries.names import networks_called
from contempo.network.queries.requests import ALL, COPIES, IDLE, LATE, MOVED, TAB, WHEN, at_such_time
from contempo.network.queries.tallies import tallies
from contempo.network.rules.accession import WITH_AGENCY, State, Who
from contempo.people.public import Actor, DeskCard
from contempo.web.templatetags.web import by_day

_SINGLE = 3
_MOST_OWN = 20
_SOON = timedelta(days=3)


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The cards of `actor` at `now` (aware). Eight SQL at most, each over what one index holds ready."""
    if actor.is_visitor or actor.network_id is None:
        return
    network = networks_called([actor.network_id])[actor.network_id].slug
    today = now.astimezone(ROME).date()
    if may_run_agency(actor):
        yield from _to_decide(actor, network, today)
        yield from _of_the_agency(actor, network, now)
    if may_read_queue(actor):
        yield from _moved(actor, network, now)
    yield from _own(actor, network)
    yield from _organisations(actor, network)


def _url(name: str, network: str, **where: object) -> str:
    return reverse(f"network:{name}", kwargs={"network": network, **where})


def _queue_url(network: str, **filters: str) -> str:
    return f"{_url('queue', network)}?{urlencode(filters)}" if filters else _url("queue", network)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), ROME)


def _tone(due_on: date, today: date) -> str:
    if due_on < today:
        return "danger"
    return "warning" if due_on - today <= _SOON else "info"


def _to_decide(actor: Actor, network: str, today: date) -> Iterator[DeskCard]:
    """The requests whose term comes first, one by one: from here to the decision it is two taps."""
    waiting = visible_requests(actor, AccessionRequest.objects.filter(due_on__isnull=False))
    first = waiting.order_by("due_on", "id").values_list("name", "number", "due_on")[:_SINGLE]
    for name, number, due_on in first:
        yield DeskCard(
            title=_("“%(name)s” awaits an answer") % {"name": name},
            count=0,
            url=_url("examine", network, number=number),
            due_at=_end_of(due_on),
            tone=_tone(due_on, today),
            order=10,
        )


def _of_the_agency(actor: Actor, network: str, now: datetime) -> Iterator[DeskCard]:
    kept = tallies(actor.network_id, "requests", "copies_to_confirm")
    waiting = sum(kept["requests"].get(state, 0) for state in WITH_AGENCY)
    if waiting > _SINGLE:
        yield DeskCard(_("All requests to decide"), waiting, _queue_url(network), tone="info", order=12)
    if copies := kept["copies_to_confirm"].get("all", 0):
        url = _queue_url(network, **{TAB: COPIES})
        yield DeskCard(_("Signed copies to confirm"), copies, url, tone="warning", order=15)
    sent = visible_requests(actor, AccessionRequest.objects.exclude(state=State.DRAFT))
    for when, title, tone, order, shown_above in (
        (LATE, _("Answers past their term"), "danger", 11, _SINGLE),
        (IDLE, _("Requests idle for thirty days"), "neutral", 20, 0),
    ):
        if (count := at_such_time(sent, when, now).count()) > shown_above:
            yield DeskCard(title, count, _queue_url(network, **{TAB: ALL, WHEN: when}), tone=tone, order=order)


def _moved(actor: Actor, network: str, now: datetime) -> Iterator[DeskCard]:
    sent = visible_requests(actor, AccessionRequest.objects.exclude(state=State.DRAFT))
    if count := at_such_time(sent, MOVED, now).count():
        url = _queue_url(network, **{TAB: ALL, WHEN: MOVED})
        yield DeskCard(_("Requests that moved in the last seven days"), count, url, kind="changed", order=30)


def _own(actor: Actor, network: str) -> Iterator[DeskCard]:
    """What the person's own requests wait for."""
    states = (State.DRAFT, State.CHANGES_ASKED, State.ADMITTED, *WITH_AGENCY)
    mine = own_requests(actor, AccessionRequest.objects.filter(state__in=states)).order_by("-state_since", "-id")
    for request in mine.defer("answers", "application")[:_MOST_OWN]:
        yield _own_card(actor, network, request)


def _own_card(actor: Actor, network: str, request: AccessionRequest) -> DeskCard:
    named = {"name": request.name or _("your organisation"), "day": by_day(request.due_on)}

    def card(title: str, page: str, tone: str, order: int, kind: str = "decide") -> DeskCard:
        return DeskCard(title % named, 0, _url(page, network, key=request.key), tone=tone, order=order, kind=kind)

    if request.state == State.DRAFT:
        return card(_("Go on with the request of %(name)s"), "go_on", "neutral", 40)
    if request.state == State.CHANGES_ASKED:
        return card(_("%(name)s: the agency asks for changes"), "request", "warning", 20)
    if request.state != State.ADMITTED:
        return card(_("%(name)s: the agency answers by %(day)s"), "request", "info", 50, "changed")
    if request.signed_copy:
        return card(_("%(name)s: the agency checks the signed copy"), "request", "info", 50, "changed")
    if Who.REPRESENTATIVE in who_in(actor, request):
        return card(_("%(name)s is admitted: sign the agreement"), "sign", "success", 20)
    return card(_("%(name)s is admitted: hand in the signed agreement"), "signed_copy", "success", 20)


def _organisations(actor: Actor, network: str) -> Iterator[DeskCard]:
    """The organisations the person acts for: the way to each record, and what its public page still lacks."""
    if not actor.organisations:
        return
    mine = Organisation.objects.filter(network_id=actor.network_id, id__in=actor.organisations)
    for key, name, joined, description in mine.values_list("id", "name", "member_since", "description"):
        if joined and not description and may_edit_organisation(actor, key):
            title = _("%(name)s: choose what its public page tells") % {"name": name}
            yield DeskCard(title, 0, _url("own_organisation", network, organisation_id=key), tone="info", order=45)
        title = _("Record of %(name)s") % {"name": name}
        url = _url("own_organisation", network, organisation_id=key)
        yield DeskCard(title, 0, url, kind="shortcut", order=60)
