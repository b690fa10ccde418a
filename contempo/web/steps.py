"""Steps of a wizard, as the steps component shows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """`key` names the step; `url` leads back to it, empty while it cannot be opened; `done` when it is complete."""

    key: str
    label: str
    url: str = ""
    done: bool = False
