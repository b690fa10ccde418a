"""Agreements on the desk of the person they wait for."""

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.agile.access import Part, part_of
from contempo.agile.models import Agreement, Communication, Employer, SafetyNotice, Worker
from contempo.agile.models.agreements import owing_safety
from contempo.agile.queries.agreements.listing import ENDS, FOR_ME, ending_soon
from contempo.agile.queries.agreements.mine import to_sign, waiting
from contempo.core.calendar import local_day
from contempo.core.clock import ROME
from contempo.people.public import Actor, DeskCard, OrganisationRole


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """What waits for `actor` at each employer they have a part in; nothing is asked for who has none.

    One SQL for who is on no staff; for each employer nine at most.
    """
    if actor.person_id is None or actor.network_id is None:
        return
    mine = Worker.objects.filter(person_id=actor.person_id, present=True).values("employer")
    kept = [key for key in actor.organisations if OrganisationRole.HR_MANAGER in actor.roles_for(key)]
    employers = Employer.objects.filter(Q(pk__in=mine) | Q(organisation_id__in=kept), network_id=actor.network_id)
    for employer in employers.select_related("network", "organisation").order_by("pk"):
        yield from _cards_at(part_of(actor, employer), now)


def _cards_at(part: Part, now: datetime) -> Iterator[DeskCard]:
    where = {"network": part.employer.network.slug, "employer": part.employer.organisation.slug}

    def url(name: str, query: str = "") -> str:
        return reverse(f"agile:{name}", kwargs=where) + query

    if part.worker is not None:
        yield from _cards_of_worker(part, now, url("agreements"), url("safety"))
    if (count := waiting(part).count()) > 0:
        title = _("Agreements on agile work to decide on")
        yield DeskCard(title, count, url("agreements_register", f"?solo={FOR_ME}"), tone="warning", order=30)
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
