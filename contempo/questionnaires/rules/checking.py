"""What is wrong with a questionnaire that is being written: it is published only when nothing refuses it.

Every problem says where it is by a key: those of pages, groups and questions are unique together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from contempo.core.words import N_
from contempo.questionnaires.rules.checks.conditions import condition_problems
from contempo.questionnaires.rules.checks.kinds import kind_problems
from contempo.questionnaires.rules.checks.problem import KEY, KEY_LENGTH, Problem
from contempo.questionnaires.rules.document import Document, Group, Kind, Page, Placed, Question, Words
from contempo.questionnaires.rules.piping import TELLABLE, names_in

__all__ = ["LANGUAGES", "Problem", "problems", "refused"]

LANGUAGES = ("it", "en")
MOST_QUESTIONS = 500
MOST_PAGES = 100
MOST_TIMES = 50
LONGEST_LABEL = 4_000


def problems(document: Document) -> list[Problem]:
    """Everything wrong with a questionnaire, in the order in which its parts stand; what speaks of the whole first."""
    found = list(_whole(document))
    every = {placed.question.key: placed for placed in document.questions()}
    earlier: dict[str, Placed] = {}
    for page in document.pages:
        found.extend(_page(document, page, earlier, every))
    return found


def refused(found: Iterable[Problem]) -> list[Problem]:
    """Those of the problems that stop a publication."""
    return [problem for problem in found if not problem.warning]


def _whole(document: Document) -> Iterator[Problem]:
    questions = [placed.question for placed in document.questions()]
    if not any(question.kind != Kind.NOTE for question in questions):
        yield Problem("", N_("Write at least one question."))
    if len(questions) > MOST_QUESTIONS:
        yield Problem("", N_("At most %(most)s questions fit."), {"most": MOST_QUESTIONS})
    if len(document.pages) > MOST_PAGES:
        yield Problem("", N_("At most %(most)s pages fit."), {"most": MOST_PAGES})
    if "it" not in document.languages or not set(document.languages) <= set(LANGUAGES):
        yield Problem("", N_("A questionnaire is in Italian, or in Italian and English."), part="languages")
    keys = [question.key for question in questions] + [page.key for page in document.pages]
    keys += [item.key for page in document.pages for item in page.items if isinstance(item, Group)]
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(
                key,
                N_("The key “%(key)s” is there %(times)s times: give each page, group and question its own."),
                {"key": key, "times": times},
                part="key",
            )
    for measure, times in Counter(question.measure for question in questions if question.measure).items():
        if times > 1:
            yield Problem("", N_("The measure “%(measure)s” is read from one question only."), {"measure": measure})


def _page(document: Document, page: Page, earlier: dict[str, Placed], every: dict[str, Placed]) -> Iterator[Problem]:
    """Problems of a page and of what stands on it, whose questions are added to `earlier`."""
    yield from _key(page.key)
    yield from condition_problems(page.key, page.when, earlier, every, None)
    yield from _words(document, page.key, "title", page.title, needed=len(document.pages) > 1)
    yield from _words(document, page.key, "intro", page.intro, needed=False)
    yield from _named(page.key, "intro", (page.intro, page.title), earlier, every, None)
    if not page.items:
        yield Problem(page.key, N_("This page has nothing to ask: write a question, or take it off."))
    for item in page.items:
        if isinstance(item, Group):
            yield from _group(document, page, item, earlier, every)
        else:
            yield from _question(document, page, None, item, earlier, every)


def _group(
    document: Document, page: Page, group: Group, earlier: dict[str, Placed], every: dict[str, Placed]
) -> Iterator[Problem]:
    yield from _key(group.key)
    yield from condition_problems(group.key, group.when, earlier, every, None)
    yield from _words(document, group.key, "label", group.label, needed=True)
    yield from _words(document, group.key, "each", group.each, needed=bool(group.repeat))
    yield from _named(group.key, "label", (group.label, group.each), earlier, every, None)
    if not 0 <= group.repeat <= MOST_TIMES or group.repeat == 1:
        yield Problem(group.key, N_("A group repeats from 2 to %(most)s times."), {"most": MOST_TIMES}, part="repeat")
    if not any(question.kind != Kind.NOTE for question in group.questions):
        yield Problem(group.key, N_("This group has nothing to ask: write a question, or take it off."))
    for question in group.questions:
        yield from _question(document, page, group, question, earlier, every)


def _question(
    document: Document,
    page: Page,
    group: Group | None,
    question: Question,
    earlier: dict[str, Placed],
    every: dict[str, Placed],
) -> Iterator[Problem]:
    yield from _key(question.key)
    yield from _words(document, question.key, "label", question.label, needed=True)
    for part in ("help", "low", "high"):
        yield from _words(document, question.key, part, getattr(question, part), needed=False)
    if question.kind != Kind.SCALE and (question.low != Words() or question.high != Words()):
        yield Problem(question.key, N_("Only a scale has words at its ends: take them off."), part="low")
    for at, option in enumerate(question.options):
        yield from _words(document, question.key, "options", option.label, needed=True, at=at)
    for at, row in enumerate(question.rows):
        yield from _words(document, question.key, "rows", row.label, needed=True, at=at)
    yield from kind_problems(question)
    yield from condition_problems(question.key, question.when, earlier, every, group)
    yield from _named(question.key, "label", (question.label, question.help), earlier, every, group)
    if every.get(question.key) is not None:
        number = every[question.key].number
        earlier[question.key] = Placed(question, page, group, number)


def _key(key: str) -> Iterator[Problem]:
    if not KEY.fullmatch(key) or len(key) > KEY_LENGTH:
        yield Problem(
            key,
            N_("A key has small letters, digits and single “_”, begins with a letter, at most %(most)s in all."),
            {"most": KEY_LENGTH},
            part="key",
        )


def _words(
    document: Document, where: str, part: str, words: Words, *, needed: bool, at: int | None = None
) -> Iterator[Problem]:
    """A text that must be there in Italian; without English, where the questionnaire is in English too, a warning."""
    if not words.it.strip():
        if needed or words.en.strip():
            yield Problem(where, N_("The Italian text is missing."), part=part, at=at)
    elif "en" in document.languages and not words.en.strip():
        text = N_("“%(words)s” has no English yet.")
        yield Problem(where, text, {"words": words.it}, part=part, at=at, language="en", warning=True)
    for language, said in (("it", words.it), ("en", words.en)):
        if len(said) > LONGEST_LABEL:
            text = N_("A text has at most %(most)s characters.")
            yield Problem(where, text, {"most": LONGEST_LABEL}, part=part, at=at, language=language)


def _named(
    where: str,
    part: str,
    texts: Iterable[Words],
    earlier: dict[str, Placed],
    every: dict[str, Placed],
    inside: Group | None,
) -> Iterator[Problem]:
    """Answers named in texts: of questions that stand before, of kinds that can be told, not of another group that
    repeats.
    """
    for name in sorted(set().union(*(names_in(text) for text in texts))):
        placed = every.get(name)
        if placed is None:
            text = N_("The text names “{%(question)s}”, which does not exist.")
        elif name not in earlier:
            text = N_("The text names “{%(question)s}”, which is asked later.")
        elif placed.group is not None and placed.group.repeat and placed.group is not inside:
            text = N_("The text names “{%(question)s}”, which is asked several times, in a group.")
        elif placed.question.kind not in TELLABLE:
            text = N_("The text names “{%(question)s}”, whose answer cannot stand in a sentence.")
        else:
            continue
        yield Problem(where, text, {"question": name}, part=part)
