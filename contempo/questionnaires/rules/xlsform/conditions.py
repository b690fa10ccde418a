"""Conditions as XLSForm writes them (`relevant`), in both directions. Pure.

Here a condition needs an answer: what “is not” something was answered. So “is not” is written with `${q} != ''` beside
it, and read so; where a workbook leaves that out, the condition read holds for answers only (`LOOSE` tells it).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from contempo.core.words import N_
from contempo.questionnaires.rules.checks.conditions import OPS
from contempo.questionnaires.rules.document import Condition, Kind, Op, Question, Test
from contempo.questionnaires.rules.xlsform import unheld
from contempo.questionnaires.rules.xlsform.expressions import (
    Call,
    Compare,
    Joined,
    Literal,
    Node,
    Phrase,
    Ref,
    Unheld,
)

LOOSE = N_("Here this holds only for who answered “%(name)s”; in XLSForm also for who left it empty.")

_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_NEGATED = {Op.IS: Op.IS_NOT, Op.IS_NOT: Op.IS, Op.INCLUDES: Op.EXCLUDES, Op.ANSWERED: Op.NOT_ANSWERED,
            Op.NOT_ANSWERED: Op.ANSWERED}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Named:
    """What a name of a workbook became: a question, or the `row` of a table. `choices` are the keys of its options by
    the names they had; `rows` the names of all rows of its table.
    """

    question: Question
    choices: Mapping[str, str] = field(default_factory=dict)
    row: str = ""
    rows: tuple[str, ...] = ()


Look = Callable[[str], Named]
"""What a name became; raises `Unheld` for one that is not held, or stands later."""


@dataclass
class ReadCondition:
    """A condition read; `loose` are the names of questions for which it holds less often than it was written."""

    condition: Condition
    loose: list[str]


def condition_from(node: Node, look: Look) -> ReadCondition | None:
    """The condition an expression says; None for one that always holds. Raises `Unheld`."""
    if isinstance(node, Call) and node.name == "true" and not node.args:
        return None
    reader = _Reader(look)
    whole = reader.test(node, whole=True)
    if whole is not None:
        return ReadCondition(Condition((whole,)), reader.loose)
    if not isinstance(node, Joined):
        raise Unheld(N_("This is not a condition that can be kept."))
    tests = tuple(reader.tests(node, node.any))
    return ReadCondition(Condition(tests, node.any), reader.loose)


class _Reader:
    def __init__(self, look: Look) -> None:
        self.look = look
        self.loose: list[str] = []

    def tests(self, node: Joined, any_of: bool) -> Iterator[Test]:
        for part in node.parts:
            test = self.test(part)
            if test is not None:
                yield test
            elif isinstance(part, Joined) and part.any == any_of:
                yield from self.tests(part, any_of)
            else:
                raise Unheld(N_("“and” and “or” cannot be mixed in one condition."))

    def test(self, node: Node, *, whole: bool = False) -> Test | None:
        """One test; None for what is joined otherwise than a single test is."""
        if isinstance(node, Joined):
            return self._table(node) or self._answered_and(node)
        if isinstance(node, Compare):
            return self._compare(node)
        if isinstance(node, Call) and node.name == "selected":
            return self._selected(node)
        if isinstance(node, Call) and node.name == "not" and len(node.args) == 1:
            return self._not(node.args[0])
        if isinstance(node, Call) and node.name in ("selected", "true", "false", "not"):
            raise Unheld(N_("This is not a condition that can be kept."))
        if isinstance(node, Call):
            raise Unheld(N_("The function “%(name)s” cannot be kept."), name=node.name)
        raise Unheld(N_("This is not a condition that can be kept."))

    def _answered_and(self, node: Joined) -> Test | None:
        """`${q} != '' and <negation about ${q}>`: our “is not” and “does not include”."""
        if node.any or len(node.parts) != 2 or any(isinstance(part, Joined) for part in node.parts):
            return None
        before = len(self.loose)
        first = self.test(node.parts[0])
        second = self.test(node.parts[1])
        if (
            first is not None
            and second is not None
            and first.op == Op.ANSWERED
            and first.question == second.question
            and second.op in (Op.IS_NOT, Op.EXCLUDES)
        ):
            del self.loose[before:]
            return second
        return None

    def _table(self, node: Joined) -> Test | None:
        """Whether any row of a table has an answer, or none."""
        wanted = "!=" if node.any else "="
        names: list[str] = []
        for part in node.parts:
            if not (
                isinstance(part, Compare)
                and isinstance(part.left, Ref)
                and part.left.name
                and part.op == wanted
                and part.right == Literal("")
            ):
                return None
            names.append(part.left.name)
        named = self.look(names[0])
        if not named.row or sorted(names) != sorted(named.rows):
            return None
        return Test(named.question.key, Op.ANSWERED if node.any else Op.NOT_ANSWERED)

    def _not(self, node: Node) -> Test | None:
        if isinstance(node, Compare):
            turned = Compare(node.left, _OPPOSITE[node.op], node.right)
            return self._compare(turned)
        test = self.test(node)
        if test is None or test.op not in _NEGATED:
            raise Unheld(N_("“not” is kept only before one simple condition."))
        if test.op in (Op.IS, Op.INCLUDES):
            self.loose.append(test.question)
        return Test(test.question, _NEGATED[test.op], test.value)

    def _selected(self, node: Call) -> Test:
        if len(node.args) != 2 or not isinstance(node.args[0], Ref) or not isinstance(node.args[1], Literal):
            raise Unheld(N_("This is not a condition that can be kept."))
        named = self._named(node.args[0])
        value = _choice(named, node.args[0].name, node.args[1].value)
        op = Op.INCLUDES if Op.INCLUDES in OPS[named.question.kind] else Op.IS
        return self._fitting(Test(named.question.key, op, value), named)

    def _named(self, ref: Ref) -> Named:
        if not ref.name:
            raise Unheld(N_("“.” means the answer itself: it cannot stand in this condition."))
        named = self.look(ref.name)
        if named.row and len(named.rows) > 1:
            raise Unheld(N_("“%(name)s” is one row of a table: conditions speak of the whole table."), name=ref.name)
        return named

    def _fitting(self, test: Test, named: Named) -> Test:
        if test.op not in OPS[named.question.kind]:
            raise Unheld(N_("What is asked of “%(name)s” does not fit its kind."), name=named.question.key)
        return test

    def _compare(self, node: Compare) -> Test:
        left, op, right = node.left, node.op, node.right
        if isinstance(right, Ref | Call) and isinstance(left, Literal):
            left, op, right = right, _TURNED[op], left
        if isinstance(left, Call):
            return self._counted(left, op, right)
        if not isinstance(left, Ref):
            raise Unheld(N_("This is not a condition that can be kept."))
        if isinstance(right, Ref):
            raise Unheld(N_("Two answers cannot be compared with each other."))
        named = self._named(left)
        value = _written(right)
        if value == "":
            if op not in ("=", "!="):
                raise Unheld(N_("This is not a condition that can be kept."))
            return self._fitting(Test(named.question.key, Op.NOT_ANSWERED if op == "=" else Op.ANSWERED), named)
        if named.question.kind in (Kind.SCALE, Kind.NUMBER, Kind.DATE):
            return self._ordered(named, left.name, op, value)
        if op not in ("=", "!="):
            raise Unheld(N_("What is asked of “%(name)s” does not fit its kind."), name=left.name)
        if Op.IS not in OPS[named.question.kind]:
            raise Unheld(
                N_("“%(name)s” may have several answers, or a free one: use selected(), or whether it was answered."),
                name=left.name,
            )
        value = value if named.question.kind == Kind.MUNICIPALITY else _choice(named, left.name, value)
        return self._is(named, left.name, op, value)

    def _is(self, named: Named, name: str, op: str, value: str) -> Test:
        if op == "!=":
            self.loose.append(name)
        return self._fitting(Test(named.question.key, Op.IS if op == "=" else Op.IS_NOT, value), named)

    def _ordered(self, named: Named, name: str, op: str, value: str) -> Test:
        question = named.question
        if question.kind == Kind.DATE and not _DAY.fullmatch(value):
            raise Unheld(N_("A day is compared with a day, such as date('2026-11-20')."))
        if question.kind != Kind.DATE and not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise Unheld(N_("“%(name)s” is a number: compare it with a number."), name=name)
        match op:
            case "=" | "!=":
                return self._is(named, name, op, value)
            case ">=":
                return self._fitting(Test(question.key, Op.AT_LEAST, value), named)
            case "<=":
                return self._fitting(Test(question.key, Op.AT_MOST, value), named)
            case ">":
                return self._fitting(Test(question.key, Op.AT_LEAST, _beside(question, value, 1)), named)
            case _:
                return self._fitting(Test(question.key, Op.AT_MOST, _beside(question, value, -1)), named)

    def _counted(self, call: Call, op: str, right: Node) -> Test:
        """`string-length(${q}) > 0`, `count-selected(${q}) >= 1`: whether it was answered."""
        known = call.name in ("string-length", "count-selected", "count") and len(call.args) == 1
        if not known or not isinstance(call.args[0], Ref):
            raise Unheld(N_("The function “%(name)s” cannot be kept."), name=call.name)
        named, wanted = self._named(call.args[0]), (op, _written(right))
        if wanted in ((">", "0"), (">=", "1"), ("!=", "0")):
            return self._fitting(Test(named.question.key, Op.ANSWERED), named)
        if wanted in (("=", "0"), ("<", "1"), ("<=", "0")):
            return self._fitting(Test(named.question.key, Op.NOT_ANSWERED), named)
        raise Unheld(N_("How many answers were chosen cannot be asked in a condition."))


def _written(node: Node) -> str:
    """The value an answer is compared with: a literal, or a day given as `date('…')`."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Call) and node.name == "date" and len(node.args) == 1 and isinstance(node.args[0], Literal):
        return node.args[0].value
    if isinstance(node, Call):
        raise Unheld(N_("The function “%(name)s” cannot be kept."), name=node.name)
    raise Unheld(N_("This is not a condition that can be kept."))


