"""What the people of the desk are told of the catalogue."""

from collections.abc import Iterable

from django.utils.functional import Promise as Lazy
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from contempo.core.words import N_
from contempo.helpdesk.models import Entry, Revision
from contempo.people.public import Kind, NetworkRole, notify, persons_with, register_notification_kind

TO_DO = Kind("desk.catalogue", N_("Entries of the catalogue that wait for me"))


def register_kinds() -> None:
    """Make the notifications of the catalogue known; called once when the application starts."""
    register_notification_kind(TO_DO)


def entry_path(entry: Entry) -> str:
    """Path of the page on which the desk works at an entry."""
    return f"/{entry.network.slug}/esperti/catalogo/{entry.number}/"


def revision_path(revision: Revision) -> str:
    """Path of the page on which the desk works at a revision."""
    return f"{entry_path(revision.entry)}revisioni/{revision.pk}/"


def tell_proposed(revision: Revision) -> None:
    """A revision waits for a second person: the desk is told, its author left out."""
    persons = _desk(revision.entry.network_id) - {revision.author_id}
    _tell(
        persons,
        revision.entry.network_id,
        _("An entry of the catalogue waits for a second person"),
        revision.title,
        revision_path(revision),
    )


def tell_approved(revision: Revision) -> None:
    """The author is told that a revision is published."""
    title = _("Your text is in the catalogue")
    _tell({revision.author_id}, revision.entry.network_id, title, revision.title, revision_path(revision))


def tell_sent_back(revision: Revision) -> None:
    """The author is told that a revision comes back, and why."""
    title = _("Your text for the catalogue comes back")
    _tell({revision.author_id}, revision.entry.network_id, title, revision.decision, revision_path(revision))


def tell_to_review(entry: Entry, title: str) -> None:
    """The desk is told that an entry must be looked at again."""
    _tell(
        _desk(entry.network_id),
        entry.network_id,
        _("An entry of the catalogue must be looked at again"),
        title,
        entry_path(entry),
    )


def _desk(network_id: int) -> set[int]:
    return {person.id for person in persons_with(network_id, NetworkRole.EXPERT, NetworkRole.COORDINATOR)}


def _tell(persons: Iterable[int], network_id: int, title: Lazy, text: str, url: str) -> None:
    notify(set(persons), kind=TO_DO.name, network_id=network_id, title=title, text=lazystr(text), url=url)
