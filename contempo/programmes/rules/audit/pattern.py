"""One pattern of the language of declared figures."""

from collections.abc import Callable
from dataclasses import dataclass

from contempo.programmes.rules.audit.measured import Measured


@dataclass(frozen=True)
class Measure:
    """One pattern of the language and the rule that speaks of it."""

    pattern: str
    rule: str
    make: Callable[..., Measured]

    def keys_in(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """What stands for the words in angle brackets; None when `words` are of another pattern."""
        pattern = self.pattern.split(".")
        if len(pattern) != len(words):
            return None
        if any(word != part for part, word in zip(pattern, words, strict=True) if not part.startswith("<")):
            return None
        return tuple(word for part, word in zip(pattern, words, strict=True) if part.startswith("<"))
