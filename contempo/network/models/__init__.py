"""Tables of the network context."""

from contempo.network.models.accession import AccessionRequest, EntryKind, RequestEntry, Signature, SignatureMethod
from contempo.network.models.networks import AgreementVersion, DeclaredFact, Municipality, Network
from contempo.network.models.organisations import Contact, Membership, Organisation, Seat
from contempo.network.models.tallies import Tally

__all__ = [
    "AccessionRequest",
    "AgreementVersion",
    "Contact",
    "DeclaredFact",
    "EntryKind",
    "Membership",
    "Municipality",
    "Network",
    "Organisation",
    "RequestEntry",
    "Seat",
    "Signature",
    "SignatureMethod",
    "Tally",
]
