"""What becomes of a member: it leads the network, its membership ends."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.network.access import may_end_membership, may_run_agency
from contempo.network.actions.accession.decisions import cease
from contempo.network.actions.accession.story import FOR_AGENCY, FOR_APPLICANTS, completed
from contempo.network.actions.organisations import close_membership, lock_organisation, lock_registry
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.rules.accession import State, reason_for
from contempo.network.rules.letters import LETTERS
from contempo.people.public import Actor, NetworkRole, notify, persons_of_organisation, persons_with


@action
def end_membership(actor: Actor, *, organisation_id: int, reason: str) -> None:
    """End the membership of an organisation today, saying why; the request it came from, if any, ends with it."""
    require(may_end_membership(actor, organisation_id))
    signed = AccessionRequest.objects.filter(organisation_id=organisation_id, state=State.SIGNED).first()
    if signed is not None:
        cease(actor, request_id=signed.id, reason=reason)
        return
    reason = reason_for("cease", reason)
    organisation = lock_organisation(actor.network_id, organisation_id)
    if organisation.member_since is None:
        raise Refusal(N_("This organisation is not a member."))
    close_membership(organisation, clock.today(), reason)
    _tell(actor, organisation, reason)


@action
def name_lead(actor: Actor, *, organisation_id: int) -> None:
    """Make a member the lead organisation of the actor's network, in place of the one that was."""
    require(may_run_agency(actor))
    network = lock_registry(actor.network_id)
    organisation = lock_organisation(network.id, organisation_id)
    if organisation.member_since is None:
        raise Refusal(N_("The lead organisation must be a member of the network."))
    network.lead = organisation
    network.save(update_fields=["lead"])


def _tell(actor: Actor, organisation: Organisation, reason: str) -> None:
    """Tell the other side: the organisation of what the agency ended, the agency of an organisation that left."""
    network, letter = organisation.network, LETTERS["cease"]
    by_agency = actor.has(NetworkRole.COORDINATOR)
    told = persons_of_organisation(organisation.id) if by_agency else persons_with(network.id, NetworkRole.COORDINATOR)
    page = "organizzazione" if by_agency else "agenzia/soggetti"
    notify(
        [person.id for person in told],
        kind=(FOR_APPLICANTS if by_agency else FOR_AGENCY).name,
        network_id=network.id,
        title=format_lazy("{}: {}", _(letter.title), organisation.name),
        text=completed(_(letter.text), network.name, organisation.name, None, reason),
        url=f"/{network.slug}/{page}/{organisation.id}/",
    )
