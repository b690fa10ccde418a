"""A questionnaire as the sheets of an XLSForm. Pure: who makes a workbook of them is elsewhere.

| here | XLSForm |
|---|---|
| page | `begin_group` with appearance `field-list`; its introduction is a `note` |
| group | `begin_group` inside it; one that repeats `begin_repeat` |
| single, multiple, likert, ranking | `select_one`, `select_multiple`, `select_one` with appearance `likert`, `rank` |
| “other” with a text | the option, and a `text` that is relevant when it is chosen |
| scale | `range` with its ends |
| matrix | `begin_group` with appearance `table-list`, a `select_one` for each row |
| number | `integer` or `decimal`; text `text`; date `date`; file `file`; text to read `note` |
| municipality, organisation | `text`: XLSForm does not know them |

What has no word in XLSForm (unit, decimals, personal, measure, scores, needs, ends of scales in words, how many may be
ranked or attached) stands in columns `contempo_…`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from contempo.questionnaires.rules.document import (
    Condition,
    Document,
    Group,
    Kind,
    Option,
    Page,
    Question,
    Words,
)
from contempo.questionnaires.rules.library import free_key
from contempo.questionnaires.rules.piping import NAMED
from contempo.questionnaires.rules.xlsform.conditions import expression_of
from contempo.questionnaires.rules.xlsform.constraints import constraint_of, message_of, plain_number, quote_for
from contempo.questionnaires.rules.xlsform.sheets import HEADERS, OURS

Table = list[list[str]]

OTHER_LABEL = Words("Specifica", "Please specify")
_TYPES = {
    Kind.TEXT: "text", Kind.DATE: "date", Kind.FILE: "file", Kind.NOTE: "note", Kind.SCALE: "range",
    Kind.MUNICIPALITY: "text", Kind.ORGANISATION: "text",
}  # fmt: skip
_SELECTS = {
    Kind.SINGLE: "select_one", Kind.LIKERT: "select_one", Kind.MULTIPLE: "select_multiple", Kind.RANKING: "rank",
}  # fmt: skip


@dataclass(frozen=True)
class FormName:
    """What a workbook says of itself: titles, an identifier and a version."""

    title: str
    title_en: str = ""
    form_id: str = ""
    version: str = ""


def tables_of(document: Document, name: FormName) -> dict[str, Table]:
    """The sheets `survey`, `choices` and `settings`, each with its row of names first."""
    writer = _Writer(document)
    for page in document.pages:
        writer.page(page)
    settings = {
        "form_title": name.title,
        "form_id": name.form_id,
        "version": name.version,
        "default_language": HEADERS["it"],
        "style": "pages",
        f"{OURS}title_en": name.title_en,
        f"{OURS}languages": " ".join(document.languages),
    }
    told = {column: value for column, value in settings.items() if value}
    return {
        "survey": writer.survey.table(("type", "name", "label", "hint", "required", "relevant", "appearance",
                                       "parameters", "constraint", "constraint_message")),
        "choices": writer.choices.table(("list_name", "name", "label")),
        "settings": [list(told), list(told.values())],
    }  # fmt: skip


@dataclass
class _Sheet:
    """Rows by column; columns that nobody fills are not written."""

    languages: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list)

    def add(self, cells: Mapping[str, str | Words]) -> None:
        row: dict[str, str] = {}
        for column, value in cells.items():
            if isinstance(value, Words):
                for language in self.languages:
                    row[f"{column}::{HEADERS[language]}"] = value.en if language == "en" else value.it
            else:
                row[column] = value
        self.rows.append({column: value for column, value in row.items() if value})

    def table(self, usual: tuple[str, ...]) -> Table:
        """The rows under the names of their columns: usual ones first, ours last."""
        used = list(dict.fromkeys(column for row in self.rows for column in row))
        if not used:
            return [list(usual)]
        places = {name: place for place, name in enumerate(usual)}
        columns = sorted(
            used, key=lambda column: (places.get(column.partition("::")[0], len(places)), used.index(column))
        )
        return [columns, *([row.get(column, "") for column in columns] for row in self.rows)]


class _Writer:
    def __init__(self, document: Document) -> None:
        # Texts in a language the questionnaire is not in are kept too: nothing typed is lost.
        english = "en" in document.languages or any(words.en for words in _all_words(document))
        languages = ("it", "en") if english else ("it",)
        self.survey, self.choices = _Sheet(languages), _Sheet(languages)
        self.languages = languages
        placed = [one.question for one in document.questions()]
        self.kinds = {question.key: question.kind for question in placed}
        taken = {question.key for question in placed} | {page.key for page in document.pages}
        taken |= {item.key for page in document.pages for item in page.items if isinstance(item, Group)}
        self.taken = taken
        self.tables = {
            question.key: tuple(row_name(question.key, row.key) for row in question.rows)
            for question in placed
            if question.kind == Kind.MATRIX
        }
        self.lists: dict[tuple[Option, ...], str] = {}

    def page(self, page: Page) -> None:
        # A field-list shows a page at once; programs do not take groups that repeat inside one.
        repeats = any(isinstance(item, Group) and item.repeat for item in page.items)
        self._add(
            "begin_group", page.key, page.title, page.when, appearance="" if repeats else "field-list", ours="page"
        )
        if page.intro != Words():
            self._add("note", self._free(f"{page.key}_intro"), page.intro, None, ours="intro")
        for item in page.items:
            if isinstance(item, Group):
                self._group(item)
            else:
                self._question(item)
        self.survey.add({"type": "end_group"})

    def _group(self, group: Group) -> None:
        word = "repeat" if group.repeat else "group"
        more: dict[str, str | Words] = {}
        if group.repeat:
            more = {f"{OURS}most": str(group.repeat)}
        if group.each != Words():
            more[f"{OURS}each"] = group.each
        self._add(f"begin_{word}", group.key, group.label, group.when, ours="group", more=more)
        for question in group.questions:
            self._question(question)
        self.survey.add({"type": f"end_{word}"})

    def _question(self, question: Question) -> None:
        more: dict[str, str | Words] = {
            "hint": self._piped(question.help),
            "required": "yes" if question.required else "",
            "constraint": constraint_of(question),
            f"{OURS}unit": question.unit,
            f"{OURS}measure": question.measure,
            f"{OURS}personal": "yes" if question.personal else "",
            f"{OURS}low": question.low,
            f"{OURS}high": question.high,
        }
        if more["constraint"]:
            said = {language: message_of(question, language) for language in self.languages}
            more["constraint_message"] = Words(said.get("it", ""), said.get("en", ""))
        if question.kind == Kind.MATRIX:
            self._matrix(question, more)
            return
        if question.pattern and not quote_for(question.pattern):
            more[f"{OURS}pattern"] = question.pattern
        if question.kind in (Kind.RANKING, Kind.FILE):
            for bound, number in (("least", question.least), ("most", question.most)):
                more[OURS + bound] = "" if number is None else plain_number(number)
        if question.kind in (Kind.MUNICIPALITY, Kind.ORGANISATION):
            more[f"{OURS}kind"] = question.kind.value
        if question.kind == Kind.NUMBER and question.decimals:
            more[f"{OURS}decimals"] = str(question.decimals)
        if question.kind == Kind.SCALE:
            more["parameters"] = f"start={_end(question.least, 0)} end={_end(question.most, 10)} step=1"
            # Nothing said and said as usual are the same scale, but not the same document.
            more[f"{OURS}least"] = "" if question.least is None else plain_number(question.least)
            more[f"{OURS}most"] = "" if question.most is None else plain_number(question.most)
        appearance = {Kind.LIKERT: "likert"}.get(question.kind, "multiline" if question.long else "")
        self._add(self._type(question), question.key, question.label, question.when, appearance=appearance, more=more)
        for option in question.options:
            if option.other:
                chosen = "selected(${%s}, '%s')" if question.kind == Kind.MULTIPLE else "${%s} = '%s'"
                self.survey.add(
                    {
                        "type": "text",
                        "name": self._free(f"{question.key}_other"),
                        "label": OTHER_LABEL,
                        "required": "yes",
                        "relevant": chosen % (question.key, option.key),
                        f"{OURS}kind": "other",
                    }
                )

    def _matrix(self, question: Question, more: dict[str, str | Words]) -> None:
        required = more.pop("required")
        more[f"{OURS}kind"] = "matrix"
        self._add("begin_group", question.key, question.label, question.when, appearance="table-list", more=more)
        for row in question.rows:
            self.survey.add(
                {
                    "type": f"select_one {self._list(question)}",
                    "name": row_name(question.key, row.key),
                    "label": row.label,
                    "required": required,
                }
            )
        self.survey.add({"type": "end_group"})

    def _add(
        self,
        type_: str,
        name: str,
        label: Words,
        when: Condition | None,
        *,
        appearance: str = "",
        ours: str = "",
        more: Mapping[str, str | Words] | None = None,
    ) -> None:
        relevant = expression_of(when, self.tables, self.kinds) if when is not None else ""
        cells: dict[str, str | Words] = {"type": type_, "name": name, "label": self._piped(label), "relevant": relevant,
                                         "appearance": appearance}  # fmt: skip
        if ours:
            cells[f"{OURS}kind"] = ours
        self.survey.add({**cells, **(more or {})})

    def _type(self, question: Question) -> str:
        if question.kind in _SELECTS:
            return f"{_SELECTS[question.kind]} {self._list(question)}"
        if question.kind == Kind.NUMBER:
            return "decimal" if question.decimals else "integer"
        return _TYPES[question.kind]

    def _list(self, question: Question) -> str:
        """The list of the options of a question; questions with the same options share one."""
        if question.options not in self.lists:
            name = free_key(question.key, set(self.lists.values()))
            self.lists[question.options] = name
            for option in question.options:
                self.choices.add(
                    {
                        "list_name": name,
                        "name": option.key,
                        "label": option.label,
                        f"{OURS}score": "" if option.score is None else str(option.score),
                        f"{OURS}need": option.tag,
                    }
                )
        return self.lists[question.options]

    def _free(self, wanted: str) -> str:
        name = free_key(wanted, self.taken)
        self.taken.add(name)
        return name

    def _piped(self, words: Words) -> Words:
        return Words(self._names(words.it), self._names(words.en))

    def _names(self, text: str) -> str:
        return NAMED.sub(lambda found: f"${{{found[1]}}}" if found[1] in self.kinds else found[0], text)


def row_name(question: str, row: str) -> str:
    """The name of a row of a table, which XLSForm has as a question of its own."""
    return f"{question}__{row}"


def _end(bound: float | None, usual: int) -> str:
    return str(usual if bound is None else int(bound))


def _all_words(document: Document) -> Iterator[Words]:
    for page in document.pages:
        yield from (page.title, page.intro)
        for item in page.items:
            if isinstance(item, Group):
                yield from (item.label, item.each)
            for question in item.questions if isinstance(item, Group) else (item,):
                yield from (question.label, question.help, question.low, question.high)
                yield from (option.label for option in question.options)
                yield from (row.label for row in question.rows)
