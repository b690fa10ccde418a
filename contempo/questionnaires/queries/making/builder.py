"""The builder: the outline of a draft, what is wrong in it and where, and the part being written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.questionnaires.queries.making.earlier import Earlier, earlier_than
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.wording import (
    called,
    condition_words,
    counted,
    ref_of_key,
    repeat_words,
    short,
)
from contempo.questionnaires.rules.checking import Problem, problems
from contempo.questionnaires.rules.document import KIND_LABELS, Document, Group, Kind, Page, Question
from contempo.questionnaires.rules.editing import Part, PartKind, Ref, find, place_of
from contempo.questionnaires.rules.editing.parts import every, keys_of

_NAMES = {PartKind.PAGE: "builder_page", PartKind.GROUP: "builder_group", PartKind.QUESTION: "builder_question"}


@dataclass(frozen=True)
class OutlineRow:
    """A line of the outline: `level` is 0 for a page, `problems` how many things are to be mended in it."""

    ref: str
    level: int
    number: str
    name: str
    what: str
    url: str
    current: bool
    problems: int
    condition: str
    first: bool
    last: bool


@dataclass(frozen=True)
class Told:
    """A problem in words: where it is (`here` without saying so), a link to it, and the field it is about, with its
    place among options, rows or tests and the language of the text that lacks something.
    """

    where: str
    text: str
    here: str
    url: str
    field: str
    warning: bool
    at: int | None = None
    language: str = "it"


@dataclass(frozen=True)
class Target:
    """Where a part may be moved."""

    ref: str
    name: str


@dataclass(frozen=True)
class Standing:
    """A part as it is kept and what its form has to know: the questions before it, the keys of the other parts, and
    whether it was published (`locked`): then figures are told by its key.
    """

    part: Part
    earlier: tuple[Earlier, ...]
    others: frozenset[str]
    locked: bool


@dataclass(frozen=True)
class Written:
    """The part being written: how it stands, where it may go, what it may speak of, what is to be mended in it."""

    ref: Ref
    part: Part
    name: str
    what: str
    first: bool
    last: bool
    targets: tuple[Target, ...]
    earlier: tuple[Earlier, ...]
    told: tuple[Told, ...]
    page_key: str
    previous_url: str
    next_url: str

    @property
    def codes(self) -> tuple[Earlier, ...]:
        """The questions whose answers may be told in its words."""
        return tuple(one for one in self.earlier if one.code)


@dataclass(frozen=True)
class BuilderPage:
    """The builder of a draft at one `revision`."""

    revision: int
    outline: tuple[OutlineRow, ...]
    told: tuple[Told, ...]
    questions: int
    english: bool
    written: Written | None
    here_page: str
    kinds: tuple[tuple[str, str], ...]

    @property
    def stopping(self) -> int:
        """How many problems stop the publication."""
        return sum(1 for one in self.told if not one.warning)


def part_url(opened: OpenedForm, ref: Ref) -> str:
    """The address of the page where a part is written."""
    return opened.url(_NAMES[ref.kind], key=ref.key)


def standing(opened: OpenedForm, ref: Ref) -> Standing:
    """The part called `ref` as its form has to know it. No SQL. Refusal when there is no such part."""
    document = opened.drafted
    return Standing(
        part=find(document, ref),
        earlier=earlier_than(document, ref),
        others=frozenset(keys_of(document) - {ref.key}),
        locked=ref.key in _published_keys(opened),
    )


def builder_page(opened: OpenedForm, ref: Ref | None, document: Document) -> BuilderPage:
    """The builder with the part called `ref` being written, in a `document` as it is kept or as it is typed. No SQL.
    Refusal when there is no such part.
    """
    told = told_problems(opened, document, problems(document))
    outline = _outline(opened, document, ref, told)
    return BuilderPage(
        revision=opened.draft.revision if opened.draft else 0,
        outline=outline,
        told=told,
        questions=counted(document),
        english="en" in document.languages,
        written=_written(opened, document, ref, told, outline) if ref else None,
        here_page=_here_page(document, ref),
        kinds=tuple((str(kind), _(label)) for kind, label in KIND_LABELS.items()),
    )


def _here_page(document: Document, ref: Ref | None) -> str:
    """The page being written, else the last one; empty where there is none."""
    if not document.pages:
        return ""
    return str(Ref(PartKind.PAGE, page_of(document, ref) if ref else document.pages[-1].key))


def told_problems(opened: OpenedForm, document: Document, found: Sequence[Problem]) -> tuple[Told, ...]:
    """Problems in words with links; those that stop the publication first."""
    made = []
    for problem in sorted(found, key=lambda one: one.warning):
        ref = ref_of_key(document, problem.where)
        text = _(problem.text) % problem.params if problem.params else _(problem.text)
        where = short(called(find(document, ref)), 60) if ref else _("The whole questionnaire")
        url = f"{part_url(opened, ref)}#{field_id(problem)}" if ref else opened.url("builder")
        said = f"“{where}”: {text}" if ref else text
        made.append(
            Told(
                where=str(ref or ""),
                text=said,
                here=text,
                url=url,
                field=problem.part,
                warning=problem.warning,
                at=problem.at,
                language=problem.language,
            )
        )
    return tuple(made)


_SETS = {"options": "option", "rows": "row"}


def field_id(problem: Problem) -> str:
    """The id of the control in which what a problem speaks of is mended."""
    if problem.part in ("label", "help", "title", "intro", "low", "high", "each"):
        return f"id_{problem.part}_{problem.language}"
    if problem.part in _SETS and problem.at is not None:
        return f"id_{_SETS[problem.part]}-{problem.at}-{problem.language}"
    return {"options": "options", "rows": "rows", "when": "condition", "": "part"}.get(
        problem.part, f"id_{problem.part}"
    )


def _outline(
    opened: OpenedForm, document: Document, current: Ref | None, told: Sequence[Told]
) -> tuple[OutlineRow, ...]:
    counts = Counter(one.where for one in told if not one.warning)
    rows, number, page_number, ends = [], 0, 0, len(document.pages) - 1
    levels: dict[Ref, int] = {}
    for part, place in every(document):
        ref = Ref.of(part)
        levels[ref] = level = levels[place.within] + 1 if place.within else 0
        if isinstance(part, Page):
            page_number += 1
        elif _asks(part):
            number += 1
        marked = str(page_number) if isinstance(part, Page) else str(number) if _asks(part) else ""
        outer = _outer_page(document, ref)
        rows.append(
            OutlineRow(
                ref=str(ref),
                level=level,
                number=marked,
                name=called(part, page_number),
                what=what_of(part),
                url=part_url(opened, ref),
                current=ref == current,
                problems=counts[str(ref)],
                condition=condition_words(document, part.when),
                first=place.index == 0 and (place.within is None or (level == 1 and outer == 0)),
                last=place.index == place.count - 1 and (place.within is None or (level == 1 and outer == ends)),
            )
        )
    return tuple(rows)


def _asks(part: Part) -> bool:
    """Whether a part is a question, not a text to read."""
    return isinstance(part, Question) and part.kind != Kind.NOTE


def _outer_page(document: Document, ref: Ref) -> int:
    for number, page in enumerate(document.pages):
        if any(item.key == ref.key for item in page.items):
            return number
    return 0


def what_of(part: Part) -> str:
    """What a part is, in words."""
    if isinstance(part, Page):
        return _("Page")
    if isinstance(part, Group):
        return ", ".join(word for word in (_("Group"), repeat_words(part)) if word)
    return _(KIND_LABELS[part.kind])


def _written(
    opened: OpenedForm, document: Document, ref: Ref, told: Sequence[Told], outline: Sequence[OutlineRow]
) -> Written:
    part, place = find(document, ref), place_of(document, ref)
    at = next(number for number, row in enumerate(outline) if row.ref == str(ref))
    return Written(
        ref=ref,
        part=part,
        name=outline[at].name,
        what=outline[at].what,
        first=outline[at].first,
        last=outline[at].last,
        targets=tuple(_targets(document, part, place.within)),
        earlier=earlier_than(document, ref),
        told=tuple(one for one in told if one.where == str(ref)),
        page_key=page_of(document, ref),
        previous_url=outline[at - 1].url if at else "",
        next_url=outline[at + 1].url if at + 1 < len(outline) else "",
    )


def page_of(document: Document, ref: Ref) -> str:
    """The key of the page on which a part stands."""
    while (within := place_of(document, ref).within) is not None:
        ref = within
    return ref.key


def _targets(document: Document, part: Part, home: Ref | None) -> list[Target]:
    if isinstance(part, Page):
        return []
    found = []
    for number, page in enumerate(document.pages, start=1):
        name = _("Page %(number)s: %(name)s") % {"number": number, "name": called(page, number)}
        if Ref.of(page) != home:
            found.append(Target(str(Ref.of(page)), name))
        for item in page.items:
            if isinstance(item, Group) and isinstance(part, Question) and Ref.of(item) != home:
                found.append(Target(str(Ref.of(item)), _("Group: %(name)s") % {"name": called(item)}))
    return found


def _published_keys(opened: OpenedForm) -> set[str]:
    """The keys of the last published version: figures are told by them."""
    if opened.published is None:
        return set()
    pages = opened.published.document.get("pages", [])
    items = [item for page in pages for item in page.get("items", [])]
    inside = [question for item in items for question in item.get("questions", [])]
    return {part["key"] for part in (*pages, *items, *inside)}
