"""Questions invented in bulk, in every state and with every count, for the tests of figures."""

from datetime import datetime, timedelta
from random import Random

from contempo.core.clock import ROME
from contempo.helpdesk.models import Deflection, Entry, Question, SearchMiss
from contempo.helpdesk.rules.asking import Capacity, Channel
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.topics import Topic
from contempo.network.models import Network
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO
from contempo.people.models import Person

TOPICS = (Topic.AGILE_WORK, Topic.HOURLY_LEAVE, Topic.CHILDCARE, Topic.OTHER)
PLACES = (MILANO, BERGAMO, SESTO, None)
SECTORS = ("C", "G", "R", "")
FIRST = datetime(2025, 1, 1, 0, 30, tzinfo=ROME)
DAYS = 600
_WAITING = (State.OPEN, State.TAKEN, State.AWAITING_DETAILS)
_ANSWERED = (State.ANSWERED, State.CLOSED)
_STATES = (*_WAITING, *[*_ANSWERED] * 4, State.WITHDRAWN, State.DEFLECTED, State.OUT_OF_SCOPE)


def invented(
    network: Network, random: Random, number: int, *, asker: Person, experts: list[Person], days: int = DAYS
) -> Question:
    """A question not yet saved, plausible in its counts; `number` must be new in the network."""
    received = FIRST + timedelta(minutes=random.randrange(days * 24 * 60))
    state = random.choice(_STATES)
    answered = state in _ANSWERED
    minutes = random.choice([0, 90, 600, 2879, 2880, 2881, 4000]) if answered else None
    late = not answered and random.random() < 0.2
    at = received + timedelta(minutes=minutes or 0)
    pauses = random.choice([0, 0, 0, 1, 2])
    return Question(
        network=network,
        number=number,
        state=state,
        state_since=at,
        channel=random.choice([*Channel]),
        topic=random.choice(TOPICS),
        capacity=random.choice([*Capacity]),
        subject=f"Domanda {number}",
        search_text="congedo a ore",
        municipality_id=random.choice(PLACES),
        sector=random.choice(SECTORS),
        asker=asker,
        holder=random.choice(experts) if answered or state == State.TAKEN else None,
        lease_until=at if state == State.TAKEN else None,
        received_at=received,
        due_at=received + timedelta(hours=48),
        answered_at=at if answered else None,
        first_answered_at=at if answered else None,
        minutes_to_answer=minutes,
        within=(minutes or 0) <= 48 * 60 if answered else (False if late else None),
        pauses=pauses,
        paused_minutes=pauses * 300,
        reopenings=random.choice([0, 0, 0, 1, 3]) if answered else 0,
        rating=random.choice([None, 1, 3, 4, 5]) if answered else None,
    )


def entry_of(network: Network) -> Entry:
    """An entry of the catalogue of a network, by which questions can have been answered."""
    return Entry.objects.create(network=network, number=1, slug="voce", state_since=FIRST)


def of_the_catalogue(entry: Entry, random: Random, times: int) -> None:
    """So many questions the catalogue answered, and as many searches that found nothing, each on a day of its own."""
    days = [FIRST + timedelta(days=random.randrange(DAYS)) for _time in range(times)]
    Deflection.objects.bulk_create(
        Deflection(
            network_id=entry.network_id,
            at=at,
            entry=entry,
            topic=random.choice(TOPICS),
            municipality_id=random.choice(PLACES),
            sector=random.choice(SECTORS),
            channel=Channel.WEB,
            language="it",
        )
        for at in days
    )
    SearchMiss.objects.bulk_create(
        SearchMiss(network_id=entry.network_id, at=at, language="it", text="asilo nido", key="asilo nido")
        for at in days
    )
