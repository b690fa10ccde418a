"""Ports through which contexts put their entries into the frame of every page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class NavItem:
    """An entry of the main navigation (`group` "main") or of the signed-in person's bar ("desk").

    `url_name` is reversed with the network's slug as `network` when `needs_network`; entries that need a network are
    left out where there is none. `visible` must not query the database: it is asked on every page.
    """

    label: "StrOrPromise"
    url_name: str
    order: int
    needs_network: bool = True
    visible: Callable[[HttpRequest], bool] = lambda request: True
    group: str = "main"


@dataclass(frozen=True)
class NavLink:
    """An entry as the page shows it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class MenuLink:
    """A link of the person menu; `count` above zero is shown beside it."""

    label: str
    url: str
    icon: str = ""
    count: int = 0


@dataclass(frozen=True)
class Choice:
    """One option of a switch that posts `value`."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class ActingSwitch:
    """The "acting for" switch: posts `field`=value and `next` to `url`."""

    url: str
    field: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class PersonMenu:
    """The menu of the signed-in person in the header; `acting_for` is the name under which the person acts now."""

    name: str
    links: tuple[MenuLink, ...]
    acting_for: str = ""
    acting: ActingSwitch | None = None
    unread: int = 0


_items: list[NavItem] = []
_person_menu: list[Callable[[HttpRequest], PersonMenu | None]] = []


def register(item: NavItem) -> None:
    """Add an entry; called from a context's `ready`. Registering the same entry twice changes nothing."""
    if item not in _items:
        _items.append(item)
        _items.sort(key=lambda each: each.order)


def register_person_menu(source: Callable[[HttpRequest], PersonMenu | None]) -> None:
    """Name the function that makes the person menu of a request (None for visitors); the last one wins."""
    _person_menu[:] = [source]


def links(request: HttpRequest, group: str) -> tuple[NavLink, ...]:
    """The entries of `group` for this request, in order; the one whose address leads here is current."""
    network = getattr(request, "network", None)
    found = []
    for item in _items:
        if item.group != group or (item.needs_network and network is None) or not item.visible(request):
            continue
        try:
            url = reverse(item.url_name, kwargs={"network": network.slug} if item.needs_network and network else None)
        except NoReverseMatch:
            continue
        found.append((item.label, url))
    homes = ("/", f"/{network.slug}/" if network else "/")
    leading = [url for _, url in found if request.path == url or (url not in homes and request.path.startswith(url))]
    here = max(leading, key=len, default="")
    return tuple(NavLink(str(label), url, current=url == here) for label, url in found)


def person_menu(request: HttpRequest) -> PersonMenu | None:
    """The person menu of this request, None for visitors or while no context provides one."""
    if not _person_menu or not getattr(getattr(request, "user", None), "is_authenticated", False):
        return None
    return _person_menu[0](request)
