"""What each kind of question needs, and what it has no use for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from contempo.core.words import N_
from contempo.questionnaires.rules.checks.problem import CHOICE_KEY, KEY, KEY_LENGTH, Problem
from contempo.questionnaires.rules.document import CHOOSING, Kind, Option, Question, Row
from contempo.questionnaires.rules.patterns import is_pattern
from contempo.questionnaires.rules.practices import CONSENT, YES

MOST_OPTIONS = 400
MOST_ROWS = 60
MOST_DECIMALS = 6
LONGEST_TEXT = 20_000
MEASURES: dict[str, frozenset[Kind]] = {
    "satisfaction": frozenset({Kind.SCALE, Kind.LIKERT}),
    "productivity": frozenset({Kind.SCALE, Kind.LIKERT}),
    "unit": frozenset({Kind.ORGANISATION}),
    "consent": frozenset({Kind.SINGLE}),
}
"""What the network reads by name, and from which kinds: figures, for whom one answers, the consent to tell."""

_TAGGED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING})
_SCORED = frozenset({Kind.LIKERT, Kind.MATRIX})
_OTHERS = frozenset({Kind.SINGLE, Kind.MULTIPLE})
_BOUNDED = frozenset({Kind.SCALE, Kind.NUMBER, Kind.TEXT, Kind.MULTIPLE, Kind.RANKING, Kind.FILE})
_USES: tuple[tuple[str, frozenset[Kind], str], ...] = (
    ("options", CHOOSING, N_("A question of this kind has no options: take them off.")),
    ("rows", frozenset({Kind.MATRIX}), N_("Only a table has rows: take them off.")),
    ("least", _BOUNDED, N_("A question of this kind has no lower limit: take it off.")),
    ("most", _BOUNDED, N_("A question of this kind has no upper limit: take it off.")),
    ("unit", frozenset({Kind.NUMBER}), N_("Only a number has a unit: take it off.")),
    ("decimals", frozenset({Kind.NUMBER}), N_("Only a number has decimals: take them off.")),
    ("pattern", frozenset({Kind.TEXT}), N_("Only a text follows a pattern: take it off.")),
    ("long", frozenset({Kind.TEXT}), N_("Only a text can be long: take it off.")),
)


def kind_problems(question: Question) -> Iterator[Problem]:
    """What one question lacks, or has and cannot use, given its kind."""
    for part, kinds, text in _USES:
        if getattr(question, part) not in ((), None, "", 0, False) and question.kind not in kinds:
            yield Problem(question.key, text, part=part)
    if question.kind == Kind.NOTE and (question.required or question.personal):
        yield Problem(question.key, N_("A text to read takes no answer: it cannot be required or personal."))
    if question.measure and question.kind not in MEASURES.get(question.measure, frozenset()):
        yield Problem(
            question.key,
            N_("The network does not read “%(measure)s” from a question of this kind."),
            {"measure": question.measure},
            part="measure",
        )
    if question.measure == CONSENT and not YES & {option.key for option in question.options}:
        yield Problem(
            question.key,
            N_("No answer is read as a yes: take one out, then write “Sì” in a new row."),
            part="options",
        )
    if question.pattern and not is_pattern(question.pattern):
        yield Problem(question.key, N_("The pattern is not a regular expression that can be used."), part="pattern")
    if question.kind in CHOOSING:
        yield from _option_problems(question)
    if question.kind == Kind.MATRIX:
        yield from _row_problems(question)
    yield from _bound_problems(question)


def _option_problems(question: Question) -> Iterator[Problem]:
    options = question.options
    if len(options) < 2:
        yield Problem(question.key, N_("Write at least two possible answers."), part="options")
    if len(options) > MOST_OPTIONS:
        yield Problem(
            question.key, N_("At most %(most)s possible answers fit."), {"most": MOST_OPTIONS}, part="options"
        )
    yield from _names(question, options, "options")
    if question.kind not in _OTHERS and any(option.other for option in options):
        yield Problem(
            question.key,
            N_("“Other” with a text beside it fits only one answer among several, or more."),
            part="options",
        )
    if sum(option.other for option in options) > 1:
        yield Problem(question.key, N_("Only one answer may have a text beside it."), part="options")
    alone = sum(option.exclusive for option in options)
    if alone and question.kind != Kind.MULTIPLE:
        yield Problem(
            question.key, N_("An answer that stands alone fits only where more than one may be chosen."), part="options"
        )
    elif alone and alone == len(options):
        yield Problem(question.key, N_("Not every answer may stand alone."), part="options")
    if any(option.score is not None for option in options) and question.kind not in _SCORED:
        yield Problem(question.key, N_("Only degrees and tables have scores: take them off."), part="options")
    for at, option in enumerate(options):
        if option.tag and (question.kind not in _TAGGED or not KEY.fullmatch(option.tag)):
            yield Problem(
                question.key,
                N_("The answer “%(option)s” cannot have the type of need “%(tag)s”."),
                {"option": option.label.it, "tag": option.tag},
                part="options",
                at=at,
            )


def _row_problems(question: Question) -> Iterator[Problem]:
    if not question.rows:
        yield Problem(question.key, N_("Write at least one row of the table."), part="rows")
    if len(question.rows) > MOST_ROWS:
        yield Problem(question.key, N_("At most %(most)s rows fit."), {"most": MOST_ROWS}, part="rows")
    yield from _names(question, question.rows, "rows")


def _names(question: Question, named: Sequence[Option | Row], part: str) -> Iterator[Problem]:
    """Keys and words of options or rows: well formed, each once."""
    for at, one in enumerate(named):
        if not CHOICE_KEY.fullmatch(one.key) or len(one.key) > KEY_LENGTH:
            yield Problem(
                question.key,
                N_("The key “%(key)s” must have small letters, digits and single “_” only, at most %(most)s."),
                {"key": one.key, "most": KEY_LENGTH},
                part=part,
                at=at,
            )
    for key, times in Counter(one.key for one in named).items():
        if times > 1:
            yield Problem(question.key, N_("The key “%(key)s” is there twice."), {"key": key}, part=part)
    places: dict[str, int] = {}
    for at, words in enumerate(one.label.it.strip() for one in named):
        if words and places.setdefault(words, at) != at:
            yield Problem(question.key, N_("“%(words)s” is there twice."), {"words": words}, part=part, at=at)


def _bound_problems(question: Question) -> Iterator[Problem]:
    least, most = question.least, question.most
    if question.kind not in _BOUNDED:
        return
    if not 0 <= question.decimals <= MOST_DECIMALS:
        yield Problem(
            question.key, N_("A number has from 0 to %(most)s decimals."), {"most": MOST_DECIMALS}, part="decimals"
        )
    ends = scale_ends(question) if question.kind == Kind.SCALE else (least, most)
    for part, bound in (("least", least), ("most", most)):
        if (bound is not None and bound != bound) or bound in (float("inf"), float("-inf")):
            yield Problem(question.key, N_("A limit is a number."), part=part)
        elif bound is not None and question.kind != Kind.NUMBER and bound != int(bound):
            yield Problem(question.key, N_("This limit is a whole number."), part=part)
        elif bound is not None and not (highest := _range(question))[0] <= bound <= highest[1]:
            yield Problem(
                question.key,
                N_("This limit goes from %(least)s to %(most)s."),
                {"least": highest[0], "most": highest[1]},
                part=part,
            )
    low, high = ends
    if low is not None and high is not None and (low > high or (low == high and question.kind == Kind.SCALE)):
        yield Problem(question.key, N_("The lower limit is above the upper one."), part="most")


def scale_ends(question: Question) -> tuple[int, int]:
    """The ends of a scale: 0 and 10 where nothing else is said."""
    return (
        0 if question.least is None else int(question.least),
        10 if question.most is None else int(question.most),
    )


def _range(question: Question) -> tuple[int, int]:
    """Between what a limit may be, given the kind."""
    match question.kind:
        case Kind.SCALE:
            return 0, 10
        case Kind.TEXT:
            return 1, LONGEST_TEXT
        case Kind.MULTIPLE | Kind.RANKING:
            return 1, max(len(question.options), 1)
        case Kind.FILE:
            return 1, 20
        case _:
            return -(10**12), 10**12
