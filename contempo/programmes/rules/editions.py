"""Two people, or two windows, that change the same thing: the second is told, and nothing is lost unseen."""

import json
from hashlib import sha256

from contempo.core.verdict import Refusal
from contempo.core.words import N_


class Overtaken(Refusal):
    """What a form was opened on is no longer what is there."""


def edition(*values: object) -> str:
    """A short text that is the same for the same `values` and another for others; days and numbers are among them."""
    return sha256(json.dumps(values, default=str).encode()).hexdigest()[:16]


def require_edition(seen: str, present: str) -> None:
    """Raise Overtaken unless a form was opened on what is there now; without `seen` nobody had a form open."""
    if seen and seen != present:
        raise Overtaken(
            N_(
                "This was changed after you opened the page, by somebody else or by you in another window. Nothing is "
                "saved yet: look at what is there now, then save again if yours is to stay."
            )
        )
