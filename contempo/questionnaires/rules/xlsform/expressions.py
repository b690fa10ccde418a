"""Expressions of XLSForm (XPath), as far as questionnaires use them: read into a tree. Pure."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from contempo.core.words import N_

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<ref>\$\{\s*[^{}\s]+\s*\})
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | (?P<op><=|>=|!=|=|<|>)
      | (?P<mark>[(),.+*-])
      | (?P<word>[A-Za-z_][A-Za-z0-9_:-]*)
    )""",
    re.VERBOSE,
)
LONGEST = 4_000
_DEEPEST = 40


@dataclass(frozen=True)
class Phrase:
    """A message that stands inside another one: an id with its parameters, translated before it is put in."""

    text: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


class Unheld(Exception):
    """An expression, or a part of it, that cannot be held: a message id with its parameters."""

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(text % params if params else text)
        self.text = text
        self.params = params

    @property
    def phrase(self) -> Phrase:
        return Phrase(self.text, self.params)


@dataclass(frozen=True)
class Ref:
    """`${name}`: the answer to a question; the name is empty for `.`, the answer being given."""

    name: str


@dataclass(frozen=True)
class Literal:
    """A text or a number, as written."""

    value: str
    is_number: bool = False


@dataclass(frozen=True)
class Call:
    """A function of XPath, its name in small letters."""

    name: str
    args: tuple["Node", ...]


@dataclass(frozen=True)
class Compare:
    left: "Node"
    op: str
    right: "Node"


@dataclass(frozen=True)
class Joined:
    """Parts joined by `and`, or with `any` by `or`."""

    parts: tuple["Node", ...]
    any: bool


Node: TypeAlias = Ref | Literal | Call | Compare | Joined
ANSWER = Ref("")


def parse(text: str) -> Node:
    """The tree of an expression. Raises `Unheld` for what is not understood, arithmetic among it."""
    if len(text) > LONGEST:
        raise Unheld(N_("The expression is too long."))
    reader = _Reader(_tokens(text))
    node = reader.joined(0)
    if reader.rest:
        raise Unheld(N_("“%(part)s” is not understood here."), part=reader.rest[0][1])
    return node


def references(text: str) -> list[str]:
    """The names an expression or a label speaks of, also in what is not understood."""
    return [found.strip() for found in re.findall(r"\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}", text)]


def _tokens(text: str) -> list[tuple[str, str]]:
    # Word processors change quotes; what was meant is plain.
    text = text.translate(str.maketrans("‘’“”\u00a0", "''\"\" ")).strip()
    tokens: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found or found.lastgroup is None:
            raise Unheld(N_("“%(part)s” is not understood here."), part=text[place : place + 20])
        tokens.append((found.lastgroup, found[found.lastgroup]))
        place = found.end()
    if not tokens:
        raise Unheld(N_("The expression is empty."))
    return tokens


class _Reader:
    """A descent over tokens: or, and, comparison, one thing."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.rest = tokens

    def joined(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise Unheld(N_("The expression has too many parentheses."))
        parts = [self._all(depth)]
        while self._takes("word", "or"):
            parts.append(self._all(depth))
        return _joined(parts, any_of=True)

    def _all(self, depth: int) -> Node:
        parts = [self._compared(depth)]
        while self._takes("word", "and"):
            parts.append(self._compared(depth))
        return _joined(parts, any_of=False)

    def _compared(self, depth: int) -> Node:
        left = self._one(depth)
        if self.rest and self.rest[0][0] == "op":
            op = self.rest.pop(0)[1]
            return Compare(left, op, self._one(depth))
        if self.rest and (self.rest[0][1] in "+*-" or self.rest[0] in (("word", "div"), ("word", "mod"))):
            raise Unheld(N_("Calculations are not done in conditions here."))
        return left

    def _one(self, depth: int) -> Node:
        if not self.rest:
            raise Unheld(N_("The expression ends too early."))
        kind, token = self.rest.pop(0)
        if kind == "ref":
            return Ref(token[2:-1].strip())
        if kind == "text":
            return Literal(token[1:-1])
        if kind == "number":
            return Literal(token, is_number=True)
        if token == "-" and self.rest and self.rest[0][0] == "number":
            return Literal("-" + self.rest.pop(0)[1], is_number=True)
        if token == ".":
            return ANSWER
        if token == "(":
            inside = self.joined(depth + 1)
            self._expect(")")
            return inside
        if kind == "word":
            return self._call(token.lower(), depth)
        raise Unheld(N_("“%(part)s” is not understood here."), part=token)

    def _call(self, name: str, depth: int) -> Call:
        self._expect("(")
        args: list[Node] = []
        if self._takes("mark", ")"):
            return Call(name, ())
        while True:
            args.append(self.joined(depth + 1))
            if self._takes("mark", ")"):
                return Call(name, tuple(args))
            self._expect(",")

    def _takes(self, kind: str, token: str) -> bool:
        if self.rest and self.rest[0] == (kind, token):
            self.rest.pop(0)
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._takes("mark", token):
            raise Unheld(N_("A “%(mark)s” is missing."), mark=token)


def _joined(parts: list[Node], *, any_of: bool) -> Node:
    return parts[0] if len(parts) == 1 else Joined(tuple(parts), any_of)
