"""Pieces of a printed document: titles, paragraphs, facts, tables. What they hold is data, never markup."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt

Block = dict[str, Any]

_markdown = MarkdownIt("commonmark", {"html": False})


def title(text: str, level: int) -> Block:
    """A heading; 2 is a part of the document."""
    return {"kind": "title", "text": text, "level": level}


def text(words: str) -> Block:
    """A paragraph as it is."""
    return {"kind": "text", "text": words}


def items(lines: Iterable[str]) -> Block:
    """A list with points."""
    return {"kind": "items", "lines": list(lines)}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Labels with values; those without a value are left out."""
    return {"kind": "facts", "rows": [[label, value] for label, value in rows if value]}


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int],
    numeric: Sequence[int] = (),
    totalled: bool = False,
) -> Block:
    """A table; `widths` are shares of the page (0: as wide as its words), `numeric` the columns aligned to the right;
    the last row of a table that is `totalled` is its total."""
    kept = [list(row) for row in rows]
    return {
        "kind": "table",
        "head": list(head),
        "rows": kept,
        "widths": list(widths),
        "numeric": list(numeric),
        "totalled": totalled,
    }


def written(source: str) -> Iterator[Block]:
    """A text in Markdown as paragraphs and lists; what was strong or a link keeps its words."""
    lines: list[str] = []
    depth = 0
    for token in _markdown.parse(source):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if not depth and lines:
                yield items(lines)
                lines = []
        elif token.type == "inline":
            words = _plain(token)
            if depth:
                lines.append(words)
            else:
                yield text(words)


def _plain(token: Any) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())
