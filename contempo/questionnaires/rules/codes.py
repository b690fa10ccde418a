"""The codes by which people sort free texts."""

from collections.abc import Iterable

from contempo.core.text import normalise
from contempo.core.verdict import Refusal
from contempo.core.words import N_

LONGEST = 80
"""Letters of the longest code."""

MOST_AT_ONCE = 10
"""Codes given in one go."""


def typed(text: str, *, field: str = "codes") -> tuple[str, ...]:
    """The codes typed with commas between them, each once, as they are kept. Raises Refusal beside `field`."""
    found: dict[str, str] = {}
    for part in text.split(","):
        label = " ".join(part.split())
        if len(label) > LONGEST:
            raise Refusal(N_("A code has at most %(most)s letters."), field=field, most=LONGEST)
        if label:
            found.setdefault(normalise(label), label)
    if not found:
        raise Refusal(N_("Write at least one code."), field=field)
    if len(found) > MOST_AT_ONCE:
        raise Refusal(N_("Give at most %(most)s codes at a time."), field=field, most=MOST_AT_ONCE)
    return tuple(found.values())


def same(labels: Iterable[str], label: str) -> str | None:
    """The one of `labels` that says the same as `label` whatever its case and accents, None when there is none."""
    wanted = normalise(label)
    return next((each for each in labels if normalise(each) == wanted), None)
