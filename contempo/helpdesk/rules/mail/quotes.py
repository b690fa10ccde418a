"""What a reply adds: the text without the older messages mail programs put under it, or around it.

Gmail, Outlook, Apple Mail, iOS, Thunderbird, Yahoo, Samsung, K-9, Zimbra, Horde, mutt, Lotus Notes, Libero, Virgilio
and the webmails of certified mail each have their way, in the language of whoever uses them. When nothing but
quotation is left, the whole text is the answer: words are never lost.
"""

import re

from contempo.helpdesk.rules.mail.html import HISTORY
from contempo.helpdesk.rules.mail.texts import has_words

_LONGEST_ATTRIBUTION = 4
_LONGEST_LINE = 400
_LONGEST_SIGNATURE = 25

# "Il giorno gio 12 nov 2026 alle ore 10:22 Sportello <…> ha scritto:" in the languages met in Milan.
_ATTRIBUTION = re.compile(
    r"""(?ix)^\s*[-_*]*\s*(?:
        (?:il|in\s+data|in\s+date|on|am|le|el|em|op|den)\b.{3,350}
            (?<!\bmi)(?<!\bci)\s(?:ha\s+scritto|scrive|scriveva|wrote|writes|schrieb|a\s+écrit|escribió|escreveu|schreef)\b.{0,80}:
      | .{3,350}(?<!\bmi)(?<!\bci)\s(?:ha\s+scritto|wrote|schrieb|a\s+écrit|escribió)\b
            \s*(?:in\s+data\s.{3,60}|(?:il|on|am)\s.{3,60})?:
      | (?:citando|quoting|zitat\s+von|scrive)\s.{3,200}:
      | \d{4}-\d\d-\d\d\s.{3,200}<[^<>]{3,200}>\s*:
    )\s*[-_*]*\s*$"""
)
# With no marks before the lines that follow, only an attribution that looks made by a program ends the reply.
_STAMPED = re.compile(r"<[^<>\s]+@[^<>\s]+>|\d{1,2}[:.]\d\d|\S@\S")
_ATTRIBUTION_START = re.compile(
    r"(?i)^\s*[-_*]*\s*(?:il|in\s+data|on|am|le|el|em|op|citando|quoting|zitat)\b[^:]{0,12}\s.*(?:\d|@)|^\s*(?:citando|quoting)\b"
)
_ORIGINAL = re.compile(
    r"""(?ix)^\s*[>*]*\s*[-_=*]{2,}\s*
    (?:messaggio\s+(?:originale|originario)|original\s+message|original\s+e-?mail|ursprüngliche\s+nachricht
      |message\s+d['’]origine|message\s+original|mensaje\s+original|email\s+originale|reply\s+message|risposta\s+a)
    \s*[-_=*]{0,}.*$"""
)
_FORWARDED = re.compile(
    r"""(?ix)^\s*[>*]*\s*(?:[-_=*]{2,}\s*
    (?:messaggio\s+inoltrato|inizio\s+messaggio\s+inoltrato|forwarded\s+message|forwarded\s+by|weitergeleitete\s+nachricht
      |message\s+transféré|inoltrato\s+da)|inizio\s+messaggio\s+inoltrato|begin\s+forwarded\s+message)\b.*$"""
)
_HEADER = {
    "from": re.compile(r"(?i)^\s*\*?(?:da|from|von|de|mittente)\*?\s*:\s*\*?\s*\S"),
    "from_alone": re.compile(r"(?i)^\s*\*?(?:da|from|von|de|mittente)\s*\*?\s*:?\s*$|^Da\s+\".+<.+>\s*$"),
    "sent": re.compile(
        r"(?i)^\s*\*?(?:inviato(?: il)?|sent|gesendet|envoyé|data|date|datum|data di invio)\*?\s*:?\s*\*?\s*\S"
    ),
    "to": re.compile(r"(?i)^\s*\*?(?:a|to|an|à|per|destinatario)\*?\s*(?::|\s\")\s*\*?\s*\S"),
    "subject": re.compile(r"(?i)^\s*\*?(?:oggetto|ogg|subject|betreff|objet|re)\*?\s*(?::|\s)\s*\*?"),
}
_RULE = re.compile(r"^\s*[_\-=*─—]{5,}\s*$")
_QUOTED = re.compile(r"^\s{0,3}(?:>|\|\s)")
_SENT_FROM = re.compile(
    r"""(?ix)^\s*(?:
        (?:inviato|spedito|mandato|scritto)\s+(?:da|dal|dalla|con|tramite)\s+(?:il\s+|mio\s+|la\s+|mia\s+)*(?:
            iphone|ipad|android|smartphone|dispositivo|telefono|cellulare|samsung|galaxy|huawei|xiaomi|outlook|yahoo|libero
            |virgilio|tiscali|posta|mail|email|gmail|k-9|app)\b.{0,90}
      | sent\s+(?:from|via|with)\s+(?:my\s+|the\s+)?(?:iphone|ipad|android|samsung|galaxy|huawei|mobile|phone|outlook
            |yahoo|mail|k-9|proton|smartphone|gmail)\b.{0,90}
      | (?:get|scarica|ottieni)\s+outlook\s+(?:for|per)\b.{0,160}
      | (?:von\s+meinem|gesendet\s+(?:von|mit))\b.{0,90} | envoyé\s+(?:de|depuis)\b.{0,90}
      | proveniente\s+da\s+outlook.{0,90} | outlook\s+per\s+(?:android|ios|mac).{0,90}
    )\s*$"""
)
_DELIMITER = re.compile(r"^--\s?$")


