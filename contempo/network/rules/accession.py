"""Accession: how an organisation asks to join, is examined, admitted and signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from contempo.core.clock import ROME
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow


class State(StrEnum):
    """States of an accession request."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_EXAMINATION = "in_examination"
    CHANGES_ASKED = "changes_asked"
    ADMITTED = "admitted"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CEASED = "ceased"


OPEN_STATES = (State.SUBMITTED, State.IN_EXAMINATION, State.CHANGES_ASKED, State.ADMITTED)
"""Submitted and not yet ended: one organisation has at most one request in these states."""

WITH_AGENCY = (State.SUBMITTED, State.IN_EXAMINATION)
"""States in which the agency has the next move and the term runs."""

EDITABLE = (State.DRAFT, State.CHANGES_ASKED)
"""States in which the applicant may change the answers."""


class Who(StrEnum):
    """Parts a person may have in one request."""

    APPLICANT = "applicant"
    AGENCY = "agency"
    REPRESENTATIVE = "representative"


_APPLICANT = frozenset({Who.APPLICANT})
_AGENCY = frozenset({Who.AGENCY})
_REPRESENTATIVE = frozenset({Who.REPRESENTATIVE})

ACCESSION = Workflow(
    name="accession",
    initial=State.DRAFT,
    looks={
        State.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        State.SUBMITTED: Look(N_("Submitted"), "info", "it-mail"),
        State.IN_EXAMINATION: Look(N_("In examination"), "info", "it-search"),
        State.CHANGES_ASKED: Look(N_("Changes asked"), "warning", "it-warning-circle"),
        State.ADMITTED: Look(N_("Admitted, to be signed"), "success", "it-check"),
        State.SIGNED: Look(N_("Signed: member"), "success", "it-check-circle"),
        State.REFUSED: Look(N_("Refused"), "danger", "it-close-circle"),
        State.WITHDRAWN: Look(N_("Withdrawn"), "neutral", "it-arrow-left-circle"),
        State.CEASED: Look(N_("Ceased"), "neutral", "it-minus-circle"),
    },
    transitions=(
        Transition("submit", (State.DRAFT,), State.SUBMITTED, N_("Send the request"), _APPLICANT),
        Transition("examine", (State.SUBMITTED,), State.IN_EXAMINATION, N_("Start the examination"), _AGENCY),
        Transition("ask_changes", WITH_AGENCY, State.CHANGES_ASKED, N_("Ask for changes"), _AGENCY),
        Transition("answer", (State.CHANGES_ASKED,), State.IN_EXAMINATION, N_("Send the changes"), _APPLICANT),
        Transition("admit", WITH_AGENCY, State.ADMITTED, N_("Admit"), _AGENCY),
        Transition("refuse", (*WITH_AGENCY, State.CHANGES_ASKED), State.REFUSED, N_("Refuse"), _AGENCY),
        Transition("withdraw", OPEN_STATES, State.WITHDRAWN, N_("Withdraw the request"), _APPLICANT),
        Transition("sign", (State.ADMITTED,), State.SIGNED, N_("Sign the agreement"), _REPRESENTATIVE),
        Transition("confirm", (State.ADMITTED,), State.SIGNED, N_("Confirm the signed copy"), _AGENCY),
        Transition("cease", (State.SIGNED,), State.CEASED, N_("End the membership"), _AGENCY | _REPRESENTATIVE),
    ),
)

NEEDS_REASON = frozenset({"ask_changes", "refuse", "cease"})

MIN_REASON = 10
MAX_REASON = 4000


def reason_for(transition: str, text: str) -> str:
    """The reason that goes with a transition, trimmed; raises Refusal when one is needed and says too little."""
    text = text.strip()
    if transition in NEEDS_REASON and len(text) < MIN_REASON:
        raise Refusal(
            N_("Write the reason, in at least %(least)s characters: the organisation will read it."),
            field="reason",
            least=MIN_REASON,
        )
    if len(text) > MAX_REASON:
        raise Refusal(
            N_("The reason has %(count)s characters: at most %(most)s are allowed."),
            field="reason",
            count=len(text),
            most=MAX_REASON,
        )
    return text


class Step(StrEnum):
    """Steps of the wizard, named as in its addresses."""

    ORGANISATION = "organizzazione"
    TERRITORY = "territorio"
    AIMS = "obiettivi"
    PEOPLE = "persone"


STEP_LABELS: dict[str, str] = {
    Step.ORGANISATION: N_("Organisation"),
    Step.TERRITORY: N_("Territory and experience"),
    Step.AIMS: N_("Aims and priorities"),
    Step.PEOPLE: N_("People and consent"),
}


