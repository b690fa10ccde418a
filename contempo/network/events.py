"""Facts of the network context that others may listen to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestSubmitted:
    """An organisation asked to join."""

    request_id: int


@dataclass(frozen=True)
class OrganisationAdmitted:
    """The agency admitted an organisation, which may now sign."""

    request_id: int
    organisation_id: int


@dataclass(frozen=True)
class MembershipBegun:
    """An organisation signed the agreement and is a member."""

    organisation_id: int


@dataclass(frozen=True)
class MembershipEnded:
    """An organisation is a member no longer."""

    organisation_id: int
