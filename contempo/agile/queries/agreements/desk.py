"""Agreements on the desk of the person they wait for."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.agile.access import Part
from contempo.agile.models import Agreement, Communication, SafetyNotice, Worker
from contempo.agile.models.agreements import owing_safety
from contempo.agile.queries.agreements.listing import ENDS, FOR_ME, TO_EVALUATE, ending_soon
from contempo.agile.queries.agreements.mine import to_evaluate, to_sign, waiting
from contempo.core.calendar import local_day
from contempo.core.clock import ROME
from contempo.people.public import DeskCard


def cards_at(part: Part, now: datetime) -> Iterator[DeskCard]:
    """What of the agreements of an employer waits for who has this part. Eight SQL at most."""
    where = {"network": part.employer.network.slug, "employer": part.employer.organisation.slug}

    def url(name: str, query: str = "") -> str:
        return reverse(f"agile:{name}", kwargs=where) + query

    if part.worker is not None:
        yield from _cards_of_worker(part, now, url("agreements"), url("safety"))
    if (count := waiting(part).count()) > 0:
        title = _("Agreements on agile work to decide on")
        yield DeskCard(title, count, url("agreements_register", f"?solo={FOR_ME}"), tone="warning", order=30)
    if (count := to_evaluate(part, local_day(now)).count()) > 0:
        title = _("Agreements on agile work to evaluate")
        yield DeskCard(title, count, url("agreements_register", f"?solo={TO_EVALUATE}"), tone="info", order=35)
    if part.hr:
        yield from _cards_of_keepers(part, now, url("communications", "?stato=dovute"), url("agreements_register"))


def _cards_of_worker(part: Part, now: datetime, agreements: str, safety: str) -> Iterator[DeskCard]:
    worker, today = part.worker, local_day(now)
    if worker is None:
        return
    if Agreement.objects.filter(to_sign(worker.pk)).exists():
        yield DeskCard(_("Your agreement on agile work waits for you"), 1, agreements, tone="warning", order=31)
    ending = Agreement.objects.filter(ending_soon(today), worker=worker)
    ending = ending.exclude(followers__state__in=("draft", "submitted", "changes_requested", "approved", "in_force"))
    for until in ending.values_list("until", flat=True):
        due = datetime.combine(until, time(), ROME) if until else None
        yield DeskCard(_("Your agreement on agile work is about to end"), 1, agreements, due, tone="info", order=32)
    notices = SafetyNotice.objects.filter(employer=part.employer, year=today.year)
    for notice in notices:
        if Worker.objects.filter(owing_safety(notice), pk=worker.pk).exists():
            yield DeskCard(_("Safety notice to acknowledge"), 1, safety, tone="warning", order=33)


def _cards_of_keepers(part: Part, now: datetime, communications: str, register: str) -> Iterator[DeskCard]:
    owed = Communication.objects.filter(employer=part.employer, told_on__isnull=True)
    days = list(owed.order_by("due_on").values_list("due_on", flat=True))
    if days:
        due = datetime.combine(days[0], time(23, 59), ROME)
        tone = "danger" if due < now else "warning"
        title = _("Agreements to tell the Ministry of")
        yield DeskCard(title, len(days), communications, due, tone=tone, order=34)
    ending = Agreement.objects.filter(ending_soon(local_day(now)), employer=part.employer).count()
    if ending:
        title = _("Agreements that end within thirty days")
        yield DeskCard(title, ending, f"{register}?solo={ENDS}", tone="info", order=40)
