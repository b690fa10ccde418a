"""The aggregates of a past survey, as they were found: never added to, nor crossed with, figures computed here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contempo.questionnaires.models import Aggregate
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.wording import percent
from contempo.questionnaires.rules.document import Document, read
from contempo.questionnaires.rules.past.aggregates import Figure
from contempo.web.charts import Chart, Series
from contempo.web.lists import Column


@dataclass(frozen=True)
class QuestionFigures:
    """What is left of one question: its figures by group and answer, where they come from, and a picture of them."""

    title: str
    figures: tuple[Figure, ...]
    sources: tuple[str, ...]
    chart: Chart


@dataclass(frozen=True)
class FigureLine:
    """One figure of the file. `kind` says on every line that it is an aggregate."""

    survey: str
    kind: str
    question: str
    group: str
    option: str
    count: int
    base: int
    share: float | None
    source: str


COLUMNS = (
    Column("survey", _("Survey")),
    Column("kind", _("What is left of it")),
    Column("question", _("Question")),
    Column("group", _("Group")),
    Column("option", _("Answer")),
    Column("count", _("Answers"), numeric=True),
    Column("base", _("Respondents"), numeric=True),
    Column("share", _("Per cent"), numeric=True),
    Column("source", _("Source")),
)


def question_figures(opened: OpenedCampaign) -> tuple[QuestionFigures, ...]:
    """The aggregates of a survey by question: those its questionnaire knows in its order, then the others. One SQL."""
    words = _Words(read(opened.campaign.version.document))
    grouped: dict[str, list[Aggregate]] = {}
    for row in Aggregate.objects.filter(campaign=opened.campaign):
        grouped.setdefault(row.question, []).append(row)
    keys = sorted(grouped, key=lambda key: (words.place(key), key))
    return tuple(_one(number, key, grouped[key], words) for number, key in enumerate(keys))


def figure_lines(opened: OpenedCampaign) -> Iterator[FigureLine]:
    """Every aggregate of a survey, for a file, worded in the language of who asks. One SQL."""
    words = _Words(read(opened.campaign.version.document))
    survey, kind, everybody = opened.title, str(opened.campaign.get_origin_display()), gettext("Everybody")
    rows = Aggregate.objects.filter(campaign=opened.campaign).order_by("question", "group", "option")

    def lines() -> Iterator[FigureLine]:
        for row in rows.iterator():
            figure = words.figure(row, everybody)
            yield FigureLine(
                survey=survey,
                kind=kind,
                question=words.question(row.question),
                group=figure.group,
                option=figure.option,
                count=figure.count,
                base=figure.base,
                share=figure.share,
                source=row.source,
            )

    return lines()


class _Words:
    """The words of questions and answers, in the language of the reader, and their places."""

    def __init__(self, document: Document) -> None:
        english = (get_language() or "it").startswith("en")
        self._questions: dict[str, str] = {}
        self._options: dict[tuple[str, str], tuple[int, str]] = {}
        for placed in document.questions():
            label = placed.question.label
            self._questions[placed.question.key] = (label.en if english else "") or label.it
            for number, option in enumerate(placed.question.options):
                name = (option.label.en if english else "") or option.label.it
                self._options[placed.question.key, option.key] = (number, name)

    def question(self, key: str) -> str:
        return self._questions.get(key, key)

    def place(self, key: str) -> int:
        keys = list(self._questions)
        return keys.index(key) if key in self._questions else len(keys)

    def option_place(self, row: Aggregate) -> tuple[int, int, str]:
        known = self._options.get((row.question, row.option))
        return (0, known[0], "") if known else (1, -row.count, row.option)

    def figure(self, row: Aggregate, everybody: str) -> Figure:
        name = self._options.get((row.question, row.option), (0, row.option))[1]
        return Figure(row.group or everybody, name, row.count, row.base)


def _one(number: int, key: str, rows: list[Aggregate], words: _Words) -> QuestionFigures:
    ordered = sorted(rows, key=lambda row: (bool(row.group), row.group, words.option_place(row)))
    figures = tuple(words.figure(row, gettext("Everybody")) for row in ordered)
    first = figures[0].group
    shown = [figure for figure in figures if figure.group == first]
    groups = list(dict.fromkeys(figure.group for figure in figures))
    options = list(dict.fromkeys(figure.option for figure in figures))
    shares = {(figure.group, figure.option): figure.share for figure in figures}
    highest = max(shown, key=lambda figure: figure.count)
    facts = {
        "answer": highest.option,
        "share": percent(None if highest.share is None else highest.share / 100),
        "count": number_format(highest.count),
        "base": number_format(highest.base),
        "group": first,
    }
    chart = Chart(
        id=f"aggregate-{number}",
        title=gettext("%(share)s “%(answer)s” (only aggregates)") % facts,
        kind="bar",
        categories=tuple(options),
        series=tuple(Series(group, tuple(shares.get((group, option)) for option in options)) for group in groups),
        unit="%",
        category=gettext("Answer"),
        summary=gettext("%(group)s: %(count)s of %(base)s say “%(answer)s”.") % facts,
    )
    sources = tuple(dict.fromkeys(row.source for row in rows if row.source))
    return QuestionFigures(words.question(key), figures, sources, chart)
