"""The text of a YAML file as nodes that know their line. Every scalar stays the text that is written.

Only what a plan needs of YAML is read: one document, mappings, lists and scalars. Anchors, aliases and tags are
refused, so that nothing in a file can stand for more than is written; so are depths no plan has.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from contempo.core.words import N_
from contempo.programmes.rules.plan.problems import NOTHING, Loc, Phrase, Problem, WrongFile, found, quoted, written

MOST_BYTES = 5 * 1024 * 1024
MOST_DEEP = 20

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SYNTAX: tuple[tuple[str, str], ...] = (
    ("cannot start any token", N_("this sign cannot stand here: put the text between quotes")),
    ("mapping values are not allowed", N_("no second colon on this line: put the text between quotes")),
    ("could not find expected ':'", N_("a colon after the name of the field")),
    ("unexpected end of stream", N_("the quotes that close the text")),
    ("unknown escape", N_("after a backslash between double quotes only the letters YAML knows")),
    ("block", N_("the same indentation as the lines this belongs to")),
    ("flow", N_("a comma, or the bracket that closes the list")),
)
"""What the parser complains of, recognised by its words, and what is expected instead."""


@dataclass
class Node:
    """A mapping (`fields`), a list (`items`) or a scalar (`text`). Lines and columns count from 1."""

    line: int
    column: int
    text: str | None = None
    items: "list[Node] | None" = None
    fields: "dict[str, Node] | None" = None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    last: str | None = None

    def value(self) -> Any:
        """Texts, lists and dicts; a field with nothing after its colon is left out."""
        if self.fields is not None:
            return {name: node.value() for name, node in self.fields.items() if node.text != ""}
        if self.items is not None:
            return [node.value() for node in self.items]
        return self.text


def place_of(root: Node, loc: Loc) -> tuple[int, int]:
    """Line and column of a place; for what is not there, of the nearest that is around it."""
    node, place = root, (root.line, root.column)
    for step in loc:
        if isinstance(step, str) and node.fields is not None and step in node.fields:
            node, place = node.fields[step], node.keys[step]
        elif isinstance(step, int) and node.items is not None and step < len(node.items):
            node = node.items[step]
            place = (node.line, node.column)
        else:
            break
    return place


def decoded(data: bytes, *, filename: str) -> str:
    """The text of a file; WrongFile when it is too large or not written in UTF-8."""
    if len(data) > MOST_BYTES:
        raise WrongFile((too_large(filename, len(data)),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        byte = Phrase(N_("the byte %(byte)s"), {"byte": f"{data[error.start]:02X}"})
        raise WrongFile((Problem(filename, line, column, "", byte, Phrase(N_("text in UTF-8"))),)) from None


def too_large(filename: str, size: int) -> Problem:
    """The problem of a file of `size` bytes."""
    return Problem(
        filename,
        1,
        1,
        "",
        Phrase(N_("a file of %(size)s bytes"), {"size": f"{size}"}),
        Phrase(N_("a file of at most %(most)s bytes"), {"most": f"{MOST_BYTES}"}),
    )


def parsed(text: str, *, filename: str) -> tuple[Node | None, list[Problem]]:
    """The nodes of a text, None when it cannot be read at all, and what is wrong with its form."""
    text = text.removeprefix("\ufeff")
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        return None, [too_large(filename, size)]
    if odd := _UNREADABLE.search(text):
        line, column = text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start())
        sign = Phrase(N_("the sign U+%(code)s"), {"code": f"{ord(odd.group()):04X}"})
        return None, [Problem(filename, line, column, "", sign, Phrase(N_("signs that can be printed")))]
    reader = _Reader(filename)
    try:
        reader.read(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        return None, reader.problems
    except yaml.YAMLError as error:
        return None, [*reader.problems, _syntax(error, text, filename)]
    if reader.root is None:
        expected = Phrase(N_("a plan: fields with a name, one a line"))
        return None, [*reader.problems, Problem(filename, 1, 1, "", NOTHING, expected)]
    return reader.root, reader.problems


class _Stop(Exception):
    """Nothing after this can be read."""


class _Reader:
    """Builds nodes from the events of the parser, with a stack of its own: depth costs no recursion."""

    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Node] = []
        self._path: list[str | int] = []

    def read(self, events: Iterator[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, Phrase(N_("a second document")), Phrase(N_("one document in a file")))
            elif isinstance(event, yaml.AliasEvent):
                self._stop(event, quoted(f"*{event.anchor}"), Phrase(N_("the text itself: references are not read")))
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()

    def _node(self, event: Any) -> None:
        if event.anchor is not None:
            self._stop(event, quoted(f"&{event.anchor}"), Phrase(N_("no anchors: put the text between quotes")))
        if event.tag is not None:
            self._stop(event, quoted(event.tag), Phrase(N_("no tags: put the text between quotes")))
        node = Node(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            node.text = event.value
        elif isinstance(event, yaml.MappingStartEvent):
            node.fields = {}
        else:
            node.items = []
        self._put(event, node)
        if node.text is None:
            self._open.append(node)
            if len(self._open) > MOST_DEEP:
                deep = Phrase(N_("parts within parts, %(count)s deep"), {"count": f"{len(self._open)}"})
                self._stop(event, deep, Phrase(N_("at most %(count)s"), {"count": f"{MOST_DEEP}"}))

    def _put(self, event: Any, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if parent.items is not None:
            parent.items.append(node)
        elif parent.last is None:
            self._name(event, parent, node)
        else:
            assert parent.fields is not None
            parent.fields.setdefault(parent.last, node)
            parent.last = None

    def _name(self, event: Any, parent: Node, node: Node) -> None:
        assert parent.fields is not None
        if node.text is None:
            self._stop(event, found([] if node.items is not None else {}), Phrase(N_("the name of a field")))
        name = node.text or ""
        if name in parent.keys:
            path = written((*_path_to(self._open), name))
            once = Phrase(
                N_("each field once: this one is already in line %(line)s"), {"line": f"{parent.keys[name][0]}"}
            )
            self.problems.append(Problem(self.filename, node.line, node.column, path, quoted(name), once))
        else:
            parent.keys[name] = (node.line, node.column)
        parent.last = name

    def _stop(self, event: Any, what: Phrase, expected: Phrase) -> None:
        mark = event.start_mark
        path = written(_path_to(self._open))
        self.problems.append(Problem(self.filename, mark.line + 1, mark.column + 1, path, what, expected))
        raise _Stop


def _path_to(nodes: list[Node]) -> Loc:
    """Where the innermost of the open nodes stands."""
    steps: list[str | int] = []
    for parent, child in itertools.pairwise(nodes):
        if parent.items is not None:
            steps.append(len(parent.items) - 1)
        elif parent.fields is not None:
            steps.append(next((name for name, node in parent.fields.items() if node is child), ""))
    return tuple(steps)


def _syntax(error: yaml.YAMLError, text: str, filename: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines) - 1)]
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        return Problem(filename, line + 1, 1, "", Phrase(N_("a tab")), Phrase(N_("spaces at the beginning of a line")))
    words = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    expected = next((said for sign, said in _SYNTAX if sign in words), N_("a line that can be read as YAML"))
    return Problem(filename, line + 1, column + 1, "", quoted(shown.strip()), Phrase(expected))
