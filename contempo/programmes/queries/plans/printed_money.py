"""The money of a plan as its printed document tells it: sources, the matrix, the reward."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext

from contempo.core.money import in_euro, in_italian
from contempo.programmes.queries.plans.blocks import Block, items, table, text, title, written
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.tree import SOURCE_KIND_LABELS

MOST_SOURCES = 6
"""Columns of the matrix that fit on a page; with more sources it is told line by line."""


def budget(plan: tree.Plan, names: Mapping[str, str]) -> Iterator[Block]:
    """The sources, the matrix of lines and sources, and what is set aside for each partner."""
    money = plan.budget
    if not money.cells:
        return
    yield title(gettext("Budget"), 2)
    yield text(
        gettext("Without the steering group, at most %(share)s %% of a line may be moved.")
        % {"share": in_italian(money.shift_limit)}
    )
    yield table(
        (gettext("Source"), gettext("Kind"), gettext("Project code (CUP)"), gettext("Amount")),
        [
            (each.name, gettext(SOURCE_KIND_LABELS[each.kind]), each.cup, in_euro(_sum(money, source=each.key)))
            for each in money.sources
        ]
        + [(gettext("Total"), "", "", in_euro(_sum(money)))],
        widths=(3, 2, 2, 2),
        numeric=(3,),
        totalled=True,
    )
    yield title(gettext("Lines and sources"), 3)
    yield _matrix(plan) if len(money.sources) <= MOST_SOURCES else _by_line(plan)
    aside = [cell for cell in money.cells if cell.partner]
    if aside:
        lines = {each.key: each.title for each in money.lines}
        sources = {each.key: each.name for each in money.sources}
        yield title(gettext("Money set aside for partners"), 3)
        yield table(
            (gettext("Partner"), gettext("Line"), gettext("Source"), gettext("Amount")),
            (
                (names.get(cell.partner or "", ""), lines[cell.line], sources[cell.source], in_euro(cell.amount))
                for cell in aside
            ),
            widths=(3, 3, 3, 2),
            numeric=(3,),
        )


def _sum(money: tree.Budget, *, line: str | None = None, source: str | None = None) -> int:
    return sum(
        cell.amount
        for cell in money.cells
        if (line is None or cell.line == line) and (source is None or cell.source == source)
    )


def _matrix(plan: tree.Plan) -> Block:
    """Lines × sources with the totals of both: what is not there is missing, and stays empty."""
    money = plan.budget
    sums: dict[tuple[str, str], int] = {}
    for cell in money.cells:
        sums[cell.line, cell.source] = sums.get((cell.line, cell.source), 0) + cell.amount
    alliances = {each.key: each.name for each in plan.alliances}
    rows = [
        (
            f"{alliances[line.alliance]} · {line.title}" if line.alliance else line.title,
            *(_amount(sums.get((line.key, source.key))) for source in money.sources),
            in_euro(sum(sums.get((line.key, source.key), 0) for source in money.sources)),
        )
        for line in money.lines
    ]
    last = (
        gettext("Total"),
        *(in_euro(sum(sums.get((line.key, source.key), 0) for line in money.lines)) for source in money.sources),
        in_euro(sum(sums.values())),
    )
    head = (gettext("Line"), *(source.name for source in money.sources), gettext("Total"))
    return table(
        head, [*rows, last], widths=(3, *(2 for _ in head[1:])), numeric=tuple(range(1, len(head))), totalled=True
    )


def _by_line(plan: tree.Plan) -> Block:
    money = plan.budget
    lines = {each.key: each.title for each in money.lines}
    sources = {each.key: each.name for each in money.sources}
    rows = [(lines[cell.line], sources[cell.source], in_euro(cell.amount)) for cell in money.cells]
    return table(
        (gettext("Line"), gettext("Source"), gettext("Amount")),
        [*rows, (gettext("Total"), "", in_euro(_sum(money)))],
        widths=(3, 3, 2),
        numeric=(2,),
        totalled=True,
    )


def reward(plan: tree.Plan) -> Iterator[Block]:
    """The reward quota: how much, by which rule, on which indicators."""
    if plan.reward is None:
        return
    yield title(gettext("Reward quota"), 2)
    yield text(gettext("Amount: %(amount)s") % {"amount": in_euro(plan.reward.amount)})
    yield from written(plan.reward.rule)
    names = {each.key: each.name for each in plan.indicators}
    if plan.reward.weights:
        yield items(
            gettext("%(indicator)s: weight %(weight)s")
            % {"indicator": names.get(each.indicator, each.indicator), "weight": each.weight}
            for each in plan.reward.weights
        )


def _amount(cents: int | None) -> str:
    return in_euro(cents) if cents is not None else ""
