"""HTML to the text a person reads in it.

A scanner of our own, because what is asked is little (nothing of the markup is kept, so nothing of it can do harm) and
what mail brings is hostile: measured on one megabyte, nh3 takes 87 seconds over nested `<div>`s, the `HTMLParser` of
Python before 3.11.14 is quadratic over unclosed tags (CVE-2025-6069), and inscriptis would bring lxml along. This one
goes through the text once.
"""

import html
import re

HISTORY = "\ue000"
"""A line of its own where a mail program begins the older messages; `quotes` removes it."""

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]{0,40})((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_LONGEST_TAG = 8_000
_FAILURES = 200
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_DROPPED = frozenset({"script", "style", "title", "template", "noscript", "object", "applet", "iframe", "svg", "math"})
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html "
    "li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table pre".split())
_DEEPEST_QUOTE = 5
# Where Outlook, Outlook on the web, Yahoo, Libero, Proton, Zimbra and Thunderbird begin what they quote.
_HISTORY_IDS = ("divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "mail-editor-reference-message-container")
_HISTORY_CLASSES = (
    "yahoo_quoted",
    "moz-forward-container",
    "protonmail_quote",
    "zmail_extra",
    "iol_quote",
    "ms-outlook-mobile-reference-message",
)


def to_text(source: str) -> str:
    """The text of a page: scripts, styles and comments dropped, one line a block, quotations with "> " before them.

    Time and size grow with the length of `source` alone.
    """
    return _Reader(source).text()


class _Reader:
    """One pass over one page."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._preformatted = 0
        self._link = ""
        self._link_start = 0
        self._unclosed: set[str] = set()

    def text(self) -> str:
        """The lines, never more than one empty line in a row."""
        position, failures = 0, 0
        while (at := self._source.find("<", position)) >= 0:
            self._write(self._source[position:at])
            if self._source.startswith("<!", at) or self._source.startswith("<?", at):
                position = self._after_comment(at)
                continue
            tag = _TAG.match(self._source, at, at + _LONGEST_TAG) if failures < _FAILURES else None
            if tag is None:
                failures += 1
                self._write("<")
                position = at + 1
                continue
            position = tag.end()
            name = tag.group(2).lower().rpartition(":")[2]
            if name in _DROPPED and not tag.group(1) and not tag.group(3).rstrip().endswith("/"):
                position = self._after_dropped(name, position)
            else:
                self._tag(name, closing=bool(tag.group(1)), attributes=tag.group(3))
        self._write(self._source[position:])
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _after_comment(self, at: int) -> int:
        end = "-->" if self._source.startswith("<!--", at) else ">"
        return self._after(end, at) or len(self._source)

    def _after_dropped(self, name: str, position: int) -> int:
        """Behind the end of an element of which nothing is read; one that never ends hides nothing."""
        close = self._after(f"</{name}", position)
        return position if close is None else (self._after(">", close) or len(self._source))

    def _after(self, wanted: str, position: int) -> int | None:
        """The place behind the next `wanted`; None when there is none, which is looked for once only."""
        if wanted in self._unclosed:
            return None
        found = self._source.find(wanted, position)
        if found < 0 and wanted.startswith("</"):
            found = self._source.find(wanted.upper(), position)
        if found < 0:
            self._unclosed.add(wanted)
            return None
        return found + len(wanted)

    def _write(self, text: str) -> None:
        if not text:
            return
        text = html.unescape(text).replace("\xa0", " ").replace("\u200b", "")
        if self._preformatted:
            first, *others = text.split("\n")
            self._line.append(first)
            for line in others:
                self._break()
                self._line.append(line)
        else:
            self._line.append(_SPACES.sub(" ", text))

    def _break(self, *, paragraph: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._preformatted else _SPACES.sub(" ", line).strip()
        self._line.clear()
        mark = "> " * min(self._quoted, _DEEPEST_QUOTE)
        if line:
            self._lines.append(mark + line)
        if paragraph and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())

    def _tag(self, name: str, *, closing: bool, attributes: str) -> None:
        if name == "br":
            if not "".join(self._line).strip():
                self._lines.append(("> " * min(self._quoted, _DEEPEST_QUOTE)).rstrip())
            self._break()
        elif name in ("td", "th"):
            self._line.append(" ")
        elif name == "a":
            self._anchor(closing, attributes)
        elif name in _BLOCKS:
            self._block(name, closing, attributes)

    def _block(self, name: str, closing: bool, attributes: str) -> None:
        self._break(paragraph=name in _PARAGRAPHS)
        if name == "blockquote":
            self._quoted = max(0, self._quoted + (-1 if closing else 1))
        elif name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if closing else 1))
        elif name == "li" and not closing:
            self._line.append("- ")
        elif name in ("div", "hr", "section", "table") and not closing and _begins_history(attributes):
            self._lines.append(HISTORY)

    def _anchor(self, closing: bool, attributes: str) -> None:
        if not closing:
            self._link, self._link_start = _value(attributes, "href"), len(self._line)
            return
        shown = "".join(self._line[self._link_start :]).strip()
        if self._link.lower().startswith(("http://", "https://")) and self._link.rstrip("/") not in (
            shown,
            shown.rstrip("/"),
        ):
            self._line.append(f" ({self._link.strip()})" if shown else self._link.strip())
        self._link = ""


def _value(attributes: str, name: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes[:_LONGEST_TAG]):
        if found.group(1).lower() == name:
            return html.unescape(next((value for value in found.groups()[1:] if value is not None), "")).strip()
    return ""


def _begins_history(attributes: str) -> bool:
    if not attributes.strip():
        return False
    names = _value(attributes, "class").lower().split()
    return _value(attributes, "id").lower() in _HISTORY_IDS or any(name in _HISTORY_CLASSES for name in names)