def next_step(step: Step) -> Step | None:
    """The step after `step`; None after the last, where the summary follows."""
    steps = list(Step)
    following = steps.index(step) + 1
    return steps[following] if following < len(steps) else None


class Standing(StrEnum):
    """On what ground the applicant speaks for the organisation."""

    REPRESENTATIVE = "representative"
    DELEGATE = "delegate"


STANDING_LABELS: dict[str, str] = {
    Standing.REPRESENTATIVE: N_("I am its legal representative"),
    Standing.DELEGATE: N_("I have been asked by its legal representative"),
}

TERM = timedelta(days=30)
"""General term of an administrative proceeding: law 241/1990, article 2, paragraph 2."""

LONGEST_PAUSE = timedelta(days=30)
"""A request for information suspends the term once, for at most thirty days: law 241/1990, article 2, paragraph 7."""


@dataclass(frozen=True)
class Move:
    """One change of state of a request: into `state`, `at` an aware instant."""

    state: str
    at: datetime


def due_on(moves: Iterable[Move]) -> date | None:
    """The Italian calendar day by which the agency must answer; None while it has not the next move.

    Days are counted on the calendar of Italy, the day of submission left out, so that neither the hour nor a change of
    the clock moves the term. The term is `TERM` from submission; the first request for changes made in time suspends
    it until the answer, for at most `LONGEST_PAUSE` (law 241/1990, article 2, paragraphs 2, 6 and 7); a later one does
    not. Changes asked in time and answered only after the term start a new one on the day they arrive.
    See docs/algorithms/accession-term.md.
    """
    ends: date | None = None
    asked: date | None = None
    suspended = False
    state: str | None = None
    for move in sorted(moves, key=lambda move: move.at):
        day, state = move.at.astimezone(ROME).date(), move.state
        if ends is None:
            ends = day + TERM if state == State.SUBMITTED else None
        elif asked is not None and asked <= ends:
            if not suspended:
                ends += min(day - asked, LONGEST_PAUSE)
                suspended = True
            if day > ends:
                ends = day + TERM
        asked = day if state == State.CHANGES_ASKED else None
    return ends if state in WITH_AGENCY else None


REMIND_AFTER: dict[str, timedelta] = {
    State.DRAFT: timedelta(days=7),
    State.CHANGES_ASKED: timedelta(days=10),
    State.ADMITTED: timedelta(days=15),
}
"""How long a request may stay with the applicant before a reminder leaves."""

DRAFT_KEPT = timedelta(days=365)
"""How long an untouched draft is kept before it is erased with all it holds."""


def reminder_due(state: str, since: datetime, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether the one reminder of this stay in `state` must leave now."""
    wait = REMIND_AFTER.get(state)
    return wait is not None and now - since >= wait and (reminded_at is None or reminded_at < since)


MAX_DOCUMENTS = 5

LINK_MAILS = 3
LINK_MAILS_WITHIN = timedelta(hours=1)


def check_documents(count: int) -> None:
    """Refuse a request with `count` documents when they are too many."""
    if count > MAX_DOCUMENTS:
        raise Refusal(
            N_("A request has at most %(most)s documents: remove one to add another."),
            field="documents",
            most=MAX_DOCUMENTS,
        )


def check_link_mails(count: int) -> None:
    """Refuse the `count`-th link sent to one address within `LINK_MAILS_WITHIN`: nobody's letter box is flooded."""
    if count > LINK_MAILS:
        raise Refusal(
            N_("The link has gone to this address several times already: look in its mailbox, spam included."),
            field="email",
        )


@dataclass(frozen=True)
class Known:
    """What the registry knows of an organisation with the same tax code."""

    organisation_id: int | None = None
    is_member: bool = False
    open_request: bool = False


def check_not_doubled(known: Known) -> None:
    """Refuse a submission for an organisation that is a member already or has a request under way."""
    if known.is_member:
        raise Refusal(
            N_("This organisation is a member of the network already. Ask its representative to invite you."),
            field="tax_code",
        )
    if known.open_request:
        raise Refusal(
            N_("A request for this organisation is under way already: it cannot be sent twice."), field="tax_code"
        )


@dataclass(frozen=True)
class Version:
    """A version of the agreement, by its number, in force from a day on until a later version is."""

    id: int
    number: int
    in_force_from: date


def in_force(versions: Iterable[Version], today: date) -> Version | None:
    """The version in force on `today`: the highest number whose day has come; None when there is none."""
    begun = [version for version in versions if version.in_force_from <= today]
    return max(begun, key=lambda version: version.number, default=None)
