"""What awaits a person at the desk, as cards of their own desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.helpdesk.access import drafts_to_read, is_staff, visible_mail, visible_questions
from contempo.helpdesk.models import AnswerDraft, InboundMail, Promise, Question
from contempo.helpdesk.queries.desk import AT_RISK, MINE, OVERDUE, UNASSIGNED, shelf_counts
from contempo.helpdesk.queries.desk_filters import TAB
from contempo.helpdesk.rules.questions import UNANSWERED, WITH_DESK
from contempo.network.public import networks_called
from contempo.people.public import Actor, DeskCard, NetworkRole

SINGLE = 3
"""Questions shown one by one; behind them the list."""

SOON = timedelta(hours=12)
LATELY = timedelta(days=90)
_FIELDS = ("number", "subject", "due_at", "holder_id", "proposed_to_id")


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The cards of `actor` at `now` (aware): none for who does not work at the desk. Eight SQL at most."""
    if actor.network_id is None or not is_staff(actor):
        return
    network = networks_called([actor.network_id])[actor.network_id].slug
    counts = shelf_counts(actor, now)
    if actor.has(NetworkRole.EXPERT):
        yield from _mine(actor, network, counts, now)
        yield from _to_read(actor, network)
    if actor.has(NetworkRole.COORDINATOR):
        yield from _of_the_desk(network, counts)
        if mails := visible_mail(actor, InboundMail.objects.filter(waiting=True)).count():
            url = reverse("helpdesk:mails", kwargs={"network": network})
            yield DeskCard(_("E-mails that wait for a decision"), mails, url, tone="warning", order=8)
    elif to_take := counts.get(UNASSIGNED):
        yield DeskCard(_("Questions to be taken"), to_take, _list(network, UNASSIGNED), tone="info", order=8)
    yield from _delays(actor, network, now)


def _list(network: str, shelf: str) -> str:
    return f"{reverse('helpdesk:desk', kwargs={'network': network})}?{TAB}={shelf}"


def _page(name: str, network: str, number: int) -> str:
    return reverse(f"helpdesk:{name}", kwargs={"network": network, "number": number})


def _tone(due_at: datetime, now: datetime) -> str:
    if due_at <= now:
        return "danger"
    return "warning" if due_at - now <= SOON else "info"


def _mine(actor: Actor, network: str, counts: dict[str, int], now: datetime) -> Iterator[DeskCard]:
    """The questions of an expert whose deadline comes first, and those for which a second expert is called."""
    me = actor.person_id
    mine = Q(holder_id=me) | Q(holder=None, proposed_to_id=me)
    waiting = visible_questions(actor, Question.objects.filter(mine | Q(second_expert_id=me), state__in=WITH_DESK))
    for number, subject, due_at, holder, proposed in waiting.order_by("due_at", "id").values_list(*_FIELDS)[:SINGLE]:
        own = holder == me or (holder is None and proposed == me)
        title = _("Answer question %(number)s: %(subject)s")
        if not own:
            title = _("Question %(number)s needs a second expert: %(subject)s")
        yield DeskCard(
            title=title % {"number": number, "subject": subject},
            count=0,
            url=_page("desk_question", network, number),
            due_at=due_at,
            tone=_tone(due_at, now),
            order=5,
        )
    if (count := counts.get(MINE, 0)) > 1:
        yield DeskCard(_("All my questions"), count, _list(network, MINE), tone="info", order=7)


def _to_read(actor: Actor, network: str) -> Iterator[DeskCard]:
    """The answers of others that a senior expert is asked to read before they are sent."""
    asked = drafts_to_read(actor, AnswerDraft.objects.filter(question__state__in=UNANSWERED))
    for number, author_id in asked.order_by("saved_at").values_list("question__number", "author_id")[:SINGLE]:
        names = {"network": network, "number": number, "author_id": author_id}
        url = reverse("helpdesk:desk_reading", kwargs=names)
        title = _("Read the answer to question %(number)s before it is sent") % {"number": number}
        yield DeskCard(title, 0, url, tone="warning", order=6)


def _of_the_desk(network: str, counts: dict[str, int]) -> Iterator[DeskCard]:
    for shelf, title, tone, order in (
        (OVERDUE, _("Questions past their deadline"), "danger", 3),
        (AT_RISK, _("Questions at risk"), "warning", 4),
        (UNASSIGNED, _("Questions to be taken"), "info", 8),
    ):
        if count := counts.get(shelf):
            yield DeskCard(title, count, _list(network, shelf), tone=tone, order=order)


def _delays(actor: Actor, network: str, now: datetime) -> Iterator[DeskCard]:
    """Promises lately broken whose reason nobody has written: all for coordinators, their own for experts."""
    late: QuerySet[Promise] = Promise.objects.filter(breached_at__gt=now - LATELY, breach_explained_by__isnull=True)
    late = late.filter(question__in=visible_questions(actor, Question.objects.all()))
    if not actor.has(NetworkRole.COORDINATOR):
        me = actor.person_id
        late = late.filter(Q(question__holder_id=me) | Q(question__holder=None, question__proposed_to_id=me))
    for number in late.order_by("-breached_at").values_list("question__number", flat=True)[:SINGLE]:
        title = _("Say why question %(number)s was late") % {"number": number}
        yield DeskCard(title, 0, _page("delay", network, number), tone="warning", order=9)
