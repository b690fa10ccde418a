"""What a network's desk promises, as its coordinators set it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_coordinate
from contempo.helpdesk.models import DeskPolicy
from contempo.helpdesk.rules.clock import Policy, check_policy
from contempo.helpdesk.rules.mail.tokens import LONGEST_LOCAL
from contempo.network.public import places_named
from contempo.people.public import Actor

LEAST_LEASE, MOST_LEASE = 5, 480


@dataclass(frozen=True)
class DeskSettings:
    """The promise of a desk and how it works: `municipality` is an ISTAT code or empty, times are minutes."""

    policy: Policy
    municipality: str
    lease_minutes: int
    second_reading: bool
    mail_address: str


@action
def set_policy(actor: Actor, *, settings: DeskSettings) -> DeskPolicy:
    """Set what the desk promises from now on; promises already given go on as they were given."""
    require(may_coordinate(actor))
    check_policy(settings.policy)
    if not LEAST_LEASE <= settings.lease_minutes <= MOST_LEASE:
        raise Refusal(
            N_("Write a number between %(least)s and %(most)s."),
            field="lease_minutes",
            least=LEAST_LEASE,
            most=MOST_LEASE,
        )
    if settings.municipality and not places_named(settings.municipality):
        raise Refusal(N_("No Italian municipality has this name: check how it is spelt."), field="municipality")
    if len(settings.mail_address.partition("@")[0]) > LONGEST_LOCAL:
        raise Refusal(
            N_("Before the @ there may be at most %(most)s characters: replies get a code added."),
            field="mail_address",
            most=LONGEST_LOCAL,
        )
    DeskPolicy.objects.bulk_create([DeskPolicy(network_id=actor.network_id)], ignore_conflicts=True)
    row = DeskPolicy.objects.select_for_update().get(network_id=actor.network_id)
    terms = settings.policy.terms()
    for name, value in terms.items():
        setattr(row, name, value)
    row.municipality_id = settings.municipality or None
    row.lease_minutes, row.second_reading = settings.lease_minutes, settings.second_reading
    row.mail_address = settings.mail_address.strip().lower()
    try:
        with transaction.atomic():
            row.save(update_fields=[*terms, "municipality", "lease_minutes", "second_reading", "mail_address"])
    except IntegrityError:
        raise Refusal(
            N_("This address belongs to the desk of another network: every desk has its own."), field="mail_address"
        ) from None
    return row
