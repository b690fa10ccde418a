"""The kind of question a row of a workbook is, with its answers and limits. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from contempo.questionnaires.rules.document import Kind, Question, Row, Words
from contempo.questionnaires.rules.patterns import is_pattern
from contempo.questionnaires.rules.xlsform import unheld
from contempo.questionnaires.rules.xlsform.constraints import Limits, limits_from
from contempo.questionnaires.rules.xlsform.expressions import Unheld, parse
from contempo.questionnaires.rules.xlsform.names import Keys
from contempo.questionnaires.rules.xlsform.options import Choices
from contempo.questionnaires.rules.xlsform.sheets import OURS
from contempo.questionnaires.rules.xlsform.tree import Node

_FILES = ("file", "image", "audio", "video")
_USUAL_DECIMALS = 2
_OWN_TEXTS = {"municipality": Kind.MUNICIPALITY, "organisation": Kind.ORGANISATION}
_ENDS = re.compile(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)")
_YES = ("yes", "true", "true()", "1", "required")


@dataclass(frozen=True)
class Made:
    """A question without its key, words and condition; keys of answers by their names in the workbook, and for a table
    the keys of its rows by theirs.
    """

    question: Question
    choices: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    required: bool = False


class Reading(Protocol):
    """What of `asker.Asker` is needed here."""

    lists: Mapping[str, Choices]

    def words(self, node: Node, column: str) -> Words: ...
    def label(self, node: Node) -> Words: ...
    def note(self, node: Node, text: str, column: str, **params: object) -> None: ...
    def beside(self, node: Node) -> str: ...


def made_of(asker: Reading, node: Node) -> Made:
    """The question of a row. Raises `Unheld` for a type that is not kept."""
    row = node.row
    if node.type in ("select_one", "select_multiple", "rank_question"):
        return _choosing(asker, node)
    if node.type in ("integer", "decimal"):
        decimals = _whole(row.get(f"{OURS}decimals"), _USUAL_DECIMALS if node.type == "decimal" else 0)
        limits = _limits(asker, node, Kind.NUMBER, decimals)
        return Made(
            _question(Kind.NUMBER, least=limits.least, most=limits.most, decimals=decimals, unit=row.get(f"{OURS}unit"))
        )
    if node.type == "range":
        return Made(_range(asker, node))
    if node.type == "text":
        return Made(_text(asker, node))
    if node.type == "date":
        _limits(asker, node, Kind.DATE, 0)
        return Made(_question(Kind.DATE))
    if node.type in _FILES:
        return Made(_question(Kind.FILE, **_own_bounds(node)))
    if node.type == "note":
        return Made(_question(Kind.NOTE))
    raise Unheld(unheld.UNKNOWN_TYPE, type=row.get("type"))


def matrix_of(asker: Reading, node: Node) -> Made:
    """A table: a group whose rows share their answers, a rating of Kobo, or a ranking of Kobo."""
    if node.type == "rank":
        return _kobo_ranking(asker, node)
    list_name = node.list_name if node.type == "score" else node.children[0].list_name
    choices = _list(asker, list_name).untagged()
    keys = Keys()
    rows: dict[str, str] = {}
    made: list[Row] = []
    children = [one for one in node.children if one.row.get("appearance").strip() != "label"] or node.children
    for child in children:
        key = keys.of(child.name.removeprefix(f"{node.name}__") or "riga", letter=False, spare="riga")
        rows[child.name or key] = key
        made.append(Row(key, asker.label(child)))
    wanted = [one.row.get("required").lower() in _YES for one in children]
    required = all(wanted) if node.type == "group" else node.row.get("required").lower() in _YES
    if any(wanted) and not required and node.type == "group":
        asker.note(node, unheld.MIXED_REQUIRED, "required")
    question = _question(Kind.MATRIX, options=choices.options, rows=tuple(made))
    return Made(question, choices.keys, rows, required)


def _kobo_ranking(asker: Reading, node: Node) -> Made:
    choices = _list(asker, node.list_name).unscored()
    levels = len(node.children)
    most = float(levels) if 0 < levels < len(choices.options) else None
    required = node.row.get("required").lower() in _YES
    return Made(_question(Kind.RANKING, options=choices.options, most=most), choices.keys, required=required)


def _question(kind: Kind, **parts: Any) -> Question:
    return Question("", kind, Words(), **parts)


def _list(asker: Reading, name: str) -> Choices:
    if name not in asker.lists:
        raise Unheld(unheld.NO_LIST, list=name)
    return asker.lists[name]


def _choosing(asker: Reading, node: Node) -> Made:
    choices = _list(asker, node.list_name)
    if node.type == "rank_question":
        choices = choices.unscored()
        return Made(_question(Kind.RANKING, options=choices.options, **_own_bounds(node)), choices.keys)
    if node.or_other:
        choices = choices.with_other()
    other = choices.keys.get(asker.beside(node), "")
    if node.type == "select_multiple":
        limits = _limits(asker, node, Kind.MULTIPLE, 0)
        choices = choices.unscored().marked(
            other, [choices.keys[name] for name in limits.alone if name in choices.keys]
        )
        question = _question(Kind.MULTIPLE, options=choices.options, least=limits.least, most=limits.most)
        return Made(question, choices.keys)
    _limits(asker, node, Kind.SINGLE, 0)
    likert = "likert" in node.row.get("appearance") or choices.scored
    if likert and not other and not node.or_other:
        choices = choices.untagged()
        return Made(_question(Kind.LIKERT, options=choices.options), choices.keys)
    choices = choices.unscored().marked(other)
    return Made(_question(Kind.SINGLE, options=choices.options), choices.keys)


def _text(asker: Reading, node: Node) -> Question:
    row = node.row
    own = _OWN_TEXTS.get(row.get(f"{OURS}kind"))
    if own is not None:
        return _question(own)
    limits = _limits(asker, node, Kind.TEXT, 0)
    pattern = row.get(f"{OURS}pattern") or limits.pattern
    if pattern and not is_pattern(pattern):
        asker.note(node, unheld.CHECK, "constraint", why=pattern)
        pattern = ""
    long = "multiline" in row.get("appearance")
    return _question(Kind.TEXT, least=limits.least, most=limits.most, pattern=pattern, long=long)


def _range(asker: Reading, node: Node) -> Question:
    """A scale, where it goes in steps of one between 0 and 10; else a number."""
    ends = {name: float(value) for name, value in _ENDS.findall(node.row.get("parameters"))}
    start, end, step = ends.get("start", 0.0), ends.get("end", 10.0), ends.get("step", 1.0)
    low, high = asker.words(node, f"{OURS}low"), asker.words(node, f"{OURS}high")
    if step == 1 and start == int(start) and end == int(end) and 0 <= start < end <= 10:
        ours = _own_bounds(node)
        least = ours.get("least", None if start == 0 else start)
        most = ours.get("most", None if end == 10 else end)
        return _question(Kind.SCALE, least=least, most=most, low=low, high=high)
    asker.note(node, unheld.RANGE, "parameters")
    decimals = len(f"{step:.6f}".rstrip("0").partition(".")[2])
    return _question(Kind.NUMBER, least=min(start, end), most=max(start, end), decimals=decimals)


def _own_bounds(node: Node) -> dict[str, float]:
    """Limits in our own columns, for kinds XLSForm has no check for."""
    found: dict[str, float] = {}
    for bound in ("least", "most"):
        written = node.row.get(OURS + bound)
        if re.fullmatch(r"-?\d+(\.\d+)?", written):
            found[bound] = float(written)
    return found


def _limits(asker: Reading, node: Node, kind: Kind, decimals: int) -> Limits:
    """The limits in a constraint; what cannot be kept of it is told, and the question stays without."""
    written = node.row.get("constraint")
    if not written:
        return Limits()
    try:
        return limits_from(parse(written), kind, decimals)
    except Unheld as why:
        asker.note(node, unheld.CHECK, "constraint", why=why.phrase)
        return Limits()


def _whole(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else usual
