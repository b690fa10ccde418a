"""What waits for a person at each employer they have a part in, and the way there."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.agile.access import Part, part_of
from contempo.agile.models import Employer, Worker
from contempo.agile.queries import exceptions
from contempo.agile.queries.agreements import desk as agreements
from contempo.people.public import Actor, DeskCard, OrganisationRole


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The cards of `actor` at `now` (aware), but for those of the bank.

    One SQL for who is on no staff; for each employer ten more at most.
    """
    if actor.person_id is None or actor.network_id is None:
        return
    mine = Worker.objects.filter(person_id=actor.person_id, present=True).values("employer")
    kept = [key for key in actor.organisations if OrganisationRole.HR_MANAGER in actor.roles_for(key)]
    employers = Employer.objects.filter(Q(pk__in=mine) | Q(organisation_id__in=kept), network_id=actor.network_id)
    for employer in employers.select_related("network", "organisation").order_by("pk"):
        part = part_of(actor, employer)
        yield from cards_at(part, now)
        yield _shortcut(part)


def cards_at(part: Part, now: datetime) -> Iterator[DeskCard]:
    """What waits at one employer for who has this part. Nine SQL at most."""
    yield from agreements.cards_at(part, now)
    yield from exceptions.cards_at(part)


def _shortcut(part: Part) -> DeskCard:
    """To the month for who plans one, else to the page of the employer."""
    organisation = part.employer.organisation
    where = {"network": part.employer.network.slug, "employer": organisation.slug}
    if part.worker is not None:
        title, page = _("Your agile work at %(employer)s") % {"employer": organisation.name}, "my_month"
    else:
        title, page = _("%(name)s: agile work") % {"name": organisation.name}, "employer"
    return DeskCard(title, 0, reverse(f"agile:{page}", kwargs=where), kind="shortcut", order=55)
