"""Beginning to run the agile work of an organisation."""

from django.db import IntegrityError, transaction

from contempo.agile.access import may_open
from contempo.agile.models import Employer
from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.network.public import PUBLIC_KINDS, organisation_kinds, organisation_links
from contempo.people.public import Actor

NOT_HERE = N_("This organisation is not in the registry of the network.")
OPEN_ALREADY = N_("The agile work of this organisation is open already.")


@action
def open_employer(actor: Actor, *, organisation_id: int) -> Employer:
    """Make an organisation of the actor's network an employer. Refusal when it is one already."""
    require(may_open(actor, organisation_id))
    network_id = actor.network_id
    if network_id is None or organisation_id not in organisation_links(network_id, [organisation_id]):
        raise Refusal(NOT_HERE)
    kind = organisation_kinds([organisation_id])[organisation_id]
    try:
        with transaction.atomic():
            return Employer.objects.create(
                network_id=network_id,
                organisation_id=organisation_id,
                public_body=kind in PUBLIC_KINDS,
                opened_at=now(),
            )
    except IntegrityError:
        raise Refusal(OPEN_ALREADY) from None
