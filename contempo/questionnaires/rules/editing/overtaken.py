"""Two people, or two windows, that write the same questionnaire: the second is told, and nothing typed is lost."""

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.rules.editing.edits import Edit
from contempo.questionnaires.rules.editing.parts import Ref, edition_of, find


class Overtaken(Refusal):
    """What was seen when the change was asked for is no longer what is there."""


CHANGED = N_(
    "This was changed after you opened the page, by somebody else or by you in another window. What you typed is still "
    "here, not saved yet: look at what is there now, then save again if yours is to stay."
)
MOVED = N_("The questionnaire was changed after you opened the page. Look at it as it is now, then do it again.")


def require_seen(document: Document, revision: int, edit: Edit, *, seen: int | None) -> None:
    """Raise Overtaken when `edit` moves, doubles or takes out parts of a document seen at another revision."""
    if edit.structural and seen is not None and seen != revision:
        raise Overtaken(MOVED)


def require_edition(document: Document, part: Ref, *, seen: str) -> None:
    """Raise Overtaken when the part called `part` says no longer what it said in the edition `seen`. Changes to other
    parts are no matter: both stay.
    """
    if seen and edition_of(find(document, part)) != seen:
        raise Overtaken(CHANGED)
