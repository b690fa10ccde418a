"""Texts as scalars of YAML: plain where nothing can be misread, between quotes or as a block where it could."""

import re
import textwrap

import yaml

_PLAIN = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ«“(€/.+][^\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u3000\ufeff]*")
_MISREAD = re.compile(r":(\s|$)|\s#|\s$")
_ESCAPED = re.compile(r"[\\\"\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u3000\ufeff\ufff0-\uffff]")
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
WIDTH = 110
"""Columns after which a long text is folded."""


def scalar(text: str, *, typed: bool = False) -> str:
    """`text` on one line. A `typed` one (day, number, amount) is plain even where other readers see no text."""
    if _PLAIN.fullmatch(text) and not _MISREAD.search(text) and text != "..." and (typed or not _resolves(text)):
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def value(text: str, *, indent: int, column: int) -> str:
    """`text` as what follows a name: on one line, or as a block whose lines are indented by `indent`.

    `column` is where it would begin on the line of the name. A text of several lines keeps them; a long one is folded
    at its spaces.
    """
    margin = " " * indent
    if "\n" in text:
        return "|-\n" + "\n".join(f"{margin}{line}" if line else "" for line in text.split("\n"))
    if column + len(text) > WIDTH and "  " not in text:
        lines = textwrap.wrap(
            text, max(40, WIDTH - indent), break_long_words=False, break_on_hyphens=False, expand_tabs=False
        )
        if " ".join(lines) == text and not any(line[0].isspace() or line[-1].isspace() for line in lines):
            return ">-\n" + "\n".join(f"{margin}{line}" for line in lines)
    return scalar(text)


def _resolves(text: str) -> bool:
    """Whether another reader of YAML would take a plain `text` for something that is no text."""
    candidates = [*_RESOLVERS.get(text[:1], []), *_RESOLVERS.get(None, [])]
    return any(pattern.match(text) for _tag, pattern in candidates)


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    if sign in '\\"':
        return f"\\{sign}"
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
