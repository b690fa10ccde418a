"""Checks of one answer as XLSForm writes them (`constraint`), in both directions. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from contempo.core.words import N_
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.numbers import bound_told
from contempo.questionnaires.rules.xlsform.expressions import ANSWER, Call, Compare, Joined, Literal, Node, Unheld

_OURS = re.compile(r"\^\(\?:(?P<pattern>.*)\)\$", re.DOTALL)
_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass
class Limits:
    """What a constraint says: bounds, a pattern, names of answers that stand alone."""

    least: float | None = None
    most: float | None = None
    pattern: str = ""
    alone: list[str] = field(default_factory=list)


def limits_from(node: Node, kind: Kind, decimals: int) -> Limits:
    """The limits an expression says for a question of a kind. Raises `Unheld`."""
    limits = Limits()
    parts = node.parts if isinstance(node, Joined) and not node.any else (node,)
    for part in _opened(parts):
        _read(part, kind, decimals, limits)
    return limits


def _opened(parts: tuple[Node, ...]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Joined) and not part.any:
            yield from _opened(part.parts)
        else:
            yield part


def _read(node: Node, kind: Kind, decimals: int, limits: Limits) -> None:
    if isinstance(node, Compare):
        _compare(node, kind, decimals, limits)
    elif isinstance(node, Call) and node.name == "regex" and kind == Kind.TEXT:
        _pattern(node, limits)
    elif (alone := _alone(node)) is not None and kind == Kind.MULTIPLE:
        limits.alone.append(alone)
    elif isinstance(node, Joined) and node.any and kind == Kind.MULTIPLE:
        _least_or_alone(node, kind, decimals, limits)
    else:
        raise Unheld(N_("This check cannot be kept."))


def _compare(node: Compare, kind: Kind, decimals: int, limits: Limits) -> None:
    left, op, right = node.left, node.op, node.right
    if isinstance(left, Literal):
        left, op, right = right, _TURNED[op], left
    if not isinstance(right, Literal) or not re.fullmatch(r"-?\d+(\.\d+)?", right.value):
        raise Unheld(N_("A check compares the answer with a number only."))
    counted = {Kind.TEXT: "string-length", Kind.MULTIPLE: "count-selected"}.get(kind)
    fits = left == ANSWER if counted is None else left == Call(counted, (ANSWER,))
    if not fits or kind not in (Kind.NUMBER, Kind.SCALE, Kind.TEXT, Kind.MULTIPLE):
        raise Unheld(N_("This check cannot be kept."))
    number, step = Decimal(right.value), Decimal(1).scaleb(-(decimals if kind == Kind.NUMBER else 0))
    if op in (">", ">="):
        least = number + step if op == ">" else number
        limits.least = float(least) if limits.least is None else max(limits.least, float(least))
    elif op in ("<", "<="):
        most = number - step if op == "<" else number
        limits.most = float(most) if limits.most is None else min(limits.most, float(most))
    elif op == "=" and kind in (Kind.TEXT, Kind.MULTIPLE):
        limits.least = limits.most = float(number)
    else:
        raise Unheld(N_("This check cannot be kept."))


def _pattern(call: Call, limits: Limits) -> None:
    if len(call.args) != 2 or call.args[0] != ANSWER or not isinstance(call.args[1], Literal) or limits.pattern:
        raise Unheld(N_("This check cannot be kept."))
    pattern = call.args[1].value
    ours = _OURS.fullmatch(pattern)
    limits.pattern = ours["pattern"] if ours else pattern.removeprefix("^").removesuffix("$")


def _alone(node: Node) -> str | None:
    """The name of an answer that stands alone: `not(selected(., 'none') and count-selected(.) > 1)` and its like."""
    if isinstance(node, Call) and node.name == "not" and len(node.args) == 1:
        inside = node.args[0]
        if isinstance(inside, Joined) and not inside.any and len(inside.parts) == 2:
            first, second = inside.parts
            for chosen, count in ((first, second), (second, first)):
                if (name := _selected(chosen)) is not None and _counts(count, {(">", "1"), (">=", "2"), ("!=", "1")}):
                    return name
    if isinstance(node, Joined) and node.any and len(node.parts) == 2:
        first, second = node.parts
        for other, count in ((first, second), (second, first)):
            negated = isinstance(other, Call) and other.name == "not" and len(other.args) == 1
            if negated and isinstance(other, Call) and _counts(count, {("=", "1"), ("<=", "1"), ("<", "2")}):
                return _selected(other.args[0])
    if isinstance(node, Call) and node.name == "if" and len(node.args) == 3:
        chosen, count, otherwise = node.args
        if _counts(count, {("=", "1")}) and otherwise == Call("true", ()):
            return _selected(chosen)
    return None


def _least_or_alone(node: Joined, kind: Kind, decimals: int, limits: Limits) -> None:
    """`count-selected(.) >= 2 or selected(., 'none')`: at least so many, unless one that stands alone is chosen."""
    first, *others = node.parts
    if not isinstance(first, Compare) or not all(_selected(other) is not None for other in others):
        raise Unheld(N_("This check cannot be kept."))
    _compare(first, kind, decimals, limits)


def _selected(node: Node) -> str | None:
    if isinstance(node, Call) and node.name == "selected" and len(node.args) == 2 and node.args[0] == ANSWER:
        literal = node.args[1]
        return literal.value if isinstance(literal, Literal) else None
    return None


def _counts(node: Node, wanted: set[tuple[str, str]]) -> bool:
    counted = Call("count-selected", (ANSWER,))
    return (
        isinstance(node, Compare)
        and node.left == counted
        and isinstance(node.right, Literal)
        and (node.op, node.right.value) in wanted
    )


def constraint_of(question: Question) -> str:
    """The check of an answer as `constraint`; empty where there is none, or XLSForm has no word for it."""
    parts: list[str] = []
    subject = {Kind.NUMBER: ".", Kind.TEXT: "string-length(.)", Kind.MULTIPLE: "count-selected(.)"}.get(question.kind)
    if subject is None:
        return ""
    alone = [option.key for option in question.options if option.exclusive]
    if question.least is not None:
        least = f"{subject} >= {plain_number(question.least)}"
        others = "".join(f" or selected(., '{key}')" for key in alone)
        parts.append(f"({least}{others})" if others else least)
    if question.most is not None:
        parts.append(f"{subject} <= {plain_number(question.most)}")
    parts += [f"not(selected(., '{key}') and count-selected(.) > 1)" for key in alone]
    if question.pattern and (quote := quote_for(question.pattern)):
        parts.append(f"regex(., {quote}^(?:{question.pattern})${quote})")
    return " and ".join(parts)


def quote_for(text: str) -> str:
    """The quote in which a text can stand: XPath has no way to write one inside itself. Empty when neither can."""
    return next((quote for quote in ("'", '"') if quote not in text), "")


def plain_number(number: float) -> str:
    """A number without an exponent and without needless decimals."""
    return str(int(number)) if number == int(number) else f"{Decimal(repr(number)):f}"


def message_of(question: Question, language: str) -> str:
    """What is said when the check does not hold, in a language of the workbook."""
    least = None if question.least is None else bound_told(question.least, language)
    most = None if question.most is None else bound_told(question.most, language)
    english = language == "en"
    said: list[str] = []
    if least is not None and most is not None:
        said.append(f"From {least} to {most}" if english else f"Da {least} a {most}")
    elif least is not None:
        said.append(f"At least {least}" if english else f"Almeno {least}")
    elif most is not None:
        said.append(f"At most {most}" if english else f"Al massimo {most}")
    if said and question.kind in (Kind.TEXT, Kind.MULTIPLE):
        thing = {"en": ("characters", "answers"), "it": ("caratteri", "risposte")}[language]
        said[0] += " " + thing[question.kind == Kind.MULTIPLE]
    for option in question.options:
        if option.exclusive:
            words = (option.label.en if english else "") or option.label.it
            said.append(f"“{words}” stands alone" if english else f"“{words}” esclude le altre risposte")
    if question.pattern:
        said.append("Read how it must be written" if english else "Leggi come va scritto")
    return ". ".join(said) + "." if said else ""
