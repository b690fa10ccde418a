"""One page of a questionnaire as it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from contempo.network.public import organisation_names, place_labels
from contempo.questionnaires.models import AnswerFile, Response
from contempo.questionnaires.queries.answering.conditions import as_data, each_of, is_live, keys_on, may_hold
from contempo.questionnaires.queries.answering.fields import Field, Kept, Showing, id_of
from contempo.questionnaires.queries.answering.fields import field as field_of
from contempo.questionnaires.rules.asking import Answers, ShownGroup, ShownPage, asked, asked_each
from contempo.questionnaires.rules.document import Document, Group, Kind, Page, Question
from contempo.questionnaires.rules.piping import Name, in_language

BLANK = "__n__"
"""What stands for the number in the names of the time that the script copies."""


class Asking(Protocol):
    """What a page needs to know of whom it is shown to: who answers, on paper too, or who only tries it out."""

    @property
    def document(self) -> Document: ...

    @property
    def language(self) -> str: ...

    @property
    def response(self) -> Response | None: ...

    def page_url(self, number: int) -> str:
        """The address of the page at this place of the document; empty where pages have none."""

    def url(self, name: str, **parts: object) -> str:
        """The address of another page of answering; empty where there is none."""


@dataclass(frozen=True)
class TimeShown:
    """One time of a group that repeats, or the only one of a group that does not."""

    number: str
    title: str
    fields: tuple[Field, ...]
    drop: str = ""


@dataclass(frozen=True)
class GroupShown:
    """A group on a page: `blank` is the time a script copies, None where the group does not repeat."""

    key: str
    label: str
    times: tuple[TimeShown, ...]
    repeats: bool
    most: int
    blank: TimeShown | None = None
    when: str = ""
    hidden: bool = False
    error: str = ""


@dataclass(frozen=True)
class PageShown:
    """A page: `place` of `total` pages asked, from 1; `wrongs` are sentences with the id of their control."""

    number: int
    place: int
    total: int
    title: str
    intro: str
    items: tuple[Field | GroupShown, ...]
    wrongs: tuple[tuple[str, str], ...] = ()
    has_files: bool = False
    back_url: str = ""

    @property
    def percent(self) -> int:
        """How much lies behind, in hundredths."""
        return round(100 * (self.place - 1) / self.total) if self.total else 0


@dataclass(frozen=True)
class Typed:
    """What was typed on a page and is shown again: `values` as `check_page` takes them, `texts` of names as written,
    `offered` what an ambiguous one may mean, `wrongs` sentences; all but the values by name of field.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    offered: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    wrongs: Mapping[str, str] = field(default_factory=dict)


def page_shown(opened: Asking, number: int, *, typed: Typed | None = None, add: str = "") -> PageShown | None:
    """The page at this place of the document, None when it is not asked; `add` names a group with one more time.

    At most three SQL: names of municipalities, of organisations, and files.
    """
    answers = opened.response.answers if opened.response else {}
    values = {**answers, **typed.values} if typed else answers
    whole = asked(opened.document, values)
    shown = next((one for one in whole.pages if one.number == number), None)
    if shown is None:
        return None
    show = showing(opened, values, typed or Typed(), shown.page)
    items = tuple(_items(replace(show, answers=whole.answers), shown, values, add))
    place = whole.pages.index(shown) + 1
    before = whole.before(number)
    return PageShown(
        number=number,
        place=place,
        total=len(whole.pages),
        title=show.words(shown.page.title, values),
        intro=show.words(shown.page.intro, values),
        items=items,
        wrongs=tuple((id_of(name), text) for name, text in (typed.wrongs if typed else {}).items()),
        has_files=any(one.kind == Kind.FILE for one in _fields(items)),
        back_url=opened.page_url(before.number) if before else "",
    )


def _fields(items: Sequence[Field | GroupShown]) -> list[Field]:
    found: list[Field] = []
    for item in items:
        found.extend([item] if isinstance(item, Field) else [one for time in item.times for one in time.fields])
    return found


def showing(opened: Asking, values: Answers, typed: Typed, page: Page | None = None) -> Showing:
    """How fields are shown, with the names of the places, organisations and files that the answers hold."""
    files = _files(opened, page)
    return Showing(
        document=opened.document,
        language=opened.language,
        answers=values,
        name=_names(opened.document, values, {number: kept.name for number, kept in files.items()}),
        wrongs=typed.wrongs,
        typed=typed.texts,
        offered=typed.offered,
        files=files.get,
    )


def _files(opened: Asking, page: Page | None) -> dict[int, Kept]:
    asked_of = Document(pages=(page,)) if page else opened.document
    if opened.response is None or all(placed.question.kind != Kind.FILE for placed in asked_of.questions()):
        return {}
    rows = AnswerFile.objects.filter(response=opened.response).values_list("pk", "file__name")
    return {number: Kept(number, name, opened.url("answer_file", file=number)) for number, name in rows}