def _choice(named: Named, name: str, value: str) -> str:
    if value not in named.choices:
        raise Unheld(N_("“%(value)s” is not among the answers of “%(name)s”."), value=value, name=name)
    return named.choices[value]


def _beside(question: Question, value: str, side: int) -> str:
    """The next value above or below, for “more than” and “less than”."""
    if question.kind == Kind.DATE:
        try:
            return (date.fromisoformat(value) + timedelta(days=side)).isoformat()
        except (ValueError, OverflowError):
            raise Unheld(N_("A day is compared with a day, such as date('2026-11-20').")) from None
    number, step = Decimal(value), Decimal(1).scaleb(-question.decimals)
    # Between two values the question can have, the nearest one on that side is meant.
    whole = (number / step).to_integral_value("ROUND_FLOOR" if side > 0 else "ROUND_CEILING") * step
    return f"{whole + side * step:f}"


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The condition that holds when both do. Raises `Unheld` where one of them needs any of several tests."""
    if first is None or second is None:
        return first or second
    if any(one.any and len(one.tests) > 1 for one in (first, second)):
        raise Unheld(unheld.CONDITION, why=Phrase(unheld.JOINED))
    return Condition((*first.tests, *second.tests))


def expression_of(condition: Condition, tables: Mapping[str, tuple[str, ...]], kinds: Mapping[str, Kind]) -> str:
    """A condition as `relevant`; `tables` are the names of the rows of each table, `kinds` the kinds of questions."""
    return (" or " if condition.any else " and ").join(
        _test_expression(test, tables.get(test.question), kinds.get(test.question)) for test in condition.tests
    )


def _test_expression(test: Test, rows: tuple[str, ...] | None, kind: Kind | None) -> str:
    if rows is not None:
        answered = test.op == Op.ANSWERED
        parts = [f"${{{row}}} {'!=' if answered else '='} ''" for row in rows]
        return parts[0] if len(parts) == 1 else f"({(' or ' if answered else ' and ').join(parts)})"
    name, value = f"${{{test.question}}}", _value_expression(test.value, kind)
    match test.op:
        case Op.IS:
            return f"{name} = {value}"
        case Op.IS_NOT:
            return f"({name} != '' and {name} != {value})"
        case Op.INCLUDES:
            return f"selected({name}, {value})"
        case Op.EXCLUDES:
            return f"({name} != '' and not(selected({name}, {value})))"
        case Op.AT_LEAST:
            return f"{name} >= {value}"
        case Op.AT_MOST:
            return f"{name} <= {value}"
        case Op.ANSWERED:
            return f"{name} != ''"
        case Op.NOT_ANSWERED:
            return f"{name} = ''"


def _value_expression(value: str, kind: Kind | None) -> str:
    if kind in (Kind.SCALE, Kind.NUMBER):
        return value
    return f"date('{value}')" if kind == Kind.DATE else f"'{value}'"
