"""What the network context puts on the desk of each person, and that each card leads to what it counts."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.core.clock import now
from contempo.core.testing import At, Budget
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.models import Organisation
from contempo.network.queries.desk import cards
from contempo.network.rules.accession import State
from contempo.network.tests.factories import World, pdf
from contempo.people.models import Person
from contempo.people.public import Actor, DeskCard


def desk(world: World, who: Person) -> list[DeskCard]:
    """The cards of somebody in Milan, in the order of the desk."""
    return sorted(cards(world.actor(who), now()), key=lambda card: card.order)


def titles(world: World, who: Person, kind: str = "decide") -> list[str]:
    """What the cards of one kind say."""
    return [str(card.title) for card in desk(world, who) if card.kind == kind]


def test_a_visitor_and_a_stranger_find_nothing(world: World) -> None:
    world.request()
    assert list(cards(Actor(), now())) == []
    assert titles(world, world.davide) == []


def test_the_nearest_requests_are_one_tap_away_with_their_day(world: World, at: At) -> None:
    for day in (20, 21, 22, 23):
        at(f"2026-10-{day}T10:00")
        world.request(name=f"Impresa {day}")
    at("2026-11-20T10:00")
    first, second, third, all_of_them = (card for card in desk(world, world.marta) if card.kind == "decide")
    assert str(first.title) == "“Impresa 20” aspetta una risposta"
    assert first.url == "/milano/agenzia/adesioni/1/"
    assert [card.due_at.strftime("%Y-%m-%d") for card in (first, second, third)] == [
        "2026-11-19",
        "2026-11-20",
        "2026-11-21",
    ]
    assert [card.tone for card in (first, second, third)] == ["danger", "warning", "warning"]
    assert (str(all_of_them.title), all_of_them.count) == ("Tutte le richieste da decidere", 4)


def test_every_count_is_the_length_of_the_list_it_opens(client: Client, world: World, at: At) -> None:
    at("2026-09-01T10:00")
    for state in (State.SUBMITTED,) * 4 + (State.CHANGES_ASKED, State.ADMITTED, State.REFUSED):
        world.request(state)
    at("2026-11-18T10:00")
    copy = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=copy.id, upload=pdf())
    client.force_login(world.marta)
    counted = [card for card in desk(world, world.marta) if card.count]
    assert {str(card.title): card.count for card in counted} == {
        "Tutte le richieste da decidere": 4,
        "Risposte in ritardo": 4,
        "Copie firmate da confermare": 1,
        "Richieste ferme da trenta giorni": 2,
        "Richieste cambiate negli ultimi sette giorni": 1,
    }
    for card in counted:
        shown = BeautifulSoup(client.get(card.url).content, "html.parser")
        assert len(shown.select("table.rows tbody tr")) == card.count, card.title


def test_observers_read_what_changed_and_decide_nothing(world: World) -> None:
    world.request()
    assert titles(world, world.elena) == []
    assert titles(world, world.elena, "changed") == ["Richieste cambiate negli ultimi sette giorni"]


@pytest.mark.parametrize(
    ("state", "kind", "said"),
    [
        (State.DRAFT, "decide", "Continua la richiesta di la tua organizzazione"),
        (State.SUBMITTED, "changed", "Panificio Aurora: l’Agenzia risponde entro"),
        (State.CHANGES_ASKED, "decide", "Panificio Aurora: l’Agenzia chiede modifiche"),
        (State.ADMITTED, "decide", "Panificio Aurora: richiesta ammessa, firma l’accordo"),
    ],
)
def test_applicants_find_their_next_step(world: World, state: State, kind: str, said: str) -> None:
    world.request(state)
    [told] = titles(world, world.ivo, kind)
    assert told.startswith(said)


@pytest.mark.parametrize("state", [State.SIGNED, State.REFUSED, State.WITHDRAWN, State.CEASED])
def test_a_request_that_has_ended_asks_for_nothing(world: World, state: State) -> None:
    request = world.request(state)
    Organisation.objects.filter(id=request.organisation_id).update(description="Pane e dolci.")
    assert titles(world, world.ivo) == []


def test_a_signed_copy_handed_in_leaves_nothing_to_do(world: World) -> None:
    request = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    assert titles(world, world.ivo) == []
    assert titles(world, world.ivo, "changed") == ["Panificio Aurora: l’Agenzia controlla la copia firmata"]


def test_who_keeps_the_record_is_asked_to_tell_of_the_organisation(world: World) -> None:
    said = "Comune di Milano: scegli che cosa racconta la pagina pubblica"
    assert titles(world, world.chiara) == titles(world, world.omar) == [said]
    assert titles(world, world.paolo) == []
    assert titles(world, world.paolo, "shortcut") == ["Scheda di Comune di Milano"]
    Organisation.objects.filter(id=world.comune.id).update(description="Servizi per la città.")
    assert titles(world, world.chiara) == []


def test_the_desk_costs_the_same_whatever_awaits(world: World, budget: Budget) -> None:
    for _each in range(2):
        for state in (State.SUBMITTED, State.CHANGES_ASKED, State.ADMITTED):
            world.request(state)
        marta, ivo = world.actor(world.marta), world.actor(world.ivo)
        with budget("desk of a coordinator"):
            list(cards(marta, now()))
        with budget("desk of an applicant"):
            list(cards(ivo, now()))
