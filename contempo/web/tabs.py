"""Parts of one thing, or pages of one record, as the tabs component shows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """A part under its address; `count` is the number of records it holds, None when it is no list."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
