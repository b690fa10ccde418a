"""The words of a part: its bytes in the character set they are really in, its lines as they were written."""

import codecs
import re
import unicodedata

from contempo.helpdesk.rules.mail.limits import MAX_LINKS, MAX_TEXT, Note, Remarks

_TEXT_CODECS = re.compile(
    r"utf|iso8859|iso2022|cp\d|koi8|mac|gb|big5|euc|shift_jis|ascii|johab|hz|tis|ptcp|kz1048|hp_roman|latin|hp-roman"
)
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "ansi": "cp1252",
}
_ONE_BYTE = frozenset({"cp1252", "iso8859-1", "iso8859-15", "ascii"})
_LINK = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_ODD = frozenset({"Cc", "Cs"})


def decode(data: bytes, charset: str, remarks: Remarks) -> str:
    """`data` as text. Never raises.

    What is valid UTF-8 with letters beyond ASCII is UTF-8 whatever one-byte set it claims to be in, because the
    contrary practically never happens by chance; what claims to be UTF-8 and is not, is what Windows in Europe writes
    (cp1252, which also holds all of ISO 8859-1 that is text, as browsers read it).
    """
    name = _codec(charset)
    if charset and name is None:
        remarks.add(Note.BROKEN_TEXT)
    if name is None or name in _ONE_BYTE:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if charset and name == "ascii":
                remarks.add(Note.BROKEN_TEXT)
            name = name if name and name != "ascii" else "cp1252"
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        if name != "cp1252":
            remarks.add(Note.BROKEN_TEXT)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252" if name.startswith("utf") or name == "cp1252" else name, "replace")


def _codec(charset: str) -> str | None:
    """Python's name for a character set; None for one that is unknown or no character set (`rot13`, `punycode`)."""
    wanted = charset.strip().strip("'\"").lower().replace("_", "-") if charset else ""
    try:
        name = codecs.lookup(_ALIASES.get(wanted, wanted or "-")).name
    except (LookupError, ValueError):
        return None
    return name if _TEXT_CODECS.match(name) else None


def tidy(text: str, remarks: Remarks) -> str:
    """`text` with plain line breaks and none of the characters that are not for reading; at most `MAX_TEXT` of them.

    Control characters, halves of characters and those that turn the direction of writing go; the rest is NFC.
    """
    if len(text) > MAX_TEXT:
        remarks.add(Note.TEXT_CUT)
        text = text[:MAX_TEXT]
    text = _LINE_BREAKS.sub("\n", text.translate(_BIDI))
    if not text.isprintable():
        text = "".join(
            character for character in text if character in "\n\t" or unicodedata.category(character) not in _ODD
        )
    lines = (line.replace("\xa0", " ").rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip("\n")


def unflow(text: str, *, delete_space: bool) -> str:
    """Lines of format=flowed joined into those that were written (RFC 3676, section 4)."""
    written: list[str] = []
    open_depth = -1
    for line in _LINE_BREAKS.split(text):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        shown = bare[:-1] if flows and delete_space else bare
        if open_depth == depth and bare != "-- ":
            written[-1] += shown
        else:
            written.append(f"{'>' * depth} {shown}" if depth else shown)
        open_depth = depth if flows else -1
    return "\n".join(written)


def limit_links(text: str, remarks: Remarks) -> str:
    """`text` with the links beyond `MAX_LINKS` taken out."""
    seen = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return found.group() if seen <= MAX_LINKS else "[…]"

    shorter = _LINK.sub(keep, text)
    if seen > MAX_LINKS:
        remarks.add(Note.LINKS_CUT, count=MAX_LINKS)
    return shorter


def has_words(text: str) -> bool:
    """Whether somebody wrote something there."""
    return any(character.isalnum() for character in text)


_ITALIAN = frozenset(
    "il lo la gli le un una di da del della che non per con sono ho mio mia come si è anche più".split()
)
_ENGLISH = frozenset("the a an of to and is are i my for with have can do in on it that not how what".split())


def language_of(text: str) -> str:
    """ "en" for a text with more of the commonest English words than Italian ones, otherwise "it"."""
    words = re.findall(r"[^\W\d_]+", text[:5000].lower())
    english, italian = (sum(word in common for word in words) for common in (_ENGLISH, _ITALIAN))
    return "en" if english > italian else "it"
