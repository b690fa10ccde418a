"""Names of a workbook become keys: small letters, digits and single underscores. Pure."""

import re

from contempo.core.text import normalise
from contempo.questionnaires.rules.checks.problem import KEY_LENGTH
from contempo.questionnaires.rules.library import free_key


class Keys:
    """Keys given out so far: each name gets one of its own."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def of(self, name: str, *, letter: bool = True, spare: str = "domanda") -> str:
        """A free key like `name`; with `letter` it begins with one."""
        plain = re.sub(r"_+", "_", normalise(name.replace("-", "_").replace(".", "_")).replace(" ", "_"))
        plain = re.sub(r"[^a-z0-9_]", "", plain).strip("_")
        if letter and plain and not plain[0].isalpha():
            plain = f"q_{plain}"
        key = free_key(plain[:KEY_LENGTH].rstrip("_") or spare, self.taken)
        self.taken.add(key)
        return key
