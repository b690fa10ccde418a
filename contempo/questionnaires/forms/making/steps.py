"""The buttons of the builder: each names what is to be done and with which part."""

from collections.abc import Mapping
from typing import Any

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.editing import (
    AddGroup,
    AddPage,
    AddQuestion,
    Duplicate,
    Edit,
    Move,
    MoveTo,
    Ref,
    Remove,
    Removed,
    RestorePart,
    SetLanguages,
)

_UNKNOWN = N_("This button does not exist any more. Load the page again.")


def step_of(data: Mapping[str, Any], removed: Removed | None) -> Edit:
    """What the button pressed asks for, written `up:question:staff`; `removed` is what an undo puts back. Refusal for
    what is no step.
    """
    name, _colon, about = str(data.get("do", "")).partition(":")
    near = str(data.get("near", ""))
    match name:
        case "page":
            return AddPage(Ref.parse(about) if about else None)
        case "group":
            return AddGroup(Ref.parse(about))
        case "question" if (kind := str(data.get("kind", ""))) in list(Kind):
            return AddQuestion(Ref.parse(about or near), Kind(kind))
        case "up" | "down":
            return Move(Ref.parse(about), -1 if name == "up" else 1)
        case "duplicate":
            return Duplicate(Ref.parse(about))
        case "remove":
            return Remove(Ref.parse(about))
        case "move":
            return MoveTo(Ref.parse(about), Ref.parse(str(data.get("target", ""))))
        case "undo" if removed is not None:
            return RestorePart(removed)
        case "english":
            return SetLanguages(about == "on")
    raise Refusal(_UNKNOWN)


def revision_of(data: Mapping[str, Any]) -> int | None:
    """The revision of the draft on the page the button stood on."""
    typed = str(data.get("revision", ""))
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None
