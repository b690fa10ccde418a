"""What a new text changes in an old one, word by word. Pure."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\s+|[^\W_]+|[\W_]")
MOST = 8000


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


Piece = tuple[str, Change]


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: what stayed, what was taken out, what was put in.

    Texts of more than `MOST` words and signs are compared as wholes.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > MOST:
        old, new = [before], [after]
    pieces: list[Piece] = []
    for operation, left, right, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(("".join(old[left:right]), Change.SAME))
            continue
        if left < right:
            pieces.append(("".join(old[left:right]), Change.REMOVED))
        if begin < end:
            pieces.append(("".join(new[begin:end]), Change.ADDED))
    return tuple(piece for piece in pieces if piece[0])
