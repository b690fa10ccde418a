"""How far the staff has come into the platform, and the rows that wait for whoever is signed in."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from contempo.agile.access import claimable_workers
from contempo.agile.models import Worker
from contempo.agile.queries.opened import OpenedEmployer
from contempo.people.public import Actor, verified_addresses


@dataclass(frozen=True)
class Invitations:
    """Persons of the staff by how far they have come; `waiting` are letters asked for and not yet written."""

    staff: int
    linked: int
    invited: int
    to_invite: int
    without_address: int
    waiting: int

    @property
    def asked(self) -> int:
        """Letters that were asked for, of those not yet linked."""
        return self.invited + self.waiting


def invitations(opened: OpenedEmployer) -> Invitations:
    """The sums over who works at the employer now. One SQL."""
    rows = Worker.objects.filter(employer=opened.employer, present=True)
    alone = Q(person=None) & ~Q(email="")
    written = Q(invited_at__gte=F("invitation_asked_at"))
    asked = alone & Q(invitation_asked_at__isnull=False)
    sums = rows.aggregate(
        staff=Count("pk"),
        linked=Count("pk", filter=Q(person__isnull=False)),
        invited=Count("pk", filter=asked & written),
        to_invite=Count("pk", filter=alone & Q(invitation_asked_at=None)),
        without_address=Count("pk", filter=Q(person=None, email="")),
        waiting=Count("pk", filter=asked & (Q(invited_at=None) | Q(invited_at__lt=F("invitation_asked_at")))),
    )
    return Invitations(**sums)


@dataclass(frozen=True)
class Claimable:
    """A row of the staff that bears an address of whoever is signed in."""

    id: int
    number: str
    unit: str
    email: str


def claimable(actor: Actor, opened: OpenedEmployer) -> tuple[Claimable, ...]:
    """The rows that the actor may say to be theirs. At most two SQL, none for a visitor or who has a row."""
    if actor.person_id is None or opened.part.worker is not None:
        return ()
    rows = Worker.objects.filter(employer=opened.employer)
    found = claimable_workers(actor, rows, verified_addresses(actor.person_id)).order_by("number")
    return tuple(Claimable(*row) for row in found.values_list("pk", "number", "unit__name", "email"))