def without_history(text: str) -> str:
    """What a reply adds to the messages it answers; all of `text`, when there is nothing else in it that has words.

    Forwarded messages are kept: whoever forwards one wants it read.
    """
    lines = text.split("\n")
    kept = _clean(_answer(lines))
    if has_words(kept):
        return kept
    bare = _clean([line for line in lines if line != HISTORY])
    return bare if has_words(bare) else without_marks(text)


def without_marks(text: str) -> str:
    """`text` without the marks `html` left where older messages begin."""
    return "\n".join(line for line in text.split("\n") if line != HISTORY).strip("\n")


def without_signature(text: str) -> str:
    """A text that answers nothing, without the lines programs put under it and what follows the signature's mark."""
    kept = _clean([line for line in text.split("\n") if line != HISTORY])
    return kept if has_words(kept) else without_marks(text)


def _answer(lines: list[str]) -> list[str]:
    """The lines that were written for this reply."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _FORWARDED.match(line):
            return kept + [kept_line for kept_line in lines[at:] if kept_line != HISTORY]
        if line == HISTORY or _ORIGINAL.match(line) or _is_header_block(lines, at):
            return _without_rule(kept)
        if _QUOTED.match(line):
            at += 1
            continue
        length = _attribution(lines, at)
        if length:
            following = next((after for after in lines[at + length :] if after.strip()), "")
            if _QUOTED.match(following):
                at += length
                continue
            if _STAMPED.search(" ".join(lines[at : at + length])):
                return _without_rule(kept)
        kept.append(line)
        at += 1
    return kept


def _attribution(lines: list[str], at: int) -> int:
    """How many lines from `at` on say who wrote what follows, wrapped as they may be; 0 for none."""
    if not lines[at].strip() or not (_ATTRIBUTION_START.match(lines[at][:_LONGEST_LINE]) or ":" in lines[at]):
        return 0
    joined = ""
    for length in range(1, _LONGEST_ATTRIBUTION + 1):
        if at + length > len(lines) or not lines[at + length - 1].strip():
            return 0
        joined = f"{joined} {lines[at + length - 1].strip()}".strip()
        if len(joined) > _LONGEST_LINE:
            return 0
        if _ATTRIBUTION.match(joined) and (length == 1 or _ATTRIBUTION_START.match(lines[at])):
            return length
        if length == 1 and not _ATTRIBUTION_START.match(joined):
            return 0
    return 0


def _is_header_block(lines: list[str], at: int) -> bool:
    """Whether the headers of an older message begin here, as Outlook, Notes and the webmails write them."""
    line = lines[at][:_LONGEST_LINE]
    if not (_HEADER["from"].match(line) or _HEADER["from_alone"].match(line)):
        return False
    following = [after[:_LONGEST_LINE] for after in lines[at + 1 : at + 12] if after.strip()][:8]
    found = {name for name in ("sent", "to", "subject") if any(_HEADER[name].match(after) for after in following)}
    return "subject" in found and len(found) >= 2


def _without_rule(lines: list[str]) -> list[str]:
    """Without the line drawn above older messages."""
    while lines and (not lines[-1].strip() or _RULE.match(lines[-1])):
        lines.pop()
    return lines


def _clean(lines: list[str]) -> str:
    lines = [line for line in lines if not _SENT_FROM.match(line[:_LONGEST_LINE])]
    for at, line in enumerate(lines):
        rest = lines[at + 1 :]
        if (
            _DELIMITER.match(line)
            and len(rest) <= _LONGEST_SIGNATURE
            and not any(_FORWARDED.match(after) for after in rest)
        ):
            lines = lines[:at]
            break
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_without_rule(lines))).strip()
