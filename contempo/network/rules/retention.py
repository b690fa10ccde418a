"""How long what a network holds about persons is kept."""

from datetime import timedelta

from contempo.network.rules.accession import State

ENDED_REQUEST_KEPT = timedelta(days=5 * 365)
"""A request refused or withdrawn; one that was signed stays as long as its signature."""

ENDED_WITHOUT_MEMBER = (State.REFUSED, State.WITHDRAWN)

SIGNATURE_KEPT = timedelta(days=10 * 365)
"""A signature and its request after the end of the membership: the ordinary term of rights, civil code article 2946."""

CONTACT_KEPT = timedelta(days=2 * 365)
"""The contacts of an organisation after the end of its membership."""
