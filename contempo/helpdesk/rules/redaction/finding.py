"""Finding what could identify someone, subtracting what was judged, taking it out."""

from collections.abc import Collection, Iterable, Iterator

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.rules.entries import REMOVED
from contempo.helpdesk.rules.redaction.folding import Plain, tokens
from contempo.helpdesk.rules.redaction.marks import Kind, Known, Mark, merged
from contempo.helpdesk.rules.redaction.names import organisations, persons
from contempo.helpdesk.rules.redaction.numbers import findings
from contempo.helpdesk.rules.redaction.places import small_places

NOTHING = Known()
MAX_TEXT = 50_000


def found(text: str, known: Known = NOTHING, *, searched: bool = False) -> tuple[Mark, ...]:
    """Everything in `text` that could identify someone, in order, none overlapping another.

    `searched` says that it is what somebody typed into a search box, where names have no capitals. A text of more than
    `MAX_TEXT` characters is one mark, because nobody looked at it.
    """
    if len(text) > MAX_TEXT:
        return (Mark(0, len(text), Kind.PERSON, text, N_("A text so long cannot be looked through.")),)
    plain = Plain(text)
    return merged(_marks(text, plain, known, searched), text)


def _marks(text: str, plain: Plain, known: Known, searched: bool) -> Iterator[Mark]:
    words = tokens(plain.text)
    for start, end, kind, why in (
        *findings(plain.text),
        *persons(plain.text, words, known, searched=searched),
        *organisations(plain.text, words, known.organisations),
    ):
        begin, stop = plain.span(start, end)
        yield Mark(begin, stop, kind, text[begin:stop], why)
    for start, end, kind, why, detail in small_places(plain.text, words, known.small_places):
        begin, stop = plain.span(start, end)
        yield Mark(begin, stop, kind, text[begin:stop], why, detail)


def unresolved(text: str, known: Known, resolved: Collection[tuple[str, str]]) -> tuple[Mark, ...]:
    """The marks of `text` that nobody has judged; `resolved` holds (kind, key) of those that identify nobody."""
    return tuple(mark for mark in found(text, known) if (str(mark.kind), mark.key) not in resolved)


def refuse_unresolved(marks: Iterable[Mark], *, field: str | None = None) -> None:
    """Refuse to publish while a mark remains."""
    if left := list(marks):
        raise Refusal(
            N_(
                "Words that could identify someone are still marked (%(count)s, the first “%(first)s”): take each "
                "out or say why it identifies nobody."
            ),
            field=field,
            count=len(left),
            first=left[0].text,
        )


def kept(text: str, known: Known, keep: Collection[tuple[str, str]]) -> str:
    """`text` with everything taken out that could identify someone, except the marks in `keep`, as (kind, key)."""
    while marks := unresolved(text, known, keep):
        text = _without(text, marks)
    return text


def redacted(text: str, known: Known = NOTHING, *, searched: bool = False) -> str:
    """`text` with […] in place of everything that could identify someone. Redacting it again changes nothing."""
    while marks := found(text, known, searched=searched):
        text = _without(text, marks)
    return text


def _without(text: str, marks: Iterable[Mark]) -> str:
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], REMOVED]
        at = mark.end
    return "".join([*pieces, text[at:]])
