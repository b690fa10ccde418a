"""How much of one message is read, and the remarks left where something was cut off or looked wrong.

The limits on attachments are those of the web; the others are far above what people write and low enough that no
message costs more than a few seconds of one processor.
"""

from dataclasses import dataclass
from enum import StrEnum

from contempo.core.words import N_

MAX_BYTES = 70 * 1024 * 1024
"""Of the whole message: five attachments of ten megabytes as mail carries them (base64), with room for the text."""

MAX_HEAD = 256 * 1024
"""Bytes of one block of headers."""

MAX_FIELDS = 400
"""Header fields of one part."""

MAX_FIELD = 8 * 1024
"""Characters of one header field; the standard library takes quadratic time over longer ones."""

MAX_PART_FIELD = 2 * 1024
"""Characters of one Content-Type or Content-Disposition."""

MAX_FROM_FIELDS = 3
MAX_PARTS = 200
MAX_DEPTH = 12
MAX_HTML = 1_000_000
"""Characters of HTML read in one message, attached messages included."""

MAX_TEXT = 200_000
MAX_LINKS = 50
MAX_RECIPIENTS = 100
MAX_REFERENCES = 100
MAX_ATTACHMENTS = 5
MAX_ATTACHMENT = 10 * 1024 * 1024
LITTLE_PICTURE = 16 * 1024
"""A picture shown inside the text and not larger than this, in bytes, is a logo or a smiley and not an attachment."""

MAX_HOPS = 30
"""Servers a message may pass through before it is taken for one that runs in circles."""


class Note(StrEnum):
    """What was cut off from a message, or what is wrong with it."""

    TOO_BIG = "too_big"
    HEADERS_CUT = "headers_cut"
    PARTS_CUT = "parts_cut"
    NESTING_CUT = "nesting_cut"
    TEXT_CUT = "text_cut"
    LINKS_CUT = "links_cut"
    ATTACHMENTS_CUT = "attachments_cut"
    ATTACHMENT_TOO_BIG = "attachment_too_big"
    PICTURES_LEFT_OUT = "pictures_left_out"
    FILE_RENAMED = "file_renamed"
    BROKEN_TEXT = "broken_text"
    BROKEN_PARTS = "broken_parts"
    ENCRYPTED = "encrypted"
    NO_SENDER = "no_sender"
    ODD_SENDER = "odd_sender"
    SEVERAL_SENDERS = "several_senders"
    DOUBLED_HEADERS = "doubled_headers"
    MISLEADING_NAME = "misleading_name"
    ODD_DATE = "odd_date"
    SEEMS_AUTOMATIC = "seems_automatic"
    CERTIFIED_EMPTY = "certified_empty"
    CERTIFIED_ANOMALY = "certified_anomaly"
    CERTIFIED_MISMATCH = "certified_mismatch"


NOTE_LABELS: dict[str, str] = {
    Note.TOO_BIG: N_("The message is larger than %(count)s MB: only its headers were read."),
    Note.HEADERS_CUT: N_("The headers were too many or too long: the rest of them was cut off."),
    Note.PARTS_CUT: N_("The message has more than %(count)s parts: the others were cut off."),
    Note.NESTING_CUT: N_("The message holds parts within parts, too many levels deep: the deepest were cut off."),
    Note.TEXT_CUT: N_("The text was too long: the rest of it was cut off."),
    Note.LINKS_CUT: N_("The text has more than %(count)s links: the others were cut off."),
    Note.ATTACHMENTS_CUT: N_("“%(name)s” was left out: at most %(count)s attachments are taken."),
    Note.ATTACHMENT_TOO_BIG: N_("“%(name)s” was left out: it is larger than %(count)s MB."),
    Note.PICTURES_LEFT_OUT: N_("Little pictures inside the text were left out."),
    Note.FILE_RENAMED: N_("“%(name)s” had a name that could deceive: it was given a plain one."),
    Note.BROKEN_TEXT: N_(
        "Part of the text was written in an unknown or wrong character set: some letters may be wrong."
    ),
    Note.BROKEN_PARTS: N_("The message is damaged: its parts could not all be told apart."),
    Note.ENCRYPTED: N_("Part of the message is encrypted and cannot be read."),
    Note.NO_SENDER: N_("The message does not say who sent it."),
    Note.ODD_SENDER: N_("The sender’s address is not one that could be answered."),
    Note.SEVERAL_SENDERS: N_("The message names more than one sender."),
    Note.DOUBLED_HEADERS: N_("The header “%(name)s” is there more than once."),
    Note.MISLEADING_NAME: N_("The sender’s name shows another address: “%(name)s”."),
    Note.ODD_DATE: N_("The date of the message makes no sense."),
    Note.SEEMS_AUTOMATIC: N_("The message seems to have been sent by a program."),
    Note.CERTIFIED_EMPTY: N_("The envelope of certified mail does not hold the message."),
    Note.CERTIFIED_ANOMALY: N_(
        "An envelope of anomaly: the provider of certified mail does not vouch for the message."
    ),
    Note.CERTIFIED_MISMATCH: N_("The sender inside the envelope of certified mail is not the one outside."),
}

UNSAFE = frozenset(
    {
        Note.TOO_BIG,
        Note.HEADERS_CUT,
        Note.PARTS_CUT,
        Note.NESTING_CUT,
        Note.LINKS_CUT,
        Note.ENCRYPTED,
        Note.NO_SENDER,
        Note.ODD_SENDER,
        Note.SEVERAL_SENDERS,
        Note.MISLEADING_NAME,
        Note.SEEMS_AUTOMATIC,
        Note.CERTIFIED_EMPTY,
        Note.CERTIFIED_ANOMALY,
        Note.CERTIFIED_MISMATCH,
    }
)
"""Notes after which a person looks at the message before it does anything."""


@dataclass(frozen=True)
class Remark:
    """A note with what its label needs: `name` of a file or header, `count` of what is allowed."""

    note: Note
    name: str = ""
    count: int = 0


class Remarks:
    """The remarks gathered while one message is read, each once."""

    def __init__(self) -> None:
        self._remarks: dict[Remark, None] = {}

    def add(self, note: Note, *, name: str = "", count: int = 0) -> None:
        """Keep a remark, unless it is there already."""
        self._remarks[Remark(note, name=name, count=count)] = None

    def all(self) -> tuple[Remark, ...]:
        """The remarks in the order in which they were made."""
        return tuple(self._remarks)
