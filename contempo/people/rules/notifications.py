"""What people are told, and how they choose to hear it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from contempo.core.words import N_


class Delivery(StrEnum):
    """How a notification reaches a person, besides the page where it always is."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"


DELIVERY_LABELS: dict[str, str] = {
    Delivery.NOW: N_("At once by e-mail"),
    Delivery.DIGEST: N_("In the morning summary"),
    Delivery.NEVER: N_("Only in the page"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of notification a context may send: stable `name`, `label` (a message id), choice made for newcomers."""

    name: str
    label: str
    default: Delivery = Delivery.NOW


_KINDS: dict[str, Kind] = {}


def register_notification_kind(kind: Kind) -> None:
    """Make `kind` known; called by contexts when they start. Registering the same kind twice is harmless.

    Raises ValueError when the name is taken by a different kind, or the default is no way of delivering.
    """
    Delivery(kind.default)
    if _KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"The notification kind {kind.name!r} is already taken.")


def notification_kinds() -> tuple[Kind, ...]:
    """Every known kind, in order of registration."""
    return tuple(_KINDS.values())


def notification_kind(name: str) -> Kind:
    """The kind called `name`; KeyError when no context registered it."""
    return _KINDS[name]


@dataclass(frozen=True)
class DeskCard:
    """One thing that awaits a person, as a context puts it on their desk.

    `title` may be lazily translated; `count` is the length of the list behind `url`; `due_at` the nearest deadline,
    aware, or None; `tone` one of neutral, info, success, warning, danger; `kind` "decide" (waits for me), "changed"
    (news) or "shortcut"; cards of a kind are shown by `order`, then deadline.
    """

    title: str
    count: int
    url: str
    due_at: datetime | None = None
    tone: str = "neutral"
    kind: str = "decide"
    order: int = 100


DIGEST_HOUR = 8
# The name under which the morning summary itself is sent and stopped.
DIGEST = "people.digest"


def is_digest_hour(at: datetime, rome: tzinfo) -> bool:
    """Whether `at` (aware) falls in the hour of the morning summary, by the clock of people in Italy (`rome`)."""
    return at.astimezone(rome).hour == DIGEST_HOUR


ROLE_KIND = Kind("people.role", N_("Roles given to you or ended"))
INVITATION_KIND = Kind("people.invitation", N_("Answers to your invitations"), Delivery.DIGEST)
