"""Accession requests in all states, with their answers and their story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bench.network import names
from contempo.core import clock
from contempo.network.models import AccessionRequest, EntryKind, Organisation, RequestEntry
from contempo.network.rules.accession import ACCESSION, Move, State, Step, due_on
from contempo.network.rules.application import Application
from contempo.people.models import Person

SHARE = 20
"""One request for so many organisations."""

_PATHS = {
    (): 8,
    ("submit",): 4,
    ("submit", "examine"): 5,
    ("submit", "examine", "ask_changes"): 4,
    ("submit", "examine", "ask_changes", "answer"): 3,
    ("submit", "examine", "admit"): 4,
    ("submit", "examine", "admit", "sign"): 40,
    ("submit", "examine", "ask_changes", "answer", "admit", "sign"): 12,
    ("submit", "examine", "refuse"): 8,
    ("submit", "withdraw"): 6,
    ("submit", "examine", "admit", "sign", "cease"): 6,
}
"""What has happened to a request so far, and how often."""

PAGEFUL = 25
_WAITING = ("submit", "examine")
"""The first `PAGEFUL` requests wait for the agency: its queue shows a full page whatever the number of rows."""

_TARGETS = {transition.name: transition.target for transition in ACCESSION.transitions}
_BY_AGENCY = frozenset({"examine", "ask_changes", "admit", "refuse", "cease"})
_RECENT, _OLD = timedelta(days=60), timedelta(days=1500)


@dataclass
class Requests:
    """Rows of three tables that belong together."""

    persons: list[Person] = field(default_factory=list)
    requests: list[AccessionRequest] = field(default_factory=list)
    entries: list[RequestEntry] = field(default_factory=list)


def requests(organisations: Sequence[Organisation], coordinator: Person, random: Random) -> Requests:
    """A request for every `SHARE` organisations: those that signed are of members, the others of the rest."""
    made = Requests(persons=list(_persons(coordinator, max(1, len(organisations) // SHARE // 3), random)))
    inside = iter([organisation for organisation in organisations if organisation.member_since])
    outside = iter([organisation for organisation in organisations if not organisation.member_since])
    paths, shares = list(_PATHS), list(_PATHS.values())
    for number in range(1, len(organisations) // SHARE + 1):
        path = _WAITING if number <= PAGEFUL else random.choices(paths, shares)[0]
        about = next(inside if path[-1:] == ("sign",) else outside)
        request = _request(number, about, path, random)
        request.applicant = random.choice(made.persons)
        request.examiner = coordinator if "examine" in path else None
        made.requests.append(request)
        made.entries += _story(request, path, random)
    return made


def _persons(coordinator: Person, count: int, random: Random) -> Iterator[Person]:
    for number in range(1, count + 1):
        yield Person(
            id=coordinator.pk + number,
            email=f"richiedente-{number}@example.org",
            full_name=names.person(random),
            password="!",
        )


def _request(number: int, about: Organisation, path: Sequence[str], random: Random) -> AccessionRequest:
    state = _TARGETS[path[-1]] if path else State.DRAFT
    ended = state in (State.SIGNED, State.REFUSED, State.WITHDRAWN, State.CEASED)
    changed_at = clock.now() - (_OLD if ended else _RECENT / 2) * random.random()
    application = _application(about, random)
    return AccessionRequest(
        id=number,
        network_id=about.network_id,
        number=number,
        state=state,
        state_since=changed_at,
        standing=application.standing,
        organisation=about if {"admit"} & {*path} else None,
        answers=_answers(application),
        application=application.to_json() if path else None,
        name=about.name,
        search_name=about.search_name,
        core_name=about.core_name,
        tax_code=about.tax_code,
        kind=about.kind,
        municipality=about.municipality,
        priorities=about.priorities,
        submitted_at=changed_at - timedelta(days=5 * (len(path) - 1)) if path else None,
        created_at=changed_at - timedelta(days=5 * len(path)),
        changed_at=changed_at,
    )


def _application(about: Organisation, random: Random) -> Application:
    who = names.person(random)
    return Application(
        name=about.name,
        kind=about.kind,
        tax_code=about.tax_code,
        municipality=about.municipality.istat_code,
        legal_form=about.legal_form,
        headcount=about.headcount,
        website=about.website,
        email=about.email,
        territory=about.territory,
        experience_kinds=tuple(about.experience_kinds),
        experience=about.experience,
        description=about.description,
        aims=about.aims,
        priorities=tuple(about.priorities),
        contact_name=who,
        contact_email=about.email,
        representative_name=who,
        published=tuple(about.published),
        privacy_accepted=True,
    )


def _answers(application: Application) -> dict[str, dict[str, object]]:
    """As the wizard keeps them: enough of them to be as long as real ones."""
    return {
        Step.ORGANISATION: {"name": application.name, "kind": application.kind, "tax_code": application.tax_code},
        Step.TERRITORY: {"territory": application.territory, "experience": application.experience},
        Step.AIMS: {"description": application.description, "aims": application.aims},
        Step.PEOPLE: {"contact_name": application.contact_name, "contact_email": application.contact_email},
    }


def _story(request: AccessionRequest, path: Sequence[str], random: Random) -> Iterator[RequestEntry]:
    """A line for each move, five days apart, and now and then a note; sets the term of the request."""
    moves: list[Move] = []
    for number, transition in enumerate(path):
        at: datetime = request.changed_at - timedelta(days=5 * (len(path) - 1 - number))
        moves.append(Move(_TARGETS[transition], at))
        person = request.examiner if transition in _BY_AGENCY else request.applicant
        yield RequestEntry(
            request=request, at=at, kind=EntryKind.MOVE, transition=transition, state=moves[-1].state, person=person
        )
        if transition == "examine" and random.random() < 0.5:
            text = names.told(random)
            yield RequestEntry(request=request, at=at, kind=EntryKind.NOTE, person=person, text=text, internal=True)
    request.due_on = due_on(moves)