def _names(document: Document, answers: Answers, files: Mapping[int, str]) -> Name:
    """How the municipalities and organisations of the answers are called. At most two SQL."""
    wanted: dict[Kind, set[Any]] = {Kind.MUNICIPALITY: set(), Kind.ORGANISATION: set()}
    for placed in document.questions():
        if placed.question.kind in wanted:
            times = answers.get(placed.group.key) or () if placed.group and placed.group.repeat else (answers,)
            for one in times if isinstance(times, list | tuple) else ():
                if isinstance(one, Mapping) and (value := one.get(placed.question.key)):
                    wanted[placed.question.kind].add(value)
    places = place_labels(str(one) for one in wanted[Kind.MUNICIPALITY]) if wanted[Kind.MUNICIPALITY] else {}
    numbers = {int(one) for one in wanted[Kind.ORGANISATION] if str(one).isdecimal() and len(str(one)) < 18}
    organisations = organisation_names(numbers) if numbers else {}

    def name(kind: Kind, value: Any) -> str:
        if kind == Kind.MUNICIPALITY:
            return places.get(str(value), "")
        if kind == Kind.ORGANISATION:
            return organisations.get(int(value), "") if str(value).isdecimal() else ""
        return files.get(int(value), "") if kind == Kind.FILE else ""

    return name


def _items(show: Showing, shown: ShownPage, values: Answers, add: str) -> list[Field | GroupShown]:
    page, here = shown.page, {key: key for key in keys_on(shown.page)}
    asked_now = {one.key for one in shown.questions()}
    groups_now = {one.group.key for one in shown.items if isinstance(one, ShownGroup)}
    made: list[Field | GroupShown] = []
    for item in page.items:
        if not may_hold(item.when, here, show.answers):
            continue
        when = as_data(item.when, here, show.answers) if item.when and is_live(item.when, here) else ""
        if isinstance(item, Question):
            made.append(field_of(show, item, values, when=when, hidden=item.key not in asked_now and bool(when)))
        elif item.repeat:
            made.append(_repeated(show, item, values, add == item.key, when, item.key not in groups_now))
        else:
            made.append(_plain(show, item, values, here, when, asked_now))
    return [one for one in made if isinstance(one, Field) or one.times]


def _plain(
    show: Showing, group: Group, values: Answers, here: Mapping[str, str], when: str, asked_now: set[str]
) -> GroupShown:
    fields = []
    for question in group.questions:
        if may_hold(question.when, here, show.answers):
            live = question.when is not None and is_live(question.when, here)
            own = as_data(question.when, here, show.answers) if question.when and live else ""
            hidden = bool(own) and question.key not in asked_now
            fields.append(field_of(show, question, values, when=own, hidden=hidden))
    times = (TimeShown("", "", tuple(fields)),) if fields else ()
    hidden = bool(when) and all(one.key not in asked_now for one in group.questions)
    return GroupShown(group.key, show.words(group.label, values), times, False, 1, when=when, hidden=hidden)


def _repeated(show: Showing, group: Group, values: Answers, more: bool, when: str, left: bool) -> GroupShown:
    kept = values.get(group.key)
    times = [one for one in kept if isinstance(one, Mapping)] if isinstance(kept, list | tuple) else []
    if not times or (more and len(times) < group.repeat):
        times = [*times, {}]
    return GroupShown(
        key=group.key,
        label=show.words(group.label, values),
        times=tuple(_time(show, group, str(number), one, len(times) > 1) for number, one in enumerate(times)),
        repeats=True,
        most=group.repeat,
        blank=_time(show, group, BLANK, {}, True),
        when=when,
        hidden=bool(when) and left,
        error=show.wrongs.get(group.key, ""),
    )


def _time(show: Showing, group: Group, number: str, one: Mapping[str, Any], more: bool) -> TimeShown:
    prefix = f"{group.key}.{number}."
    here = {key: prefix + key for key in each_of(group)}
    now = {question.key for question in asked_each(group, show.answers, one)}
    fields = []
    for question in group.questions:
        own = as_data(question.when, here, show.answers) if question.when else ""
        hidden = bool(own) and question.key not in now
        fields.append(field_of(show, question, one, prefix=prefix, when=own, hidden=hidden))
    each = in_language(group.each, show.language) or in_language(group.label, show.language)
    title = f"{each} {int(number) + 1}" if number.isdecimal() else each
    return TimeShown(number, title, tuple(fields), f"{group.key}.{number}" if more else "")


def whole_page(show: Showing, page: Page, values: Answers) -> Iterator[Field | GroupShown]:
    """Every question of a page whatever its condition, but files: as on paper. Groups that repeat have a blank one."""
    for item in page.items:
        if isinstance(item, Question):
            if item.kind != Kind.FILE:
                yield field_of(show, item, values)
            continue
        kept = values.get(item.key) if item.repeat else None
        times = [one for one in kept or () if isinstance(one, Mapping)]
        made = [_on_paper(show, item, number, one) for number, one in enumerate([*times, {}][: item.repeat])]
        if not item.repeat:
            fields = tuple(field_of(show, one, values) for one in item.questions if one.kind != Kind.FILE)
            made = [TimeShown("", "", fields)]
        blank = _on_paper(show, item, BLANK, {}) if item.repeat else None
        label = show.words(item.label, values)
        yield GroupShown(item.key, label, tuple(made), bool(item.repeat), item.repeat, blank)


def _on_paper(show: Showing, group: Group, number: int | str, one: Answers) -> TimeShown:
    prefix, each = f"{group.key}.{number}.", in_language(group.each, show.language) or in_language(group.label, "it")
    fields = tuple(field_of(show, q, one, prefix=prefix) for q in group.questions if q.kind != Kind.FILE)
    return TimeShown(str(number), f"{each} {number + 1}" if isinstance(number, int) else each, fields)
