"""What higher contexts tell people: how networks and organisations are called, desk cards, further personal data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from contempo.people.rules.notifications import DeskCard
from contempo.people.rules.roles import Actor


@dataclass(frozen=True)
class NetworkBrief:
    """How a network is addressed and called."""

    id: int
    slug: str
    name: str


Networks = Callable[[Iterable[int]], Mapping[int, NetworkBrief]]
OrganisationNames = Callable[[Iterable[int]], Mapping[int, str]]
OrganisationNetworks = Callable[[Iterable[int]], Mapping[int, int]]
Landing = Callable[[str], str]
DeskSource = Callable[[Actor, datetime], Iterable[DeskCard]]
PersonalData = Callable[[int], object]

_networks: list[Networks] = []
_organisation_names: list[OrganisationNames] = []
_organisation_networks: list[OrganisationNetworks] = []
_landing: list[Landing] = []
_desk_sources: list[DeskSource] = []
_personal_data: dict[str, PersonalData] = {}
_LATEST = datetime.max.replace(tzinfo=UTC)


def register_networks(source: Networks) -> None:
    """Let `source(ids) -> {id: NetworkBrief}` (one SQL) tell of networks; the last one registered answers."""
    _networks[:] = [source]


def networks(ids: Iterable[int | None]) -> Mapping[int, NetworkBrief]:
    """Slug and name of each network of `ids` that is known."""
    wanted = {key for key in ids if key is not None}
    return _networks[0](wanted) if _networks and wanted else {}


def register_organisation_names(source: OrganisationNames) -> None:
    """Let `source(ids) -> {id: name}` (one SQL) tell how organisations are called; the last one registered answers."""
    _organisation_names[:] = [source]


def organisation_names(ids: Iterable[int | None]) -> Mapping[int, str]:
    """The name of each organisation of `ids` that is known."""
    wanted = {key for key in ids if key is not None}
    return _organisation_names[0](wanted) if _organisation_names and wanted else {}


def register_organisation_networks(source: OrganisationNetworks) -> None:
    """Let `source(ids) -> {id: network id}` (one SQL) tell where organisations belong; the last one registered answers.

    Without it no role can be given for any organisation.
    """
    _organisation_networks[:] = [source]


def organisation_networks(ids: Iterable[int]) -> Mapping[int, int]:
    """The network of each organisation of `ids` that is known."""
    return _organisation_networks[0](set(ids)) if _organisation_networks else {}


def register_desk_source(source: DeskSource) -> None:
    """Let `source(actor, now)` put cards on the desk; called by contexts when they start, each source once."""
    if source not in _desk_sources:
        _desk_sources.append(source)


def desk_cards(actor: Actor, now: datetime) -> tuple[DeskCard, ...]:
    """The cards of every source for `actor`, by order, then deadline (none last), then title."""
    cards = [card for source in _desk_sources for card in source(actor, now)]
    return tuple(sorted(cards, key=lambda card: (card.order, card.due_at or _LATEST, str(card.title))))


def register_landing(path_of: Landing) -> None:
    """Let `path_of(slug)` name the page of a network where its people land after signing in; the last one answers."""
    _landing[:] = [path_of]


def landing(slugs: Iterable[str]) -> str:
    """Where somebody with roles in the networks of `slugs` lands: there when it is one, else where all are listed."""
    known = set(slugs)
    return _landing[0](known.pop()) if _landing and len(known) == 1 else "/"


def register_personal_data(name: str, source: PersonalData) -> None:
    """Let `source(person_id)` add what a context holds about a person to the download of one's own data.

    `name` becomes the key in the file; what the source returns must be made of dicts, lists, strings, numbers, dates.
    """
    _personal_data[name] = source


def further_personal_data(person_id: int) -> dict[str, object]:
    """What every other context holds about the person, by context."""
    return {name: source(person_id) for name, source in _personal_data.items()}
