"""The text of a message: of alternatives one, of parts shown one after the other all."""

from contempo.helpdesk.rules.mail import html, texts
from contempo.helpdesk.rules.mail.limits import MAX_HTML, Note, Remarks
from contempo.helpdesk.rules.mail.parts import Part

READABLE = frozenset({"text/plain", "text/html", "text/enriched"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_FIRST_ONLY = frozenset({"multipart/related", "multipart/signed", "multipart/report"})
_NO_HTML = ("html", "visualizz", "browser")


class Reader:
    """Reads the text of one message and of those attached to it, `MAX_HTML` characters of HTML in all."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._html_left = MAX_HTML

    def text(self, part: Part) -> str:
        """What there is to read in `part`, with the marks `html` leaves where older messages begin."""
        return texts.tidy(self._body(part), self._remarks)

    def _body(self, part: Part) -> str:
        if part.type == "multipart/alternative":
            return self._alternative(part)
        if part.type in _ENCRYPTED and "signed" not in part.parameter("smime-type"):
            self._remarks.add(Note.ENCRYPTED)
        if part.parts:
            shown = part.parts[:1] if part.type in _FIRST_ONLY else part.parts
            return "\n\n".join(filter(None, (self._body(held) for held in shown if not is_file(held))))
        return self._words(part) if part.type in READABLE and not is_file(part) else ""

    def _alternative(self, part: Part) -> str:
        """The plain alternative, unless it is empty or only says that there is another one."""
        readable = [(held, text) for held in part.parts if texts.has_words(text := self._body(held))]
        plain = next((text for held, text in readable if held.type == "text/plain"), "")
        rich = next((text for held, text in reversed(readable) if held.type != "text/plain"), "")
        told_only = len(plain) < 200 and len(rich) > 2 * len(plain) and any(word in plain.lower() for word in _NO_HTML)
        return rich if not plain or (rich and told_only) else plain

    def _words(self, part: Part) -> str:
        text = texts.decode(part.content(), part.parameter("charset"), self._remarks)
        if part.type != "text/plain":
            if len(text) > self._html_left:
                self._remarks.add(Note.TEXT_CUT)
                text = text[: self._html_left]
            self._html_left -= len(text)
            return html.to_text(text)
        if part.parameter("format").lower() == "flowed":
            return texts.unflow(text, delete_space=part.parameter("delsp").lower() == "yes")
        return text


def is_file(part: Part) -> bool:
    """Whether a part is something handed over and not something to read at once."""
    if part.disposition == "attachment":
        return True
    return bool(part.file_name) and part.type not in ("text/plain", "text/html") and not part.parts
