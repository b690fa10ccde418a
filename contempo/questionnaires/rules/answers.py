"""Is an answer one? What was typed becomes what is kept (the shape told in `rules.document`), or a sentence beside its
field. Checking what is already kept gives it back unchanged.

Fields are named by the key of their question; what stands beside or inside it is named after a dot: `<key>.other`,
`<key>.<row>` of a table, `<key>.<option>` of an order of importance, `<group>.<n>.<key>` of the n-th time (from 0) of a
group that repeats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contempo.core.words import N_
from contempo.questionnaires.rules.asking import asked, asked_each, chose_other, holds, is_missing
from contempo.questionnaires.rules.document import OTHER, Document, Group, Kind, Page, Question
from contempo.questionnaires.rules.typed import Known, Wrong, clean_text, value_of

__all__ = ["Checked", "CheckedPage", "Known", "Wrong", "check", "check_page", "still_wrong"]

LONGEST_OTHER = 300
_ANYTHING = Known()


@dataclass(frozen=True)
class Checked:
    """One answer looked at: `value` and `other` (the text beside “other”) are what is kept, None and empty when there
    is nothing; with `wrongs` nothing is kept.
    """

    value: Any = None
    other: str = ""
    wrongs: tuple[Wrong, ...] = ()


@dataclass(frozen=True)
class CheckedPage:
    """A page looked at. `answers` of the whole response and `unasked` beside them are what may be kept: right answers
    of this page are in it also when others are wrong.
    """

    answers: dict[str, Any]
    unasked: tuple[str, ...]
    wrongs: tuple[Wrong, ...]


def check(
    question: Question,
    value: Any,
    *,
    other: Any = "",
    required: bool = True,
    language: str = "it",
    known: Known = _ANYTHING,
) -> Checked:
    """Look at what was given as the answer to a question.

    `value` is a text as typed, a list of texts (`multiple`, `ranking`, `file`), an object (`matrix`: row to option;
    `ranking`: option to its place as typed), or what was kept before. Without `required` an answer may be missing or
    unfinished: a half-done page is saved so. A number may be written as in Italian (`1.234,5`) or in English;
    `language` settles what could be read in two ways. `known` holds what exists outside the questionnaire.
    """
    if question.kind == Kind.NOTE:
        return Checked()
    found, wrongs = value_of(question, value, required=required, language=language, known=known)
    if wrongs:
        return Checked(wrongs=wrongs)
    if is_missing(found):
        due = question.required and required
        return Checked(wrongs=(Wrong(question.key, N_("Answer this question.")),) if due else ())
    if not chose_other(question, found):
        return Checked(found)
    text = " ".join(clean_text(other).split())
    if not text and required:
        return Checked(wrongs=(Wrong(question.key + OTHER, N_("Write which.")),))
    if len(text) > LONGEST_OTHER:
        params: dict[str, object] = {"most": LONGEST_OTHER, "count": len(text)}
        too_long = N_("Write at most %(most)s characters: there are %(count)s.")
        return Checked(wrongs=(Wrong(question.key + OTHER, too_long, params),))
    return Checked(found, text)


def check_page(
    document: Document,
    page: Page,
    given: Mapping[str, Any],
    kept: Mapping[str, Any],
    *,
    required: bool = True,
    language: str = "it",
    known: Known = _ANYTHING,
) -> CheckedPage:
    """Look at everything `given` on a page, `kept` being the answers of the whole response so far.

    `given` has for each field of the page what `check` takes, by key of question (`<key>.other` beside it), and for a
    group that repeats a list of such objects by its key. Questions of the page that a condition leaves out, also
    because of an answer given on this same page, are not looked at.
    """
    before = asked(document, kept, until=document.pages.index(page)).answers
    here = dict(before)
    wrongs: list[Wrong] = []
    for item in page.items if holds(page.when, here) else ():
        if not holds(item.when, here):
            continue
        if isinstance(item, Question):
            wrongs.extend(_check_one(item, given, here, required, language, known))
        elif item.repeat:
            times, found = _check_times(item, given.get(item.key), here, required, language, known)
            if times:
                here[item.key] = times
            wrongs.extend(found)
        else:
            for question in item.questions:
                if holds(question.when, here):
                    wrongs.extend(_check_one(question, given, here, required, language, known))
    elsewhere = {key: value for key, value in kept.items() if key not in _fields(page)}
    whole = asked(document, {**elsewhere, **here})
    return CheckedPage(whole.answers, whole.unasked, tuple(wrongs))


def still_wrong(
    document: Document, answers: Mapping[str, Any], *, language: str = "it", known: Known = _ANYTHING
) -> list[tuple[int, Wrong]]:
    """What keeps a whole response from being sent: number of the page (from 0, of the document) and what is wrong."""
    whole = asked(document, answers)
    found: list[tuple[int, Wrong]] = []
    for shown in whole.pages:
        page = check_page(document, shown.page, whole.answers, whole.answers, language=language, known=known)
        found.extend((shown.number, wrong) for wrong in page.wrongs)
    return found


def _fields(page: Page) -> set[str]:
    keys: set[str] = set()
    for item in page.items:
        if isinstance(item, Group) and item.repeat:
            keys.add(item.key)
            continue
        for question in item.questions if isinstance(item, Group) else (item,):
            keys |= {question.key, question.key + OTHER}
    return keys


def _check_one(
    question: Question,
    given: Mapping[str, Any],
    answers: dict[str, Any],
    required: bool,
    language: str,
    known: Known,
) -> tuple[Wrong, ...]:
    """What is wrong with one question; a right answer is put into `answers`."""
    other = given.get(question.key + OTHER)
    checked = check(question, given.get(question.key), other=other, required=required, language=language, known=known)
    if not is_missing(checked.value):
        answers[question.key] = checked.value
        if checked.other:
            answers[question.key + OTHER] = checked.other
    return checked.wrongs


def _check_times(
    group: Group, given: Any, answers: Mapping[str, Any], required: bool, language: str, known: Known
) -> tuple[list[dict[str, Any]], list[Wrong]]:
    """The times of a group that repeats. Empty ones are left out; when none is left the first must hold, if it has
    anything required.
    """
    times = [one for one in given if isinstance(one, Mapping)] if isinstance(given, list | tuple) else []
    kept: list[dict[str, Any]] = []
    wrongs: list[Wrong] = []
    filled = [(number, one) for number, one in enumerate(times) if _is_filled(group, one)]
    if len(filled) > group.repeat:
        text = N_("At most %(most)s fit here: there are %(count)s.")
        return [], [Wrong(group.key, text, {"most": group.repeat, "count": len(filled)})]
    for number, one in filled or [(0, {})]:
        here: dict[str, Any] = {}
        for question in group.questions:
            if question not in asked_each(group, answers, here):
                continue
            found = _check_one(question, one, here, required, language, known)
            wrongs.extend(replace(wrong, field=f"{group.key}.{number}.{wrong.field}") for wrong in found)
        if here:
            kept.append(here)
    return kept, wrongs


def _is_filled(group: Group, one: Mapping[str, Any]) -> bool:
    """Whether anything was given in one time of a group."""
    for question in group.questions:
        value = one.get(question.key)
        if isinstance(value, Mapping):
            value = [part for part in value.values() if not _is_blank(part)]
        elif isinstance(value, list | tuple):
            value = [part for part in value if not _is_blank(part)]
        if not _is_blank(value):
            return True
    return False


def _is_blank(value: Any) -> bool:
    return is_missing(value.strip() if isinstance(value, str) else value)
