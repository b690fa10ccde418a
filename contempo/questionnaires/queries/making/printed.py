"""A version on paper: numbers, boxes, lines to write on. What the Typst template reads."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.queries.making.wording import condition_on_paper, in_language
from contempo.questionnaires.rules.checks.kinds import scale_ends
from contempo.questionnaires.rules.document import Document, Group, Kind, Page, Question, read

TEMPLATE = Path(__file__).parents[2] / "templates/questionnaires/making/paper.typ"
_TIMES = 3
_LINES, _LONG_LINES = 2, 6


def printed(form: Questionnaire, version: Version, *, author: str, language: str) -> dict[str, Any]:
    """The content of the document, in `language` ("it" or "en"); texts only written in Italian stay so. No SQL."""
    with override(language):
        document = read(version.document)
        title = (form.title_en if language == "en" else "") or form.title
        paper = _Paper(document, language)
        return {
            "title": title,
            "author": author,
            "language": language,
            "lead": _("Write clearly. Where there are boxes, mark those of your answers."),
            "footer": _("%(title)s, version %(number)s") % {"title": title, "number": version.number},
            "pages": [paper.page(page) for page in document.pages],
        }


class _Paper:
    """Pages as data; questions are numbered through."""

    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language, self.number = document, language, 0
        self.numbers: dict[str, int] = {}

    def words(self, words: Any) -> str:
        return in_language(words, self.language)

    def page(self, page: Page) -> dict[str, Any]:
        items: list[dict[str, Any]] = []
        for item in page.items:
            items.extend(self.group(item) if isinstance(item, Group) else [self.question(item)])
        return {
            "title": self.words(page.title),
            "intro": self.words(page.intro),
            "when": self.when(page),
            "items": items,
        }

    def group(self, group: Group) -> list[dict[str, Any]]:
        head = {"kind": "group", "label": self.words(group.label), "when": self.when(group), "help": ""}
        if not group.repeat:
            return [head, *(self.question(question) for question in group.questions)]
        times = min(group.repeat, _TIMES)
        if group.repeat > times:
            head["help"] = _("There is room for %(times)s: write the others on a sheet of their own.") % {
                "times": times
            }
        found, first = [head], self.number
        for time in range(1, times + 1):
            self.number = first
            each = self.words(group.each) or self.words(group.label)
            found.append({"kind": "each", "label": f"{each} {time}"})
            found.extend(self.question(question) for question in group.questions)
        return found

    def question(self, question: Question) -> dict[str, Any]:
        if question.kind != Kind.NOTE:
            self.number += 1
            self.numbers[question.key] = self.number
        least, most = scale_ends(question) if question.kind == Kind.SCALE else (0, 0)
        return {
            "kind": question.kind.value,
            "number": str(self.number) if question.kind != Kind.NOTE else "",
            "label": self.words(question.label),
            "help": self.words(question.help),
            "when": self.when(question),
            "how": self.how(question),
            "options": [{"label": self.words(one.label), "other": one.other} for one in question.options],
            "rows": [self.words(row.label) for row in question.rows],
            "steps": [str(step) for step in range(least, most + 1)] if question.kind == Kind.SCALE else [],
            "low": self.words(question.low),
            "high": self.words(question.high),
            "unit": question.unit,
            "lines": _LONG_LINES if question.long else _LINES,
        }

    def when(self, part: Page | Group | Question) -> str:
        return condition_on_paper(self.document, part.when, self.language, self.numbers)

    def how(self, question: Question) -> str:
        least = int(question.least) if question.least else 0
        most = int(question.most) if question.most else 0
        match question.kind:
            case Kind.SINGLE | Kind.LIKERT:
                return _("Mark one answer.")
            case Kind.MATRIX:
                return _("Mark one answer in each row.")
            case Kind.SCALE:
                return _("Mark one number.")
            case Kind.RANKING:
                return _("Write 1 beside the most important, then 2, and so on.")
            case Kind.MULTIPLE if most:
                return _("Mark at most %(most)s answers.") % {"most": most}
            case Kind.MULTIPLE if least > 1:
                return _("Mark at least %(least)s answers.") % {"least": least}
            case Kind.MULTIPLE:
                return _("Mark all that apply.")
            case Kind.FILE:
                return _("Enclose a copy.")
            case _:
                return ""
