"""The matrix of the budget: lines and sources without money, cells named twice, money for who is not there, codes."""

from collections import defaultdict
from collections.abc import Iterator

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import euro_written, shortened
from contempo.programmes.rules.cup import cup_problem
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.tree import SourceKind


def lines_without_money(facts: Facts) -> Iterator[Finding]:
    """Lines without cells, or whose cells hold nothing."""
    with_cells = {cell.line for cell in facts.plan.budget.cells}
    for number, line in enumerate(facts.plan.budget.lines):
        if not facts.by_line.get(line.key, 0):
            yield Finding(
                "line-without-money",
                Severity.WARNING,
                place_of(line.title),
                f"budget.lines[{number}]",
                N_("Every amount of this line is zero.")
                if line.key in with_cells
                else N_("No source gives money to this line."),
                computed=euro_written(0) if line.key in with_cells else "",
            )


def empty_cells(facts: Facts) -> Iterator[Finding]:
    """Cells with nothing in them, of lines that have money elsewhere."""
    lines = {line.key: line.title for line in facts.plan.budget.lines}
    sources = {source.key: source.name for source in facts.plan.budget.sources}
    for number, cell in enumerate(facts.plan.budget.cells):
        if not cell.amount and facts.by_line.get(cell.line, 0):
            yield Finding(
                "empty-cell",
                Severity.NOTE,
                place_of(lines.get(cell.line, cell.line), sources.get(cell.source, cell.source)),
                f"budget.cells[{number}]",
                N_("The cell is written and holds nothing."),
                computed=euro_written(0),
            )


def sources_without_money(facts: Facts) -> Iterator[Finding]:
    """Sources that no line takes money from."""
    for number, source in enumerate(facts.plan.budget.sources):
        if not facts.by_source.get(source.key, 0):
            yield Finding(
                "source-without-money",
                Severity.WARNING,
                place_of(source.name),
                f"budget.sources[{number}]",
                N_("No line takes money from this source."),
            )


def funds_without_act(facts: Facts) -> Iterator[Finding]:
    """Funds that name no act they come from."""
    for number, source in enumerate(facts.plan.budget.sources):
        if source.kind is SourceKind.FUND and not source.act:
            yield Finding(
                "fund-without-act",
                Severity.WARNING,
                place_of(source.name),
                f"budget.sources[{number}].act",
                N_("A fund comes from an act, and none is named."),
            )


def cells_twice(facts: Facts) -> Iterator[Finding]:
    """Cells of the same line, source and partner."""
    lines = {line.key: line.title for line in facts.plan.budget.lines}
    sources = {source.key: source.name for source in facts.plan.budget.sources}
    seen: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for number, cell in enumerate(facts.plan.budget.cells):
        before = seen[cell.line, cell.source, cell.partner]
        if before:
            yield Finding(
                "cell-twice",
                Severity.ERROR,
                place_of(lines.get(cell.line, cell.line), sources.get(cell.source, cell.source)),
                f"budget.cells[{number}]",
                N_("The budget has this cell more than once; its amounts are added up."),
                declared=euro_written(cell.amount),
                computed=euro_written(facts.plan.budget.cells[before[0]].amount),
                difference=euro_written(cell.amount - facts.plan.budget.cells[before[0]].amount),
            )
        before.append(number)


def money_for_strangers(facts: Facts) -> Iterator[Finding]:
    """Money of an alliance set aside for an organisation that takes no part in it."""
    lines = {line.key: line for line in facts.plan.budget.lines}
    members = {key: frozenset(names) for key, names in facts.members.items()}
    for number, cell in enumerate(facts.plan.budget.cells):
        line = lines.get(cell.line)
        if cell.partner is None or line is None or line.alliance is None:
            continue
        if cell.partner not in members.get(line.alliance, frozenset()):
            yield Finding(
                "cell-partner",
                Severity.WARNING,
                place_of(line.title, facts.name(cell.partner)),
                f"budget.cells[{number}].partner",
                N_("The money is for an organisation that is neither lead nor partner of the alliance."),
                declared=shortened(facts.name(cell.partner)),
            )


def codes(facts: Facts) -> Iterator[Finding]:
    """Project codes (CUP) that cannot be true."""
    written = [
        *((alliance.name, alliance.cup, f"alliances[{n}].cup") for n, alliance in enumerate(facts.plan.alliances)),
        *((source.name, source.cup, f"budget.sources[{n}].cup") for n, source in enumerate(facts.plan.budget.sources)),
    ]
    for name, cup, path in written:
        problem = cup_problem(cup) if cup else None
        if problem:
            yield Finding("cup", Severity.ERROR, place_of(name), path, problem, declared=shortened(cup))
