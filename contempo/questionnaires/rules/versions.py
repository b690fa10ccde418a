"""May a new version of a questionnaire be published after the one before it?

Figures of all versions are told together by key, so under one key a question must go on meaning the same. What may
change: words and translations, help, order, pages, new questions, questions no longer asked, whether an answer is
required (who says nothing is counted apart anyhow), whether a text is long, and marks that only add (a type of need, a
measure, that an answer is personal). What may not: the kind, the answers one can choose, limits, unit, decimals, the
pattern, the rows of a table, to whom it is asked, and whether it is asked several times. Then it needs a new key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from contempo.core.words import N_
from contempo.questionnaires.rules.checks.kinds import scale_ends
from contempo.questionnaires.rules.document import (
    Condition,
    Document,
    Group,
    Kind,
    Option,
    Placed,
    Question,
    Row,
    Words,
)

_ORDERED = frozenset({Kind.LIKERT, Kind.MATRIX})
_WORDED = ("label", "help", "low", "high")


@dataclass(frozen=True)
class Difference:
    """What differs at a key: a message id with its parameters, and words as they were and are where words changed.

    A `refused` one keeps the new version from being published as it is.
    """

    where: str
    text: str
    params: dict[str, object] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    refused: bool = False


def compare(before: Document, after: Document, earlier: Sequence[Document] = ()) -> list[Difference]:
    """What differs in `after`, in its order, then what it no longer asks.

    `before` is the published version it follows; `earlier` those before that one, the latest first: a key that was once
    asked, and then no longer, may come back only with the same meaning.
    """
    now = {placed.question.key: placed for placed in after.questions()}
    old: dict[str, Placed] = {}
    for document in (*reversed(earlier), before):
        old.update((placed.question.key, placed) for placed in document.questions())
    last = [placed.question.key for placed in before.questions()]
    found = list(_frame(before, after))
    for key, placed in now.items():
        if key in old:
            found.extend(_question(old[key], placed))
            if key not in last:
                found.append(_of(placed.question, N_("“%(question)s” is asked again.")))
        else:
            found.append(_of(placed.question, N_("“%(question)s” is new.")))
    found.extend(_swapped_questions(old, now))
    for key in last:
        if key not in now:
            found.append(_of(old[key].question, N_("“%(question)s” is no longer asked.")))
    stayed = [key for key in last if key in now]
    if stayed != [key for key in now if key in stayed]:
        found.append(Difference("", N_("The order of the questions changed.")))
    return found


def refused(differences: Iterable[Difference]) -> list[Difference]:
    """Those that keep the new version from being published."""
    return [difference for difference in differences if difference.refused]


def _of(question: Question, text: str, *, refused: bool = False, **params: object) -> Difference:
    said = question.label.it or question.key
    return Difference(question.key, text, {"question": said, "key": question.key, **params}, refused=refused)


def _frame(before: Document, after: Document) -> Iterator[Difference]:
    """Languages, and words of pages and groups."""
    for language in after.languages:
        if language not in before.languages:
            yield Difference("", N_("The questionnaire is now in “%(language)s” too."), {"language": language})
    for language in before.languages:
        if language not in after.languages:
            yield Difference("", N_("The questionnaire is no longer in “%(language)s”."), {"language": language})
    old, new = dict(_frame_words(before)), dict(_frame_words(after))
    for (key, part), words in new.items():
        was = old.get((key, part))
        if was is not None and was != words:
            yield from _words(key, N_("The words of page or group “%(key)s” changed."), {"key": key}, was, words)
    pages = [page.key for page in before.pages]
    if pages != [page.key for page in after.pages]:
        yield Difference("", N_("The questions are on other pages, or in another order of pages."))


def _frame_words(document: Document) -> Iterator[tuple[tuple[str, str], Words]]:
    for page in document.pages:
        yield (page.key, "title"), page.title
        yield (page.key, "intro"), page.intro
        for item in page.items:
            if isinstance(item, Group):
                yield (item.key, "label"), item.label
                yield (item.key, "each"), item.each


def _question(old: Placed, new: Placed) -> Iterator[Difference]:
    """What differs between two forms of a question under one key."""
    was, now = old.question, new.question
    for part in _WORDED:
        text = N_("The words of “%(question)s” changed.")
        yield from _words(now.key, text, {"question": was.label.it}, getattr(was, part), getattr(now, part))
    if was.kind != now.kind:
        yield _of(was, N_("“%(question)s” is of another kind: give it a new name in the data."), refused=True)
        return
    if now.kind == Kind.NOTE:
        return
    yield from _options(was, now)
    yield from _rows(was, now)
    yield from _limits(was, now)
    yield from _asking(old, new)
    yield from _marks(was, now)


def _words(where: str, text: str, params: Mapping[str, object], was: Words, now: Words) -> Iterator[Difference]:
    for before, after in ((was.it, now.it), (was.en, now.en)):
        if before != after:
            yield Difference(where, text, dict(params), before, after)


def _options(was: Question, now: Question) -> Iterator[Difference]:
    old, new = {one.key: one for one in was.options}, {one.key: one for one in now.options}
    added, gone = [one for key, one in new.items() if key not in old], [key for key in old if key not in new]
    if added or gone:
        yield _of(
            was, N_("“%(question)s” has changed its possible answers: give it a new name in the data."), refused=True
        )
    elif list(old) != list(new):
        if was.kind in _ORDERED:
            yield _of(
                was,
                N_("“%(question)s” has its degrees in another order: give it a new name in the data."),
                refused=True,
            )
        else:
            yield _of(was, N_("The answers of “%(question)s” are in another order."))
    for key in old.keys() & new.keys():
        yield from _option(was, old[key], new[key])
    yield from _swapped(was, old, new)


def _option(question: Question, was: Option, now: Option) -> Iterator[Difference]:
    text = N_("The words of the answer “%(option)s” to “%(question)s” changed.")
    params = {"question": question.label.it, "option": was.label.it}
    yield from _words(question.key, text, params, was.label, now.label)
    if (was.other, was.exclusive, was.score) != (now.other, now.exclusive, now.score):
        text = N_(
            "The answer “%(option)s” to “%(question)s” counts in another way (its score, a text beside it, whether it "
            "stands alone): give the question a new name in the data."
        )
        yield _of(question, text, refused=True, option=was.label.it)
    if was.tag != now.tag:
        text = (
            N_(
                "The answer “%(option)s” to “%(question)s” tells of another need: give the question a new name in the "
                "data."
            )
            if was.tag
            else N_("The answer “%(option)s” to “%(question)s” now tells of a need.")
        )
        yield _of(question, text, refused=bool(was.tag), option=was.label.it)


def _rows(was: Question, now: Question) -> Iterator[Difference]:
    old, new = {row.key: row for row in was.rows}, {row.key: row for row in now.rows}
    if old.keys() != new.keys():
        yield _of(was, N_("“%(question)s” has other rows: give it a new name in the data."), refused=True)
    elif list(old) != list(new):
        yield _of(was, N_("The rows of “%(question)s” are in another order."))
    for key in old.keys() & new.keys():
        text = N_("The words of the row “%(row)s” of “%(question)s” changed.")
        params = {"question": was.label.it, "row": old[key].label.it}
        yield from _words(was.key, text, params, old[key].label, new[key].label)
    yield from _swapped(was, old, new)


def _swapped(
    question: Question, old: Mapping[str, Option | Row], new: Mapping[str, Option | Row]
) -> Iterator[Difference]:
    """Words that were of one key and are now of another: what was answered before would be read as its neighbour."""
    owners = {_plain(one.label): key for key, one in old.items()}
    for key, one in new.items():
        owner = owners.get(_plain(one.label))
        if key in old and owner not in (None, key) and _plain(old[key].label) != _plain(one.label):
            text = N_("“%(words)s” has changed its key in “%(question)s”: what was answered would be read as another.")
            yield _of(question, text, refused=True, words=one.label.it)


def _swapped_questions(old: Mapping[str, Placed], now: Mapping[str, Placed]) -> Iterator[Difference]:
    owners: dict[str, set[str]] = {}
    for key, placed in old.items():
        owners.setdefault(_plain(placed.question.label), set()).add(key)
    for key, placed in now.items():
        words = _plain(placed.question.label)
        had = owners.get(words, set())
        if key in old and had and key not in had and _plain(old[key].question.label) != words:
            text = N_(
                "“%(question)s” was asked under another key: what was answered would be read as another question."
            )
            yield _of(placed.question, text, refused=True)


def _plain(words: Words) -> str:
    return " ".join(words.it.casefold().split())


def _limits(was: Question, now: Question) -> Iterator[Difference]:
    ends = (
        (scale_ends(was), scale_ends(now)) if was.kind == Kind.SCALE else ((was.least, was.most), (now.least, now.most))
    )
    if ends[0] != ends[1]:
        yield _of(was, N_("“%(question)s” has other limits: give it a new name in the data."), refused=True)
    if was.unit != now.unit:
        text = N_("“%(question)s” is in another unit (“%(before)s”, now “%(after)s”): give it a new name in the data.")
        yield _of(was, text, refused=True, before=was.unit, after=now.unit)
    if was.decimals != now.decimals:
        yield _of(was, N_("“%(question)s” takes other decimals: give it a new name in the data."), refused=True)
    if was.pattern != now.pattern:
        yield _of(
            was, N_("“%(question)s” must be written in another way: give it a new name in the data."), refused=True
        )


def _asking(old: Placed, new: Placed) -> Iterator[Difference]:
    """To whom it is asked, and how many times."""
    if conditions(old) != conditions(new):
        yield _of(
            old.question,
            N_("“%(question)s” is asked to others than before: give it a new name in the data."),
            refused=True,
        )
    if _times(old) != _times(new):
        text = N_("“%(question)s” is asked several times, or another number of times: give it a new name in the data.")
        yield _of(old.question, text, refused=True)


def _marks(was: Question, now: Question) -> Iterator[Difference]:
    if was.required != now.required:
        text = (
            N_("“%(question)s” must now be answered.") if now.required else N_("“%(question)s” may now be left empty.")
        )
        yield _of(was, text)
    if was.long != now.long:
        yield _of(was, N_("“%(question)s” has a field of another length."))
    if was.personal != now.personal:
        text = (
            N_("The answer to “%(question)s” is now personal.")
            if now.personal
            else N_("The answer to “%(question)s” is no longer personal.")
        )
        yield _of(was, text)
    if was.measure != now.measure:
        text = (
            N_("“%(question)s” is no longer read as the same measure: give it a new name in the data.")
            if was.measure
            else N_("“%(question)s” is now read as a measure of the network.")
        )
        yield _of(was, text, refused=bool(was.measure))


def conditions(placed: Placed) -> frozenset[frozenset[tuple[str, str, str]]]:
    """To whom a question is asked, by the conditions of its page, its group and itself: all of the sets must have one
    test that holds. Two that ask the same in another order, or on the page instead of the question, are equal.
    """
    found: set[frozenset[tuple[str, str, str]]] = set()
    group = placed.group.when if placed.group else None
    for condition in (placed.page.when, group, placed.question.when):
        found |= set(_all_of(condition))
    return frozenset(found)


def _all_of(condition: Condition | None) -> Iterator[frozenset[tuple[str, str, str]]]:
    if condition is None or not condition.tests:
        return
    tests = [(test.question, str(test.op), test.value) for test in condition.tests]
    if condition.any:
        yield frozenset(tests)
    else:
        yield from (frozenset({test}) for test in tests)


def _times(placed: Placed) -> tuple[str, int] | None:
    """The group that repeats in which a question stands and how often, None outside of one."""
    return (placed.group.key, placed.group.repeat) if placed.group and placed.group.repeat else None
