"""Questions with their answers, of each kind: sentence, chart, table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from contempo.core.small_cells import hidden_in_row
from contempo.questionnaires.queries.reading import findings
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.names import say
from contempo.questionnaires.queries.reading.opening import CODES
from contempo.questionnaires.queries.reading.telling import (
    Result,
    Row,
    Table,
    bar_label,
    base_facts,
    box_facts,
    hundredths,
    last_of,
    lines_of,
    number_facts,
    shares_and_count,
)
from contempo.questionnaires.queries.reading.wording import NOT_TOLD, decimal, from_to, percent, whole
from contempo.questionnaires.queries.tables import Base, Category, Frequency, Tables, frequency, sql
from contempo.questionnaires.rules.columns import name_of
from contempo.questionnaires.rules.document import KIND_LABELS, OTHER, Kind, Placed, Question
from contempo.questionnaires.rules.narrowing import span, token
from contempo.questionnaires.rules.tables import Filter, Source, Spec, Variable
from contempo.web.charts import Chart, Series

MOST_ROWS = 30
"""Rows of the table of a question whose answers are no options; the others are in the file."""

Link = Callable[[str], str]
"""The address of the responses behind a figure, from the filter that names them; empty where there is none."""


def no_link(_token: str) -> str:
    """For who may not read single responses."""
    return ""


@dataclass(frozen=True)
class Showing:
    """How questions are shown: from which tables, narrowed and weighed how, with which links."""

    tables: Tables
    labels: Labels
    filters: tuple[Filter, ...] = ()
    weighted: bool = False
    link: Link = no_link

    def frequency(self, variable: Variable, *, mentions: bool = False) -> Frequency:
        """The frequencies of a variable."""
        return frequency(self.tables, Spec(variable, filters=self.filters, weighted=self.weighted, mentions=mentions))

    def results(self, placed: Sequence[Placed]) -> Iterator[Result]:
        """Questions with their answers, in order; after a text its codes. Those of a group that repeats are told of
        every time it was answered.
        """
        inside: dict[str, Showing] = {}
        for one in placed:
            if one.group is None or not one.group.repeat:
                yield from self._results(one.question)
                continue
            group = one.group
            if group.key not in inside:
                tables = self.tables.repeated(group.key)
                inside[group.key] = replace(self, tables=tables, labels=Labels(tables.book), link=no_link)
            note = _("Told of each time “%(group)s” was filled in, not of each response.") % {"group": say(group.label)}
            for found in inside[group.key]._results(one.question):
                label = f"{say(group.label)} – {found.label}"
                yield replace(found, label=label, notes=(*found.notes, note), code="", texts="")

    def _results(self, question: Question) -> Iterator[Result]:
        match question.kind:
            case Kind.NOTE:
                return
            case Kind.MATRIX:
                yield self._matrix(question)
            case Kind.RANKING:
                yield self._ranking(question)
            case Kind.TEXT | Kind.FILE:
                yield self._counted(question)
            case _:
                yield self._one(Variable(Source.QUESTION, question.key), question)
        for key in (question.key, question.key + OTHER):
            codes = Variable(Source.QUESTION, key + CODES)
            if codes.code in self.tables.book.offers and self.tables.relation == "responses":
                yield self.variable(codes)

    def variable(self, variable: Variable) -> Result:
        """What stands in the rows of a table of one dimension: a question, one row or option of it, an attribute."""
        return self._one(variable, self.tables.book.question(variable))

    def _one(self, variable: Variable, question: Question | None) -> Result:
        found = self.frequency(variable)
        names = self.labels.values(variable, [one.key for one in found.categories])
        kind = question.kind if question else None
        multiple = kind == Kind.MULTIPLE
        mentions = self.frequency(variable, mentions=True) if multiple and not found.silent else None
        unit = question.unit if question else ""
        said = (
            findings.summed_up(found.numbers, unit)
            if kind in (Kind.SCALE, Kind.NUMBER)
            else findings.most_chosen(found.categories, names)
        )
        label = self.labels.variable(variable)
        return Result(
            id=variable.code.replace(".", "-"),
            label=label,
            kind=_(KIND_LABELS[kind]) if kind else "",
            sentence=" ".join(part for part in (findings.answered_of(found.base), said) if part),
            facts=(*base_facts(found.base), *number_facts(found.numbers, unit), *box_facts(found)),
            chart=self._chart(found, names),
            table=self._bars(found) if found.bars else self._categories(found, names, mentions),
            kept_back=found.kept_back,
            silent=found.silent,
            code=variable.code,
            lines=tuple(lines_of(found, names, label)),
            notes=(_("Who answers may choose more than one: shares may add up to more than 100 %."),)
            if multiple
            else (),
        )

    def _chart(self, found: Frequency, names: dict[str, str]) -> Chart | None:
        if found.bars:
            labels = tuple(bar_label(bar) for bar in found.bars)
            shares = tuple(hundredths(bar.share) for bar in found.bars)
        else:
            shown = found.categories[:MOST_ROWS]
            labels = tuple(names[one.key] for one in shown)
            shares = tuple(hundredths(one.share) for one in shown)
        if not any(shares):
            return None
        return Chart(
            id=f"chart-{found.spec.rows.code.replace('.', '-')}",
            title=findings.finding(found, names),
            kind="bar",
            categories=labels,
            series=(Series(_("Share of who answered"), shares),),
            unit="%",
            category=_("Answer"),
        )

    def _categories(self, found: Frequency, names: dict[str, str], mentions: Frequency | None) -> Table | None:
        if not found.categories:
            return None
        share = _("Weighed share") if found.spec.weighted else _("Share")
        head = [_("Answer"), _("Answers"), share, _("Between, at 95 %")]
        shares = {one.key: one.share for one in mentions.categories} if mentions else {}
        if mentions:
            head.append(_("Share of mentions"))
        rows = []
        for one in found.categories[:MOST_ROWS]:
            cells = [whole(one.count), percent(one.share), from_to(one.interval) or NOT_TOLD]
            if mentions:
                cells.append(percent(shares.get(one.key)))
            rows.append(Row(names[one.key], tuple(cells), self._url(found.spec.rows, one)))
        return Table(tuple(head), tuple(rows), max(0, len(found.categories) - MOST_ROWS))

    def _bars(self, found: Frequency) -> Table:
        rows = tuple(
            Row(
                bar_label(bar),
                (whole(bar.count), percent(bar.share)),
                self.link(span(found.spec.rows.code, bar.low, last_of(bar))) if bar.count else "",
            )
            for bar in found.bars
        )
        return Table((_("From … to"), _("Answers"), _("Share")), rows)

    def _url(self, variable: Variable, one: Category) -> str:
        # The list of responses does not know codes: the page of texts does.
        listed = not variable.key.endswith(CODES)
        return self.link(token(variable.code, one.key)) if one.count and listed else ""

    def _counted(self, question: Question) -> Result:
        """Of how many a question speaks, and no more: all there is to tell of texts and files."""
        base = counted_base(self, question)
        return Result(
            id=question.key,
            label=say(question.label),
            kind=_(KIND_LABELS[question.kind]),
            sentence=findings.answered_of(base),
            facts=tuple(base_facts(base)),
            silent=base.responses is None,
            texts=question.key if question.kind == Kind.TEXT else "",
        )

    def _matrix(self, question: Question) -> Result:
        """A row of the question in each row, the answers beside each other."""
        found = [(row, self.frequency(Variable(Source.QUESTION, question.key, row.key))) for row in question.rows]
        told = {row.key: {one.key: one for one in each.categories} for row, each in found}
        options = [(option.key, say(option.label)) for option in question.options]
        chart = None
        if options and any(one.share for each in told.values() for one in each.values()):
            series = tuple(
                Series(
                    name,
                    tuple(
                        hundredths(told[row.key][key].share) if key in told[row.key] else None for row, _each in found
                    ),
                )
                for key, name in options
            )
            chart = Chart(
                id=f"chart-{question.key}",
                title=_("How often each answer was given, row by row"),
                kind="bar",
                categories=tuple(say(row.label) for row, _each in found),
                series=series,
                unit="%",
                category=_("Row"),
            )
        rows = tuple(
            Row(
                say(row.label),
                (
                    whole(each.base.answered),
                    *(shares_and_count(told[row.key].get(key)) for key, _name in options),
                ),
            )
            for row, each in found
        )
        return replace(
            self._counted(question),
            chart=chart,
            table=Table((_("Row"), _("Answered"), *(name for _key, name in options)), rows),
            kept_back=any(each.kept_back for _row, each in found),
            silent=all(each.silent for _row, each in found),
            code=Variable(Source.QUESTION, question.key, question.rows[0].key).code if question.rows else "",
        )

    def _ranking(self, question: Question) -> Result:
        """How often each option came first, and in the order at all, with its mean place."""
        found = [(one, self.frequency(Variable(Source.QUESTION, question.key, one.key))) for one in question.options]
        rows = []
        firsts: list[float | None] = []
        for option, each in found:
            shares = {one.key: one for one in each.categories}
            first = shares.get("1")
            firsts.append(hundredths(first.share) if first else (None if each.silent else 0.0))
            mean = each.numbers.mean if each.numbers else None
            rows.append(
                Row(say(option.label), (shares_and_count(first), shares_and_count(shares.get("0")), decimal(mean)))
            )
        chart = None
        if any(firsts):
            chart = Chart(
                id=f"chart-{question.key}",
                title=_("How often each one was put first"),
                kind="bar",
                categories=tuple(say(option.label) for option, _each in found),
                series=(Series(_("Put first"), tuple(firsts)),),
                unit="%",
                category=_("Answer"),
            )
        return replace(
            self._counted(question),
            chart=chart,
            table=Table((_("Answer"), _("Put first"), _("Left out of the order"), _("Mean place")), tuple(rows)),
            kept_back=any(each.kept_back for _one, each in found),
            silent=all(each.silent for _one, each in found),
            code=Variable(Source.QUESTION, question.key, question.options[0].key).code if question.options else "",
        )


def counted_base(showing: Showing, question: Question) -> Base:
    """How many answered a question of which only that is counted. Where small counts are kept back, nothing is told
    when one of its parts is small.
    """
    where = sql.everything([sql.condition(showing.tables, one) for one in showing.filters])
    held, gate = name_of(f"q_{question.key}"), name_of(f"u_{question.key}")
    total, answered, unasked = showing.tables.columns.row(
        f"SELECT count(*), count({held}), count(*) FILTER ({gate} AND {held} IS NULL) "
        f"FROM {showing.tables.relation} WHERE {where.sql}",
        where.values,
    )
    parts = {"answered": answered, "unasked": unasked, "missing": total - answered - unasked}
    if showing.tables.guarded and hidden_in_row(parts):
        return Base(None, None, None, None, None)
    return Base(total, total - unasked, answered, unasked, parts["missing"])
