"""What the funder gets: a workbook with every expense, and a document with the sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.apps import apps
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.money import in_euro
from contempo.core.verdict import require
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money
from contempo.programmes.queries.money import budget, expenses, outlook, reports
from contempo.programmes.queries.money.choosing import offers
from contempo.programmes.queries.opened import OpenedPlan
from contempo.web.lists import Column, Sheet
from contempo.web.templatetags.web import at_time, on_day

TEMPLATE = Path(apps.get_app_config("programmes").path) / "templates" / "programmes" / "money" / "funder.typ"


@dataclass(frozen=True)
class _Pair:
    """A line of the summary."""

    label: str
    value: Any


SUMMARY = (Column("label", _("What")), Column("value", _("Figure")))


def sheets(actor: Actor, opened: OpenedPlan, *, today: date) -> Iterator[Sheet]:
    """The sheets of the workbook: summary, budget, by partner, forecast, every expense read in chunks."""
    require(may_read_money(actor))
    summary = reports.report(actor, opened, reports.Asked("alleanza"), offers(actor, opened.plan))
    by_partner = reports.report_rows(actor, opened, reports.Asked("soggetto"))
    forecasts = outlook.forecasts(actor, opened, today)
    yield Sheet(gettext("Summary"), SUMMARY, list(_summary(opened, summary.total, today)))
    yield Sheet(gettext("By alliance"), reports.COLUMNS, chain(summary.rows, [summary.total]))
    yield Sheet(gettext("Budget"), budget.COLUMNS, budget.cells(actor, opened.plan))
    yield Sheet(gettext("By partner"), reports.COLUMNS, by_partner)
    yield Sheet(gettext("Forecast"), outlook.COLUMNS, forecasts)
    yield Sheet(gettext("Expenses"), expenses.COLUMNS, expenses.expense_rows(actor, opened, QueryDict()))


def _summary(opened: OpenedPlan, total: reports.Row, today: date) -> Iterator[_Pair]:
    plan = opened.plan
    yield _Pair(gettext("Plan"), plan.title)
    yield _Pair(gettext("Network"), plan.network.name)
    yield _Pair(gettext("From"), plan.since)
    yield _Pair(gettext("To"), opened.last_day)
    yield _Pair(gettext("As it stood on"), today)
    yield _Pair(gettext("Expenses"), total.expenses)
    for column in reports.COLUMNS[2:-1]:
        yield _Pair(str(column.label), getattr(total, column.key))


def document(actor: Actor, opened: OpenedPlan, *, made_at: datetime, today: date) -> dict[str, Any]:
    """What the template of the PDF says, in the language of the reader."""
    require(may_read_money(actor))
    offered = offers(actor, opened.plan)
    plan = opened.plan
    by_alliance = reports.report(actor, opened, reports.Asked("alleanza"), offered)
    return {
        "title": gettext("Accounts of the plan"),
        "subtitle": plan.title,
        "author": plan.network.name,
        "language": (get_language() or "it")[:2],
        "lead": gettext("%(network)s, from %(since)s to %(until)s. As it stood on %(today)s.")
        % {
            "network": plan.network.name,
            "since": on_day(plan.since),
            "until": on_day(opened.last_day),
            "today": on_day(today),
        },
        "footer": gettext("%(title)s, made on %(when)s") % {"title": plan.title, "when": at_time(made_at)},
        "facts": [[label, amount or "–"] for label, amount in by_alliance.total.amounts],
        "matrix": _matrix(budget.budget(actor, opened)),
        "tables": [
            _report(gettext("By alliance"), by_alliance),
            _report(gettext("By source of funds"), reports.report(actor, opened, reports.Asked("fonte"), offered)),
            _report(gettext("By partner"), reports.report(actor, opened, reports.Asked("soggetto"), offered)),
            _report(gettext("By half-year"), reports.report(actor, opened, reports.Asked("semestre"), offered)),
            _promises(outlook.outlooks(actor, opened, today)),
        ],
    }


def _matrix(shown: budget.Budget) -> dict[str, Any]:
    rows = []
    for part in shown.parts:
        rows += [_matrix_row(row) for row in (*part.rows, part.total)]
    rows.append(_matrix_row(shown.total))
    return {
        "title": gettext("Budget: lines by sources"),
        "head": [
            gettext("Line"),
            *(source.name for source in shown.sources),
            gettext("Total"),
            gettext("Accepted so far"),
        ],
        "rows": rows,
    }


def _matrix_row(row: budget.Row) -> list[str]:
    figures = [figure.present if figure else "–" for _source, figure in row.cells]
    return [row.label, *figures, row.total.present, row.total.accepted]


def _report(title: str, shown: reports.Report) -> dict[str, Any]:
    names = ("allocated", "claimed", "accepted", "paid")
    heads = {column.key: str(column.label) for column in reports.COLUMNS}
    return {
        "title": title,
        "head": [shown.category, *(heads[name] for name in names)],
        "rows": [[row.label, *(_amount(getattr(row, name)) for name in names)] for row in (*shown.rows, shown.total)],
    }


def _promises(shown: outlook.Outlooks) -> dict[str, Any]:
    return {
        "title": gettext("Co-financing: reached against promised"),
        "head": [gettext("Part"), gettext("Promised"), gettext("Reached")],
        "rows": [
            [
                each.label,
                f"{each.promised} ({each.promised_of})" if each.promised else "–",
                f"{each.reached} ({each.reached_of})" if each.reached else "–",
            ]
            for each in shown.promises
        ],
    }


def _amount(value: Any) -> str:
    return "–" if value is None else in_euro(int(value * 100))
