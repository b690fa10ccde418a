"""How networks and organisations are called: what people, who stand below, are told through their ports."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from contempo.network.models import Network, Organisation
from contempo.network.queries.words import named_like
from contempo.network.rules.organisations import core_name
from contempo.people.public import NetworkBrief


def networks_called(ids: Iterable[int | None]) -> dict[int, NetworkBrief]:
    """Address and name of the networks of `ids`. One SQL."""
    rows = Network.objects.filter(id__in=_known(ids)).values_list("id", "slug", "name")
    return {key: NetworkBrief(key, slug, name) for key, slug, name in rows}


def organisation_names(ids: Iterable[int | None]) -> dict[int, str]:
    """How the organisations of `ids` are called. One SQL."""
    return dict(Organisation.objects.filter(id__in=_known(ids)).values_list("id", "name"))


def organisation_kinds(ids: Iterable[int | None]) -> dict[int, str]:
    """The kind of each organisation of `ids`. One SQL, none for nobody."""
    known = _known(ids)
    return dict(Organisation.objects.filter(id__in=known).values_list("id", "kind")) if known else {}


@dataclass(frozen=True)
class OrganisationLink:
    """How an organisation is called, and its public page; `url` is empty for one that is no member."""

    id: int
    name: str
    url: str


def organisation_links(network_id: int, ids: Iterable[int | None]) -> dict[int, OrganisationLink]:
    """The organisations of `ids` that are in the registry of a network. One SQL, none for nobody."""
    if not (known := _known(ids)):
        return {}
    rows = Organisation.objects.filter(network_id=network_id, id__in=known).order_by("search_name", "id")
    return {
        key: OrganisationLink(key, name, f"/{network}/soggetti/{slug}/" if since else "")
        for key, name, slug, since, network in rows.values_list("id", "name", "slug", "member_since", "network__slug")
    }


def find_organisations(network_id: int, text: str, limit: int = 10) -> tuple[OrganisationLink, ...]:
    """The organisations in the registry of a network with the words of `text` in the name, members first. One SQL."""
    found = named_like(Organisation.objects.filter(network_id=network_id), text)
    found = found.order_by(F("member_since").asc(nulls_last=True), "search_name", "id")[:limit]
    rows = found.values_list("id", "name", "slug", "member_since", "network__slug")
    return tuple(
        OrganisationLink(key, name, f"/{network}/soggetti/{slug}/" if since else "")
        for key, name, slug, since, network in rows
    )


def organisation_named(network_id: int, name: str) -> int | None:
    """The organisation in the registry of a network that a name means; None when none, or several, do. One SQL."""
    if not name.strip():
        return None
    found = Organisation.objects.filter(network_id=network_id, core_name=core_name(name)).values_list("id", flat=True)
    numbers = list(found[:2])
    return numbers[0] if len(numbers) == 1 else None


@dataclass(frozen=True)
class NotRegistered:
    """An organisation that the registry lacks; `like` is the slug of one in it that is called the same, if any."""

    slug: str
    name: str
    like: str


def not_registered(network_id: int, named: Iterable[tuple[str, str]]) -> tuple[NotRegistered, ...]:
    """Those of `named` (slug and name) that are not in the registry of a network. Two SQL, one when all are."""
    wanted = dict(named)
    registry = Organisation.objects.filter(network_id=network_id)
    known = set(registry.filter(slug__in=wanted).values_list("slug", flat=True))
    missing = {slug: name for slug, name in wanted.items() if slug not in known}
    if not missing:
        return ()
    cores = {core_name(name)[:200] for name in missing.values()}
    found = registry.filter(core_name__in=cores).exclude(slug__in=wanted).order_by("id")
    like = dict(found.values_list("core_name", "slug"))
    return tuple(NotRegistered(slug, name, like.get(core_name(name)[:200], "")) for slug, name in missing.items())


def organisation_networks(ids: Iterable[int | None]) -> dict[int, int]:
    """The network each organisation of `ids` belongs to. One SQL."""
    return dict(Organisation.objects.filter(id__in=_known(ids)).values_list("id", "network_id"))


def _known(ids: Iterable[int | None]) -> set[int]:
    return {key for key in ids if key is not None}
