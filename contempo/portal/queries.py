"""What the pages of the portal show, gathered from the contexts through their doors."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from contempo.core import outbox, search
from contempo.network.public import (
    AgreementText,
    Fact,
    KindCount,
    MemberBrief,
    NetworkAbout,
    agreement_texts,
    declared_facts,
    latest_members,
    member_count,
    members_by_kind,
    network_about,
)
from contempo.people.public import (
    Actor,
    DeskCard,
    Told,
    desk_cards,
    newest_unread,
)

LATEST = 6
UNREAD = 8
MAILS = 25
_TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Home:
    """The home of a network: how many members, of which kinds, who joined last."""

    members: int
    kinds: tuple[KindCount, ...]
    latest: tuple[MemberBrief, ...]


@dataclass(frozen=True)
class About:
    """The presentation of a network, its agreement and the figures its documents declare."""

    network: NetworkAbout
    agreement: AgreementText | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Desk:
    """What awaits a person in a network, what changed, where they often go, what they have not read yet.

    `at` is when it was asked: a deadline before it has passed. `is_new` is for whom nothing ties to the network yet.
    """

    at: datetime
    is_new: bool
    waiting: tuple[DeskCard, ...]
    changed: tuple[DeskCard, ...]
    shortcuts: tuple[DeskCard, ...]
    unread: tuple[Told, ...]


def home(network_id: int) -> Home:
    """The home of a network; the cost does not depend on how many organisations it has."""
    return Home(
        members=member_count(network_id),
        kinds=members_by_kind(network_id),
        latest=latest_members(network_id, LATEST),
    )


def about(network_id: int, language: str, now: datetime) -> About:
    """The presentation of a network in `language`."""
    versions = agreement_texts(network_id, language, now.date())
    return About(
        network=network_about(network_id, language),
        agreement=next((version for version in versions if version.in_force), None),
        facts=declared_facts(network_id, "agency", language),
    )


def desk(actor: Actor, now: datetime) -> Desk:
    """Cards of every context for `actor`, and the notifications not read yet."""
    cards = desk_cards(actor, now)
    return Desk(
        at=now,
        is_new=not (cards or actor.roles or actor.organisations),
        waiting=tuple(card for card in cards if card.kind == "decide"),
        changed=tuple(card for card in cards if card.kind == "changed"),
        shortcuts=tuple(card for card in cards if card.kind == "shortcut"),
        unread=newest_unread(actor, UNREAD),
    )


def found(network_id: int, text: str, page: int) -> search.Results:
    """What the public may find in a network; a page beyond the last is the first one."""
    results = search.find(network_id=network_id, text=text, public_only=True, page=page)
    if page > 1 and not results.items:
        return search.find(network_id=network_id, text=text, public_only=True)
    return results


def legal_text(name: str, language: str) -> str:
    """A legal text of the installation (`privacy`, `note-legali`, `accessibilita`), as Markdown."""
    return (_TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")


def mails_kept(to: str) -> tuple[outbox.KeptMail, ...]:
    """In a demo, the newest mails that would have left, to one address when given."""
    return outbox.kept_mails(to=to, limit=MAILS)
