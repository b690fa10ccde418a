"""A questionnaire from the sheets of an XLSForm, with everything that cannot be held told by row and column. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contempo.core.words import N_
from contempo.questionnaires.rules.checking import problems
from contempo.questionnaires.rules.document import Condition, Document, Group, Kind, Page, Question, Words
from contempo.questionnaires.rules.xlsform import unheld
from contempo.questionnaires.rules.xlsform.asker import Asker
from contempo.questionnaires.rules.xlsform.conditions import both
from contempo.questionnaires.rules.xlsform.expressions import Unheld
from contempo.questionnaires.rules.xlsform.languages import languages_of
from contempo.questionnaires.rules.xlsform.options import lists_of
from contempo.questionnaires.rules.xlsform.sheets import LEVEL_ORDER, OURS, Finding, Level, Sheets
from contempo.questionnaires.rules.xlsform.tree import Node, tree_of

PER_PAGE = 6
"""How many questions stand on a page where the workbook has no groups."""
USUAL_TIMES, MOST_TIMES = 20, 50


@dataclass(frozen=True)
class ReadForm:
    """What was read: `document` is None when nothing can be imported. With `partial` it lacks the rows that findings
    of the level `left_out` name: who imports it has to say that this is meant.
    """

    document: Document | None
    findings: tuple[Finding, ...]
    title: str = ""
    title_en: str = ""

    @property
    def partial(self) -> bool:
        return any(finding.level == Level.LEFT_OUT for finding in self.findings)

    @property
    def blocked(self) -> bool:
        return self.document is None


def read_form(sheets: Sheets, checked: Sequence[Finding] = ()) -> ReadForm:
    """A questionnaire from sheets. `checked` are findings of who looked at them before (`forms`, by pyxform): they are
    told too, unless something was found in the same row here.
    """
    findings = _missing(sheets)
    if findings:
        return ReadForm(None, tuple(findings))
    languages, findings = languages_of(sheets)
    nodes, told = tree_of(sheets.survey)
    lists, more = lists_of(sheets.choices, languages)
    kept = sheets.settings.get(f"{OURS}languages", "").split()
    asker = Asker(nodes, lists, languages, ours=bool(kept))
    asker.findings += [*findings, *told, *more]
    pages = tuple(_Pages(asker).all(nodes))
    document = Document(pages, tuple(one for one in ("it", "en") if one in (kept or languages.languages)))
    found = asker.findings
    found += [one for one in checked if not any(_same_place(one, other) for other in found)]
    if not any(one.level == Level.BLOCKED for one in found):
        found += list(_problems(document, asker))
    if not any(True for _ in document.questions()) and not any(one.level == Level.BLOCKED for one in found):
        found.append(Finding(Level.BLOCKED, N_("There is no question that can be kept.")))
    found = list(
        {(one.level, one.text, str(one.params), one.sheet, one.row, one.column): one for one in found}.values()
    )
    found.sort(key=lambda one: (LEVEL_ORDER.index(one.level), one.sheet != "survey", one.row))
    blocked = any(one.level == Level.BLOCKED for one in found)
    settings = sheets.settings
    title = settings.get("form_title", "")[:160]
    return ReadForm(None if blocked else document, tuple(found), title, settings.get(f"{OURS}title_en", "")[:160])


def _missing(sheets: Sheets) -> list[Finding]:
    if "survey" in sheets.missing:
        return [Finding(Level.BLOCKED, N_("This workbook has no sheet “survey”: it is not an XLSForm."), sheet="")]
    if sheets.missing:
        return [Finding(Level.BLOCKED, N_("The sheet “survey” has no column “type”."), row=1, column="type")]
    if not sheets.survey:
        return [Finding(Level.BLOCKED, N_("The sheet “survey” is empty."))]
    return []


def _same_place(one: Finding, other: Finding) -> bool:
    """Whether what was found before is told already: of the same row, or where it has none in the same words."""
    if one.row == 0:
        return (one.text, one.params) == (other.text, other.params)
    return (one.sheet, one.row) == (other.sheet, other.row) and other.level != Level.NOTE


def _problems(document: Document, asker: Asker) -> Iterator[Finding]:
    """What must be mended before the questionnaire is published."""
    for problem in problems(document):
        if not problem.warning:
            row = asker.rows.get(problem.where, 0)
            yield Finding(Level.NOTE, problem.text, problem.params, row=row, column=problem.part)


class _Pages:
    """The pages of a workbook: its outermost groups, and the questions outside of any, a few on each."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.count = 0

    def all(self, nodes: Sequence[Node]) -> Iterator[Page]:
        run: list[Group | Question] = []
        for node in nodes:
            is_group = node.type in ("group", "repeat") and not self.asker.is_matrix(node)
            if is_group and run:
                yield from self._runs(run)
                run = []
            if is_group and node.type == "group":
                yield from self._page(node)
            elif is_group:
                yield from self._of_repeat(node)
            else:
                run.extend(self._items([node], None))
        yield from self._runs(run)

    def _runs(self, items: list[Group | Question]) -> Iterator[Page]:
        for start in range(0, len(items), PER_PAGE):
            yield Page(*self._untitled(), tuple(items[start : start + PER_PAGE]))

    def _untitled(self) -> tuple[str, Words]:
        """Key and title of a page that has none, by its number."""
        self.count += 1
        english = f"Page {self.count}" if "en" in self.asker.languages.languages else ""
        return self.asker.keys.of(f"pagina_{self.count}"), Words(f"Pagina {self.count}", english)

    def _of_repeat(self, node: Node) -> Iterator[Page]:
        """A group that repeats outside of any page has one of its own."""
        if items := tuple(self._items([node], None)):
            key, title = self._untitled()
            yield Page(key, items[0].label if isinstance(items[0], Group) else title, items)

    def _page(self, node: Node) -> Iterator[Page]:
        asker = self.asker
        try:
            when = asker.condition(node)
        except Unheld as why:
            asker.left_out(node, why, "relevant")
            return
        children, intro = node.children, Words()
        if children and children[0].row.get(f"{OURS}kind") == "intro":
            intro = asker.words(children[0], "label")
            children = children[1:]
        key = asker.key(node)
        title = asker.label(node)
        if items := tuple(self._items(children, None)):
            self.count += 1
            yield Page(key, title, items, intro, when)

    def _items(self, nodes: Sequence[Node], outer: Condition | None) -> Iterator[Group | Question]:
        """What stands on a page; `outer` is the condition of a group that was taken apart."""
        for node in nodes:
            if node.type == "repeat" or (node.type == "group" and not self.asker.is_matrix(node)):
                yield from self._group(node, outer)
            elif question := self.asker.question(node, outer):
                yield question

    def _group(self, node: Node, outer: Condition | None) -> Iterator[Group | Question]:
        asker = self.asker
        try:
            when = both(outer, asker.condition(node))
        except Unheld as why:
            asker.left_out(node, why, "relevant")
            return
        inside = [one for one in node.everything() if one is not node]
        if node.type == "repeat":
            yield from self._repeat(node, when)
        elif any(one.type == "repeat" for one in inside):
            yield from self._apart(node)
            yield from self._items(node.children, when)
        else:
            key, label = asker.key(node), asker.label(node)
            if questions := tuple(self._flat(node.children, None)):
                yield Group(key, label, questions, when, each=asker.words(node, f"{OURS}each"))

    def _apart(self, node: Node) -> Iterator[Question]:
        """The title of a group whose questions stand on the page itself."""
        asker = self.asker
        asker.findings.append(Finding(Level.NOTE, unheld.FLATTENED, row=node.row.number, column="type"))
        if (label := asker.words(node, "label")) != Words():
            yield Question(asker.key(node), Kind.NOTE, label)

    def _flat(self, nodes: Sequence[Node], outer: Condition | None) -> Iterator[Question]:
        """The questions of a group, those of groups inside it among them."""
        asker = self.asker
        for node in nodes:
            if node.type == "group" and not asker.is_matrix(node):
                try:
                    when = both(outer, asker.condition(node))
                except Unheld as why:
                    asker.left_out(node, why, "relevant")
                    continue
                yield from (replace(note, when=when) for note in self._apart(node))
                yield from self._flat(node.children, when)
            elif node.type == "repeat":
                asker.left_out(node, Unheld(unheld.NESTED_REPEAT), "type")
            elif question := asker.question(node, outer):
                yield question

    def _repeat(self, node: Node, when: Condition | None) -> Iterator[Group]:
        asker = self.asker
        key, label = asker.key(node), asker.label(node)
        questions = tuple(self._flat(node.children, None))
        written = node.row.get(f"{OURS}most") or node.row.get("repeat_count")
        times = min(int(written), MOST_TIMES) if written.isascii() and written.isdecimal() else USUAL_TIMES
        if not node.row.get(f"{OURS}most"):
            finding = Finding(
                Level.NOTE,
                unheld.TIMES,
                {"most": times},
                row=node.row.number,
                column="repeat_count" if written else "type",
            )
            asker.findings.append(finding)
        each = asker.words(node, f"{OURS}each")
        if questions:
            yield Group(key, label, questions, when, times if times > 1 else 0, each if each != Words() else label)
