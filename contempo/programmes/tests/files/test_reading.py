"""A file is read whole or not at all, and everything wrong in it is told with its place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.programmes.rules.plan.problems import Phrase, Problem, WrongFile
from contempo.programmes.rules.plan.reading import lines_of, read_plan, read_plan_bytes
from contempo.programmes.rules.plan.tree import Plan

HEAD = "format: contempo-plan/1\nkey: piano\ntitle: Piano\nstarts_on: 2014-01-01\nends_on: 2016-12-31\n"
KINDS = frozenset({"company", "municipality"})


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(WrongFile) as wrong:
        read_plan(text, filename="piano.yaml", kinds=KINDS)
    return wrong.value.problems


def told(text: str) -> list[tuple[int, str, str]]:
    """Line, path and what was expected of each problem."""
    return [(each.line, each.path, each.expected.text % dict(each.expected.params)) for each in problems_of(text)]


def test_every_value_stays_the_text_that_is_written() -> None:
    plan = read_plan(
        f"{HEAD}acts:\n  - key: no\n    kind: NO\n    number: 1.10\n    year: 2014\n    body: 12:30\n", filename="x"
    )
    (act,) = plan.acts
    assert (act.key, act.kind, act.number, act.body) == ("no", "NO", "1.10", "12:30")


def test_all_problems_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = (
        "format: contempo-plan/1\n"
        "key: Piano Uno\n"
        "starts_on: 2014-02-30\n"
        "ends_on: 1402092000\n"
        "colour: red\n"
        "key: due\n"
        "organisations:\n"
        "  - {key: a, name: A, kind: firm}\n"
        "  - {key: a, name: B, kind: company}\n"
        "alliances:\n"
        "  - key: uno\n"
        "    lead: nessuno\n"
        "    partners: [{organisation: a}, {organisation: a}]\n"
        "    activities:\n"
        "      - {key: x, title: X, phase: y, times: tre}\n"
        "budget:\n"
        "  cells:\n"
        "    - {line: l, source: s, amount: 1.2.3}\n"
    )
    assert [(line, path) for line, path, _expected in told(text)] == [
        (1, "title"),
        (2, "key"),
        (3, "starts_on"),
        (4, "ends_on"),
        (5, "colour"),
        (6, "key"),
        (8, "organisations[0].kind"),
        (9, "organisations[1].key"),
        (11, "alliances[0].name"),
        (12, "alliances[0].lead"),
        (13, "alliances[0].partners[1].organisation"),
        (15, "alliances[0].activities[0].phase"),
        (15, "alliances[0].activities[0].times"),
        (18, "budget.cells[0].line"),
        (18, "budget.cells[0].source"),
        (18, "budget.cells[0].amount"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("", 1, "a plan: fields with a name, one a line"),
        ("- uno\n- due\n", 1, "fields with a name"),
        ("\tkey: x\n", 1, "spaces at the beginning of a line"),
        ("key: x\ntitle: a: b\n", 2, "no second colon on this line: put the text between quotes"),
        ("key: x\ntitle: 'mai chiusa\n", 3, "the quotes that close the text"),
        ("key: &nome x\n", 1, "no anchors: put the text between quotes"),
        ("key: *nome\n", 1, "the text itself: references are not read"),
        ("key: !!python/object x\n", 1, "no tags: put the text between quotes"),
        ("key: x\n---\nkey: y\n", 2, "one document in a file"),
        ("key: \x07\n", 1, "signs that can be printed"),
        ("[" * 5000, 1, "at most 20"),
        ("? [a]\n: b\n", 1, "the name of a field"),
    ],
)
def test_what_is_no_plan_is_said_in_our_words(text: str, line: int, expected: str) -> None:
    assert (line, expected) in [(found, said) for found, _path, said in told(text)]


def test_references_amounts_and_days_are_looked_at_together() -> None:
    text = (
        f"{HEAD}"
        "monitoring:\n  - {key: m, title: M, starts_on: 2015-01-01, ends_on: 31/12/2014}\n"
        "indicators:\n"
        "  - {key: i, typology: companies, name: I, unit: share, target: '20', targets: [{alliance: no, target: 1%}]}\n"
        "  - {key: j, typology: companies, name: J, unit: text, method: sum}\n"
        "reward: {amount: '1,234', act: nessuno, weights: [{indicator: k, weight: 0}]}\n"
        "declared:\n  - {key: d, place: p. 1, unit: euro, value: tanto}\n"
    )
    assert told(text) == [
        (7, "monitoring[0].ends_on", "a day not before the first one, 2015-01-01"),
        (9, "indicators[0].target", "a share with its sign of per cent"),
        (9, "indicators[0].targets[0].alliance", "the key of an alliance of this plan"),
        (10, "indicators[1].method", "a method that this unit can have"),
        (11, "reward.amount", "an amount with two decimals at most"),
        (11, "reward.act", "the key of an act listed under “acts”"),
        (11, "reward.weights[0].indicator", "the key of an indicator of this plan"),
        (11, "reward.weights[0].weight", "1 or more"),
        (13, "declared[0].value", "a number, as 1.234,56 or 1234.56"),
    ]


def test_a_cell_stands_once_for_each_line_source_and_partner() -> None:
    text = (
        f"{HEAD}budget:\n  sources: [{{key: s, name: S, kind: fund}}]\n  lines: [{{key: l, title: L}}]\n"
        "  cells:\n    - {line: l, source: s, amount: 1}\n    - {line: l, source: s, amount: 2}\n"
    )
    ((line, path, expected),) = told(text)
    assert (line, path) == (11, "budget.cells[1].line")
    assert "budget" not in expected
    assert "cells[0]" in expected


def test_a_file_that_is_not_in_utf_8_is_told_with_its_line() -> None:
    with pytest.raises(WrongFile) as wrong:
        read_plan_bytes(HEAD.encode() + "summary: perché".encode("latin-1"), filename="piano.yaml")
    (problem,) = wrong.value.problems
    assert (problem.line, problem.column, problem.expected.text) == (6, 15, "text in UTF-8")


def test_a_file_too_large_is_not_read() -> None:
    (problem,) = problems_of(f"{HEAD}summary: {'x' * 6_000_000}\n")
    assert problem.found.params == {"size": f"{len(HEAD) + 6_000_010}"}


def test_italian_and_machine_amounts_and_days_are_the_same() -> None:
    def plan(amount: str, day: str) -> Plan:
        act = f"{{key: a, kind: K, year: 2014, date: {day}}}"
        return read_plan(f"{HEAD}reward: {{amount: '{amount}', act: a}}\nacts: [{act}]", filename="x")

    assert plan("1.234,56 €", "30/06/2014") == plan("1234.56", "2014-06-30")


def test_a_path_leads_back_to_its_line() -> None:
    text = f"{HEAD}purposes:\n  - key: a\n    text: A\n  - key: b\n    text: B\n"
    assert lines_of(text, ["title", "purposes[1].text", "purposes[1]", "purposes[1].missing"]) == {
        "title": 3,
        "purposes[1].text": 10,
        "purposes[1]": 9,
        "purposes[1].missing": 9,
    }


@settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.text(st.sampled_from("abc:-[]{}'\"|>#&*!%@`,? \n\t~0é"), max_size=120),
        st.lists(st.sampled_from([*HEAD.splitlines(), "alliances:", "  - key: a", "    lead: {", "- [", "budget: 3"]))
        .map("\n".join),
    )
)  # fmt: skip
def test_any_text_gives_a_plan_or_problems(text: str) -> None:
    problems = _problems(text)
    for problem in problems:
        assert problem.line >= 1
        assert _said(problem.found)
        assert _said(problem.expected)


def _problems(text: str) -> tuple[Problem, ...]:
    try:
        assert isinstance(read_plan(text, filename="piano.yaml", kinds=KINDS), Plan)
    except WrongFile as wrong:
        return wrong.problems
    return ()


def _said(phrase: Phrase) -> str:
    return phrase.text % dict(phrase.params) if phrase.params else phrase.text


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_plan_or_problems(data: bytes) -> None:
    with pytest.raises(WrongFile):
        read_plan_bytes(data, filename="piano.yaml")
