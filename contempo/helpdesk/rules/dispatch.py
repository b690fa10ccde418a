"""Questions that change hands: which may be joined, how one is split, what is told of where to turn."""

from collections.abc import Sequence
from dataclasses import dataclass

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.rules.asking import checked_text
from contempo.helpdesk.rules.questions import UNANSWERED, State
from contempo.helpdesk.rules.topics import Topic

MAX_PARTS = 4
MIN_REASON = 20
MAX_TURN_TO = 500


@dataclass(frozen=True)
class Party:
    """A question about to be joined, or the one it is joined to: `against` are its counterparts, by id or name."""

    number: int
    state: str
    asker_id: int | None
    against: frozenset[object]
    union_side: bool
    employer_side: bool


def check_merge(one: Party, into: Party, *, confirmed: bool) -> None:
    """Refuse to join a question to itself, to one that is over, or to one of other people without a confirmation.

    Its counterparts must be those of the other: whoever is kept away from the one must not answer it as the other.
    """
    if one.number == into.number:
        raise Refusal(N_("This is the number of the question itself: write that of the other one."), field="into")
    if into.state not in (*UNANSWERED, State.ANSWERED):
        raise Refusal(
            N_("Question %(number)s is over: choose one that is under way or has been answered."),
            field="into",
            number=into.number,
        )
    hidden = (one.union_side and not into.union_side) or (one.employer_side and not into.employer_side)
    if hidden or not one.against <= into.against:
        raise Refusal(
            N_("This question names a counterpart that question %(number)s does not: answer them one by one."),
            field="into",
            number=into.number,
        )
    if one.asker_id != into.asker_id and not confirmed:
        raise Refusal(
            N_("Somebody else asked question %(number)s: confirm that one answer, without personal data, serves both."),
            field="confirmed",
            number=into.number,
        )


@dataclass(frozen=True)
class Part:
    """A question taken out of another one."""

    text: str
    topic: str


def checked_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with a text, each checked; Refusal on `text_1`, `topic_1` and so on."""
    told = [(number, part) for number, part in enumerate(parts, start=1) if part.text.strip()]
    if not told:
        raise Refusal(N_("Write at least one question to be taken out of this one."), field="text_1")
    if len(told) > MAX_PARTS:
        raise Refusal(N_("A question is split into at most %(most)s more."), most=MAX_PARTS)
    made = []
    for number, part in told:
        if part.topic not in set(Topic):
            raise Refusal(N_("Choose what it is about."), field=f"topic_{number}")
        made.append(Part(checked_text(part.text, field=f"text_{number}"), part.topic))
    return tuple(made)


def out_of_scope_text(reason: str, turn_to: str) -> str:
    """What the asker reads: why the desk does not answer, and the address to turn to. Markdown."""
    reason = checked_text(reason, field="reason", least=MIN_REASON)
    turn_to = turn_to.strip()
    if not turn_to:
        raise Refusal(N_("Write who answers such a question, and how to reach them."), field="turn_to")
    if len(turn_to) > MAX_TURN_TO:
        raise Refusal(
            N_("The address has %(count)s characters: at most %(most)s are allowed."),
            field="turn_to",
            count=len(turn_to),
            most=MAX_TURN_TO,
        )
    return f"{reason}\n\n**{turn_to}**" if "\n" not in turn_to else f"{reason}\n\n{turn_to}"
