"""A plan read from a file, whole or not at all, with everything that is wrong in it told at once."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from contempo.core.words import N_
from contempo.programmes.rules.plan.expected import faults_of
from contempo.programmes.rules.plan.nodes import decoded, parsed, place_of
from contempo.programmes.rules.plan.problems import Fault, Phrase, Problem, WrongFile, read_path, written
from contempo.programmes.rules.plan.references import faults_between
from contempo.programmes.rules.plan.tree import FORMAT, Plan

MOST_PROBLEMS = 500
"""More than this is a file of something else: the rest would help nobody."""


def read_plan(text: str, *, filename: str, kinds: frozenset[str] | None = None) -> Plan:
    """The plan written in `text` (YAML, see docs/plan-format.md).

    `kinds` are the kinds of organisation the registry knows; None takes any. Raises WrongFile with every problem of the
    file, in the order of its lines: form, unknown and missing fields, values, references, keys used twice.
    """
    root, problems = parsed(text, filename=filename)
    if root is None:
        raise WrongFile(tuple(problems))
    plan, faults = plan_of(root.value(), kinds=kinds)
    for fault in faults:
        line, column = place_of(root, fault.loc)
        problems.append(Problem(filename, line, column, written(fault.loc), fault.found, fault.expected))
    if problems or plan is None:
        problems.sort(key=lambda problem: (problem.line, problem.column, problem.path))
        raise WrongFile(tuple(problems[:MOST_PROBLEMS]))
    return plan


def read_plan_bytes(data: bytes, *, filename: str, kinds: frozenset[str] | None = None) -> Plan:
    """`read_plan` of a file as it lies on a disk."""
    return read_plan(decoded(data, filename=filename), filename=filename, kinds=kinds)


def plan_of(tree: Any, *, kinds: frozenset[str] | None = None) -> tuple[Plan | None, tuple[Fault, ...]]:
    """The plan that a tree of dicts, lists and texts says, None when it says none, and everything wrong in it."""
    faults: list[Fault] = []
    plan = None
    if isinstance(tree, dict) and "format" not in tree:
        expected = Phrase(N_("the name of the format: “format: %(format)s”"), {"format": FORMAT})
        faults.append(Fault(("format",), Phrase(N_("nothing")), expected))
    try:
        plan = Plan.model_validate(tree)
    except ValidationError as error:
        faults += faults_of(error)
    faults += faults_between(tree, kinds)
    return (plan if not faults else None), tuple(faults)


def faults_in(plan: Plan, *, kinds: frozenset[str] | None = None) -> tuple[Fault, ...]:
    """What is wrong between the parts of a plan that was not read from a file."""
    return faults_between(plan.model_dump(mode="json", exclude_defaults=True), kinds)


def lines_of(text: str, paths: Iterable[str]) -> dict[str, int]:
    """The line of each path (`budget.cells[3]`) in the text of a plan that can be read."""
    root, _problems = parsed(text, filename="")
    if root is None:
        return {}
    return {path: place_of(root, read_path(path))[0] for path in paths}
