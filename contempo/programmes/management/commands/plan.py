"""Command: plans as files, loaded, checked, exported."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from contempo.core.text import normalise
from contempo.core.verdict import Refusal
from contempo.network.public import network_by_slug, open_networks
from contempo.people.public import Actor, NetworkRole
from contempo.programmes.actions.loading import Hindered, load_plan
from contempo.programmes.queries.files import found_plan, plan_file, plan_sheets, read_file, said
from contempo.programmes.rules.audit import check
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.problems import Problem, WrongFile
from contempo.programmes.rules.plan.reading import lines_of
from contempo.programmes.rules.plan.tree import Plan
from contempo.web.sentences import sentence


class Command(BaseCommand):
    """`plan load FILE --network SLUG`, `plan check FILE [--json]`, `plan export NETWORK/PLAN [--xlsx]`"""

    help = "Load a territorial plan from a file, check one, or write one to a file. The format: docs/plan-format.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="load|check|export")
        load = commands.add_parser(
            "load", help="load a plan into a network: new as a draft, or over the one with its key"
        )
        load.add_argument("file", help="a plan in YAML or XLSX")
        load.add_argument("--network", help="address of the network, if it is not the one the file names")
        checking = commands.add_parser("check", help="recompute every figure of a plan and list what disagrees")
        checking.add_argument("file", help="a plan in YAML or XLSX")
        checking.add_argument("--json", action="store_true", help="the answer as JSON")
        export = commands.add_parser("export", help="write a plan to the standard output")
        export.add_argument("plan", metavar="NETWORK/PLAN", help="addresses of the network and of the plan")
        export.add_argument("--xlsx", action="store_true", help="as a workbook instead of YAML")

    def handle(self, *args: object, **options: Any) -> None:
        with override("en"):
            getattr(self, f"_{options['what']}")(**options)

    def _load(self, file: str, network: str | None, **options: Any) -> None:
        plan, text = self._read(file, as_json=False)
        actor = _keeper(network or _network_of(plan))
        try:
            row = load_plan(actor, tree=plan, text=text, filename=Path(file).name)
        except Hindered as refusal:
            for each in refusal.found:
                self.stderr.write(f"{file}: {each.what}: {said(each.why)}")
            raise CommandError(sentence(refusal)) from None
        except Refusal as refusal:
            raise CommandError(sentence(refusal)) from None
        self.stdout.write(f"{row.title}: loaded, {row.state}.")

    def _check(self, file: str, json: bool, **options: Any) -> None:
        plan, text = self._read(file, as_json=json)
        findings = check(plan)
        lines = lines_of(text, [each.path for each in findings]) if Path(file).suffix != ".xlsx" else {}
        if json:
            told = [_finding(each, lines.get(each.path)) for each in findings]
            self._print({"file": file, "problems": [], "findings": told})
        else:
            for each in findings:
                line = f":{lines[each.path]}" if each.path in lines else ""
                about = f"“{each.subject}”: " if each.subject else ""
                self.stdout.write(f"{file}{line}: {each.severity}: {each.path}: {each.place}: {about}{_compared(each)}")
            self.stdout.write(f"{len(findings)} findings.")
        if any(each.severity is Severity.ERROR for each in findings):
            sys.exit(1)

    def _export(self, plan: str, xlsx: bool, **options: Any) -> None:
        network, _slash, key = plan.partition("/")
        row = found_plan(_keeper(network), key)
        if row is None:
            raise CommandError(f"There is no plan “{key}” in “{network}”.")
        if xlsx:
            with override("it"):
                sys.stdout.buffer.write(plan_sheets(row))
        else:
            self.stdout.write(plan_file(row), ending="")

    def _read(self, file: str, *, as_json: bool) -> tuple[Plan, str]:
        """The plan of a file and its text; what is wrong is told and ends the command."""
        try:
            return read_file(Path(file).read_bytes(), filename=file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except WrongFile as wrong:
            if as_json:
                self._print({"file": file, "problems": [_problem(each) for each in wrong.problems], "findings": []})
            else:
                for each in wrong.problems:
                    self.stderr.write(_written(each))
                self.stderr.write(f"{len(wrong.problems)} problems: nothing is read from this file.")
            sys.exit(2)

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _network_of(plan: Plan) -> str:
    """The address of the network a plan names; of the only one, when there is one."""
    networks = open_networks()
    named = normalise(plan.network_name)
    called = [it.slug for it in networks if named in (normalise(it.name), normalise(it.short_name), it.slug)]
    if not called and len(networks) == 1:
        called = [networks[0].slug]
    if len(called) != 1:
        known = ", ".join(it.slug for it in networks) or "none yet"
        raise CommandError(f"Say which network, with --network SLUG. Networks here: {known}.")
    return called[0]


def _keeper(slug: str) -> Actor:
    """The platform, keeping the plans of a network."""
    network = network_by_slug(slug)
    if network is None:
        raise CommandError(f"There is no network “{slug}”.")
    return Actor(network_id=network.id, is_system=True, roles=frozenset({NetworkRole.COORDINATOR}))


def _written(problem: Problem) -> str:
    place = f"{problem.sheet}:{problem.line}" if problem.sheet else str(problem.line)
    return (
        f"{problem.file}:{place}: {problem.path or '-'}: found {said(problem.found)}, expected {said(problem.expected)}"
    )


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "found": said(problem.found),
        "expected": said(problem.expected),
    }


def _compared(finding: Finding) -> str:
    figures = (("declared", finding.declared), ("computed", finding.computed), ("difference", finding.difference))
    said = ", ".join(f"{name} {value}" for name, value in figures if value)
    return f"{_explained(finding)} ({said})" if said else _explained(finding)


def _explained(finding: Finding) -> str:
    text = gettext(finding.explanation)
    return text % finding.params if finding.params else text


def _finding(finding: Finding, line: int | None) -> dict[str, Any]:
    return {
        "line": line,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "place": finding.place,
        "path": finding.path,
        "declared": finding.declared,
        "computed": finding.computed,
        "difference": finding.difference,
        "explanation": _explained(finding),
    }
