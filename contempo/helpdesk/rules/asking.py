"""Asking: in what capacity, through which channel, and what a question must say."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_


class Capacity(StrEnum):
    """In what capacity somebody asks."""

    WORKER = "worker"
    EMPLOYER = "employer"
    UNION = "union"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"
    OTHER = "other"


CAPACITY_LABELS: dict[str, str] = {
    Capacity.WORKER: N_("I work, or I am looking for work"),
    Capacity.EMPLOYER: N_("I am an employer"),
    Capacity.UNION: N_("For a trade union"),
    Capacity.PUBLIC_BODY: N_("For a public body"),
    Capacity.ASSOCIATION: N_("For an association or co-operative"),
    Capacity.OTHER: N_("In another capacity"),
}
"""The capacities as the asker chooses them."""

CAPACITY_NAMES: dict[str, str] = {
    Capacity.WORKER: N_("Workers"),
    Capacity.EMPLOYER: N_("Employers"),
    Capacity.UNION: N_("Trade unions"),
    Capacity.PUBLIC_BODY: N_("Public bodies"),
    Capacity.ASSOCIATION: N_("Associations and co-operatives"),
    Capacity.OTHER: N_("Others"),
}
"""The capacities as they head a count."""


class Channel(StrEnum):
    """How a question reached the desk; `DESK` is typed in by the agency for somebody at the counter or on the phone."""

    WEB = "web"
    MAIL = "mail"
    DESK = "desk"


CHANNEL_LABELS: dict[str, str] = {
    Channel.WEB: N_("Web"),
    Channel.MAIL: N_("E-mail"),
    Channel.DESK: N_("Counter or phone"),
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks, as the form or the mail gave it.

    `municipality` is an ISTAT code, `sector` a letter of ATECO, `contract_id` a norm of the network's registry;
    `counterparts` are names as typed. What was not told is empty.
    """

    text: str
    topic: str
    capacity: str
    subject: str = ""
    language: str = "it"
    municipality: str = ""
    sector: str = ""
    contract_id: int | None = None
    consent: bool = False
    counterparts: tuple[str, ...] = ()


MIN_TEXT = 20
MAX_TEXT = 8000
MAX_DOCUMENTS = 5
SUBJECT_LENGTH = 90


def checked_text(text: str, *, field: str = "text", least: int = MIN_TEXT) -> str:
    """What was asked, trimmed; Refusal on `field` when it says too little or is too long."""
    text = text.strip()
    if not text:
        raise Refusal(N_("Write your text."), field=field)
    if len(text) < least:
        raise Refusal(
            N_("Tell us a little more: at least %(least)s characters, so that the expert understands your case."),
            field=field,
            least=least,
        )
    if len(text) > MAX_TEXT:
        raise Refusal(
            N_("The question has %(count)s characters: at most %(most)s are allowed. Put the rest in an attachment."),
            field=field,
            count=len(text),
            most=MAX_TEXT,
        )
    return text


def check_documents(count: int) -> None:
    """Refuse a message with `count` attachments when they are too many."""
    if count > MAX_DOCUMENTS:
        raise Refusal(
            N_("A message has at most %(most)s attachments: remove one to add another."),
            field="documents",
            most=MAX_DOCUMENTS,
        )


def subject_of(text: str) -> str:
    """A line that stands for a question without a subject: its beginning, cut at a word, `SUBJECT_LENGTH` at most."""
    line = " ".join(text.split())
    if len(line) <= SUBJECT_LENGTH:
        return line
    return _cut_at_word(line.split(" "))


def _cut_at_word(words: Iterable[str]) -> str:
    taken = ""
    for word in words:
        if len(taken) + len(word) + 2 > SUBJECT_LENGTH:
            break
        taken = f"{taken} {word}".strip()
    return f"{taken or next(iter(words))[: SUBJECT_LENGTH - 1]}…"
