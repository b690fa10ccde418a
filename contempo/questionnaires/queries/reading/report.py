"""The report of a campaign, and a single table, as documents to print: what their template says."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from contempo.core.verdict import Refusal
from contempo.questionnaires.queries.board.page import board
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.crossed import CellText, CrossSheet, ShownCross
from contempo.questionnaires.queries.reading.filters import Narrowing
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.method import method
from contempo.questionnaires.queries.reading.names import language, say
from contempo.questionnaires.queries.reading.opening import reading_tables
from contempo.questionnaires.queries.reading.results import weights_told
from contempo.questionnaires.queries.reading.shown import Showing
from contempo.questionnaires.queries.reading.tables import TablesPage, kept_asked, kept_tables, table
from contempo.questionnaires.queries.reading.telling import Result
from contempo.questionnaires.queries.tables import Tables
from contempo.questionnaires.rules.document import Kind
from contempo.web.templatetags.web import at_time

TEMPLATE = Path(apps.get_app_config("questionnaires").path) / "templates" / "questionnaires" / "reading" / "report.typ"

Progress = Callable[[int, int], None]


def nobody_waits(done: int, total: int) -> None:
    """For reports that are made at once."""


def whole_report(opened: OpenedCampaign, *, made_at: datetime, told: Progress = nobody_waits) -> dict[str, Any]:
    """What the report of a campaign says: method and rates, every question, the tables kept for it."""
    with reading_tables(opened) as tables:
        parts = [*_method(opened, tables, made_at), *_questions(tables, told), *_kept(opened, tables)]
    return _document(opened, parts, title=_("Results: %(title)s") % {"title": opened.title}, made_at=made_at)


def of_table(opened: OpenedCampaign, page: TablesPage, *, made_at: datetime) -> dict[str, Any]:
    """What the document of one table says."""
    parts = [*_narrowed(page.narrowing)]
    title = ""
    if page.cross is not None:
        title = page.cross.title
        parts += _crossed(page.cross, level=2)
    elif page.result is not None:
        title = page.result.label
        parts.append(_result(page.result, level=2, title=page.result.kind or title))
    if page.guarded:
        parts.append(_part("", [_suppressed()], level=2))
    parts += [_part("", page.weights, level=2)] if page.weights else []
    return _document(opened, parts, title=title, made_at=made_at)


def _document(opened: OpenedCampaign, parts: list[dict[str, Any]], *, title: str, made_at: datetime) -> dict[str, Any]:
    network = opened.campaign.network
    return {
        "title": title,
        "author": network.name,
        "language": language(),
        "lead": f"{opened.title} – {opened.campaign.organisation or network.name}",
        "footer": _("%(title)s, read on %(when)s") % {"title": opened.title, "when": at_time(made_at)},
        "parts": parts,
    }


def _part(title: str, lines: Any = (), *, level: int, facts: Any = (), table: Any = None) -> dict[str, Any]:
    return {
        "title": title,
        "level": level,
        "lines": [line for line in lines if line],
        "facts": [list(fact) for fact in facts],
        "table": table,
    }


def _suppressed() -> str:
    return _("Counts under five, and those from which they could be found, are not told: a dash stands for them.")


def _narrowed(narrowing: Narrowing) -> Iterator[dict[str, Any]]:
    if narrowing.chips:
        yield _part(_("Only who"), level=2, facts=[(chip.label, chip.value) for chip in narrowing.chips])


def _method(opened: OpenedCampaign, tables: Tables, made_at: datetime) -> Iterator[dict[str, Any]]:
    yield _part(_("How it was asked"), level=2, facts=())
    rows = [{"cells": [label, value], "bar": None} for label, value in method(opened, tables)]
    yield _part("", level=2, table={"head": [_("What"), _("How")], "rows": rows, "words": True})
    rates = board(opened, now=made_at).rates
    if rates:
        told = [{"cells": [each.label, each.value, each.of], "bar": None} for each in rates]
        yield _part(_("Response rates"), level=2, table={"head": [_("Rate"), _("Value"), _("Of")], "rows": told})
        yield _part("", [f"{each.label}: {each.formula}" for each in rates if each.formula], level=2)
    lines = [
        _("“Between” is where the share lies with a confidence of 95 %, counting how many of the population answered."),
        _(
            "Shares have as base who answered the question; who was not asked and who left it empty are told beside "
            "it. Of several answers shares are of who answered, and of all mentions."
        ),
        _suppressed() if tables.guarded else "",
        *weights_told(tables),
    ]
    yield _part(_("How to read the figures"), lines, level=2)


def _questions(tables: Tables, told: Progress) -> Iterator[dict[str, Any]]:
    showing = Showing(tables, Labels(tables.book))
    placed = [one for one in tables.columns.layout.questions.values() if one.question.kind != Kind.NOTE]
    pages = len({one.page.key for one in placed})
    for number, (title, inside) in enumerate(groupby(placed, lambda one: say(one.page.title)), start=1):
        yield _part(title, level=2)
        for found in showing.results(list(inside)):
            yield _result(found, level=3, title=found.label)
        told(min(number, pages), pages)


def _result(found: Result, *, level: int, title: str) -> dict[str, Any]:
    lines = [found.sentence, *found.notes]
    return _part(title, lines, level=level, facts=found.facts, table=_table(found) if found.table else None)


def _table(found: Result) -> dict[str, Any]:
    assert found.table is not None
    shares = dict(zip(found.chart.categories, found.chart.series[0].values, strict=True)) if _barred(found) else {}
    rows = [{"cells": [row.label, *row.cells], "bar": shares.get(row.label)} for row in found.table.rows]
    return {"head": list(found.table.head), "rows": rows}


def _barred(found: Result) -> bool:
    """Whether the rows of a table are the bars of its chart."""
    return found.chart is not None and len(found.chart.series) == 1


def _kept(opened: OpenedCampaign, tables: Tables) -> Iterator[dict[str, Any]]:
    labels = Labels(tables.book)
    first = True
    for kept in kept_tables(opened.campaign):
        if not kept.report:
            continue
        try:
            asked = kept_asked(kept.spec, tables.book)
            filters = [(labels.variable(one.variable), labels.filter(one)) for one in asked.spec.filters]
            result, crossed = table(opened, tables, labels, asked)
        except Refusal:
            continue
        if first:
            yield _part(_("Tables"), level=2)
            first = False
        weighed = [_("Shares are weighed by groups of the population.")] if asked.spec.weighted else []
        yield _part(kept.title, weighed, level=3, facts=filters)
        if crossed is not None:
            yield from _crossed(crossed, level=3)
        elif result is not None:
            yield _result(result, level=3, title="")


def _crossed(found: ShownCross, *, level: int) -> Iterator[dict[str, Any]]:
    if found.silent:
        yield _part("", [_("Too few answers to tell without recognising who gave them.")], level=level)
        return
    for sheet in found.sheets:
        title = f"{found.layers}: {sheet.layer}" if sheet.layer else (_("All together") if found.layers else "")
        yield _part(title, [sheet.sentence], level=level, table=_sheet(found, sheet))
    if found.left_out:
        told = _("Left out because they did not answer all of it: %(count)s.") % {"count": found.left_out}
        yield _part("", [told], level=level)


def _sheet(found: ShownCross, sheet: CrossSheet) -> dict[str, Any]:
    rows = [[row.label, *(_cell(cell) for cell in row.cells), _cell(row.total)] for row in sheet.rows]
    rows += [[label, *values] for label, values in sheet.numbers]
    rows.append([_("Who answered both"), *sheet.bases, sheet.base])
    return {
        "head": [found.rows, *found.heads, _("All")],
        "rows": [{"cells": row, "bar": None} for row in rows],
    }


def _cell(cell: CellText) -> str:
    return f"{cell.share} ({cell.count})" if cell.count else cell.share
