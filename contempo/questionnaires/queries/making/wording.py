"""Parts of a questionnaire as they are called in lists and sentences."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contempo.network.public import place_labels
from contempo.questionnaires.rules.document import Condition, Document, Group, Kind, Op, Page, Question, Test, Words
from contempo.questionnaires.rules.editing import Part, PartKind, Ref

LONGEST = 90


def in_language(words: Words, language: str = "") -> str:
    """A text in the language, by default that of the reader; the Italian one where there is no other."""
    english = (language or get_language() or "it").startswith("en")
    return (words.en if english else "") or words.it or words.en


def short(text: str, longest: int = LONGEST) -> str:
    """A text as it fits in a line of a list."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def called(part: Part, number: int = 0, language: str = "") -> str:
    """How a part is called: by its words, else by what it is."""
    words = part.title if isinstance(part, Page) else part.label
    if text := short(in_language(words, language)):
        return text
    if isinstance(part, Page):
        return _("Page %(number)s, without a title") % {"number": number} if number else _("Page without a title")
    return _("Group without a title") if isinstance(part, Group) else _("Question without words")


def condition_words(document: Document, condition: Condition | None) -> str:
    """A condition as a sentence, empty for none."""
    tests = _tests_words(document, condition, "", {})
    return _("Shown if %(tests)s.") % {"tests": tests} if tests else ""


def condition_on_paper(
    document: Document, condition: Condition | None, language: str, numbers: Mapping[str, int]
) -> str:
    """A condition as it is told on paper, where nobody hides a question; `numbers` are those of earlier questions."""
    tests = _tests_words(document, condition, language, numbers)
    return _("Answer only if %(tests)s.") % {"tests": tests} if tests else ""


def _tests_words(document: Document, condition: Condition | None, language: str, numbers: Mapping[str, int]) -> str:
    if condition is None:
        return ""
    joint = _(" or ") if condition.any else _(" and ")
    return joint.join(_test_words(document, test, language, numbers) for test in condition.tests)


def _test_words(document: Document, test: Test, language: str, numbers: Mapping[str, int]) -> str:
    try:
        question = document.question(test.question).question
    except KeyError:
        return _("“%(key)s” (no longer there)") % {"key": test.question}
    labels = {option.key: in_language(option.label, language) for option in question.options}
    name = short(called(question, language=language), 60)
    name = f"{numbers[question.key]}. {name}" if question.key in numbers else name
    if question.kind == Kind.MUNICIPALITY and test.value:
        labels[test.value] = _place(test.value)
    params = {"question": name, "value": labels.get(test.value, test.value)}
    return _says(test.op) % params


@lru_cache(maxsize=1024)
def _place(code: str) -> str:
    """The name of a municipality, remembered: there are few in conditions, and they stay."""
    return place_labels([code]).get(code, code)


def _says(op: Op) -> str:
    return {
        Op.IS: _("“%(question)s” is “%(value)s”"),
        Op.IS_NOT: _("“%(question)s” is not “%(value)s”"),
        Op.INCLUDES: _("“%(question)s” includes “%(value)s”"),
        Op.EXCLUDES: _("“%(question)s” does not include “%(value)s”"),
        Op.AT_LEAST: _("“%(question)s” is at least %(value)s"),
        Op.AT_MOST: _("“%(question)s” is at most %(value)s"),
        Op.ANSWERED: _("“%(question)s” has an answer"),
        Op.NOT_ANSWERED: _("“%(question)s” has no answer"),
    }[op]


def repeat_words(group: Group) -> str:
    """How often a group is asked, empty for once."""
    if not group.repeat:
        return ""
    return ngettext("asked up to %(times)s time", "asked up to %(times)s times", group.repeat) % {"times": group.repeat}


def ref_of_key(document: Document, key: str) -> Ref | None:
    """The part called `key`, whatever it is; None for the whole questionnaire."""
    for page in document.pages:
        if page.key == key:
            return Ref(PartKind.PAGE, key)
        for item in page.items:
            if item.key == key:
                return Ref.of(item)
            if isinstance(item, Group) and any(question.key == key for question in item.questions):
                return Ref(PartKind.QUESTION, key)
    return None


def counted(document: Document) -> int:
    """How many questions are asked at most, texts to read left out."""
    return sum(1 for placed in document.questions() if placed.question.kind != Kind.NOTE)


def is_numbered(question: Question) -> bool:
    """Whether a question bears a number on paper."""
    return question.kind != Kind.NOTE
