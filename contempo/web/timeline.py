"""What happened to a thing, as the timeline component shows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One thing that happened: `tone` and `icon` as for a badge, `text` the note that came with it, `who` a name."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    tone: str = "neutral"
    icon: str = "it-check"
