"""How networks and organisations are called: what people, who stand below, are told through their ports."""

from collections.abc import Iterable

from contempo.network.models import Network, Organisation
from contempo.people.public import NetworkBrief


def networks_called(ids: Iterable[int | None]) -> dict[int, NetworkBrief]:
    """Address and name of the networks of `ids`. One SQL."""
    rows = Network.objects.filter(id__in=_known(ids)).values_list("id", "slug", "name")
    return {key: NetworkBrief(key, slug, name) for key, slug, name in rows}


def organisation_names(ids: Iterable[int | None]) -> dict[int, str]:
    """How the organisations of `ids` are called. One SQL."""
    return dict(Organisation.objects.filter(id__in=_known(ids)).values_list("id", "name"))


def organisation_networks(ids: Iterable[int | None]) -> dict[int, int]:
    """The network each organisation of `ids` belongs to. One SQL."""
    return dict(Organisation.objects.filter(id__in=_known(ids)).values_list("id", "network_id"))


def _known(ids: Iterable[int | None]) -> set[int]:
    return {key for key in ids if key is not None}
