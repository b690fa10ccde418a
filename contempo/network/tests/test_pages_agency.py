"""What coordinators see and do: the queue, the page of a request, the decisions."""

import csv
import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from contempo.core.clock import now, today
from contempo.core.testing import At, Budget
from contempo.network.actions.accession.decisions import add_note, examine
from contempo.network.actions.accession.drafts import attach, upload_signed_copy
from contempo.network.models import AccessionRequest
from contempo.network.queries.examinations import examination, request_history
from contempo.network.queries.requests import queue
from contempo.network.rules.accession import State
from contempo.network.rules.organisations import OrganisationKind, Priority
from contempo.network.tests.factories import SESTO, World, pdf
from contempo.people.models import Person

QUEUE = "/milano/agenzia/adesioni/"


def page(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    """The page at `path`, which must answer with `status`."""
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, path: str, **values: object) -> BeautifulSoup:
    """The page one lands on after sending `values` to `path`."""
    response = client.post(path, values, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(shown: BeautifulSoup) -> list[str]:
    """The organisations in the table of a page, in order."""
    return [cell.get_text(strip=True) for cell in shown.select("table.rows tbody th")]


def tabs(shown: BeautifulSoup) -> dict[str, int]:
    """The parts of the queue with their counts."""
    links = shown.select(".tabs a")
    return {link.find(string=True).strip(): int(link.select_one(".tab-count").text) for link in links}


def buttons(shown: BeautifulSoup) -> set[str]:
    """What can be done from the top of the page of a request."""
    found = shown.select(".state-panel .button-row .btn")
    return {each.get_text(strip=True) for each in found}


def here(request: AccessionRequest) -> str:
    """Address of the page on which a request is examined."""
    return f"{QUEUE}{request.number}/"


def page_after(client: Client, path: str) -> BeautifulSoup:
    """The page one is led to from `path`."""
    return BeautifulSoup(client.get(path, follow=True).content, "html.parser")


@pytest.fixture
def marta(client: Client, world: World) -> Client:
    """The browser of Marta, who coordinates Milan."""
    client.force_login(world.marta)
    return client


def browser(person: Person) -> Client:
    """The browser of somebody else."""
    client = Client()
    client.force_login(person)
    return client


def test_the_queue_opens_on_what_awaits_an_answer_by_its_term(marta: Client, world: World, at: At) -> None:
    at("2026-11-20T09:00")
    world.request(State.ADMITTED, name="Ammessa")
    at("2026-11-21T09:00")
    world.request(name="Seconda", kind=OrganisationKind.SCHOOL, municipality=SESTO)
    at("2026-10-01T09:00")
    world.request(State.IN_EXAMINATION, name="Prima")
    at("2026-11-25T09:00")
    shown = page(marta, QUEUE)
    assert rows(shown) == ["Prima", "Seconda"]
    first, second = shown.select("table.rows tbody tr")
    assert "In ritardo" in first.text
    assert "31 ottobre 2026" in first.text
    assert "Marta Colnaghi" in first.text
    assert "In ritardo" not in second.text
    assert "Sesto San Giovanni" in second.text
    assert "Scuola" in second.text


def test_every_part_of_the_queue_says_how_many_it_holds_and_holds_them(marta: Client, world: World) -> None:
    for state in (*State, State.REFUSED, State.ADMITTED):
        world.request(state)
    copy = world.request(State.ADMITTED, name="Con copia")
    upload_signed_copy(world.actor(world.ivo), request_id=copy.id, upload=pdf())
    shown = page(marta, QUEUE)
    assert sum(tabs(shown).values()) == 2 * AccessionRequest.objects.exclude(state=State.DRAFT).count()
    for link in shown.select(".tabs a"):
        inside = page(marta, f"{QUEUE}{link['href'].removeprefix(QUEUE)}")
        assert len(rows(inside)) == int(link.select_one(".tab-count").text), link.text
    assert rows(page(marta, f"{QUEUE}?stato=copie")) == ["Con copia"]
    assert "Con copia" not in rows(page(marta, f"{QUEUE}?stato=da-firmare"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cerca=nido", ["Nido Girasole"]),
        ("cerca=giras nid", ["Nido Girasole"]),
        ("cerca=2", ["Forno Aurora"]),
        ("cerca=%232", ["Forno Aurora"]),
        ("cerca=99999999999", []),
        ("tipo=social_cooperative", ["Nido Girasole"]),
        ("priorita=public_private_care", ["Nido Girasole"]),
        ("esame=io", ["Forno Aurora"]),
        ("esame=nessuno", ["Nido Girasole"]),
        ("quando=scadute", []),
        ("quando=in-scadenza", []),
        ("quando=mosse", ["Nido Girasole", "Forno Aurora"]),
        ("stato=tutte&quando=ferme", []),
        ("ordina=name", ["Forno Aurora", "Nido Girasole"]),
        ("ordina=-number", ["Forno Aurora", "Nido Girasole"]),
        ("ordina=applicant__password", ["Nido Girasole", "Forno Aurora"]),
        ("tipo=sconosciuto&stato=inventato", ["Nido Girasole", "Forno Aurora"]),
    ],
)
def test_filters_and_orders_of_the_queue(marta: Client, world: World, query: str, found: list[str]) -> None:
    care = [Priority.CARE_SERVICES]
    world.request(name="Nido Girasole", kind=OrganisationKind.SOCIAL_COOPERATIVE, priorities=tuple(care))
    world.request(State.IN_EXAMINATION, name="Forno Aurora")
    shown = page(marta, f"{QUEUE}?{query}")
    assert rows(shown) == found
    assert shown.select_one(".list-count").get_text().split()[0] == str(len(found))


def test_a_filter_stays_in_its_part_of_the_queue(marta: Client, world: World) -> None:
    world.request(State.REFUSED, name="Nido Girasole")
    world.request(name="Nido Tulipano")
    shown = page(marta, f"{QUEUE}?stato=rifiutate&cerca=nido")
    assert rows(shown) == ["Nido Girasole"]
    assert shown.select_one("form.filters input[name=stato]")["value"] == "rifiutate"
    assert "stato=rifiutate" in shown.select_one(".chips a.chips-clear")["href"]


def test_the_file_holds_the_rows_of_the_list(marta: Client, world: World) -> None:
    request = world.request(name="=Forno")
    response = marta.get(f"{QUEUE}?formato=csv")
    head, row = csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    told = dict(zip(head, row, strict=True))
    assert told["Organizzazione"] == "'=Forno"
    assert told["Numero"] == str(request.number)
    assert marta.get(f"{QUEUE}?formato=xlsx").status_code == 200


def test_the_queue_costs_the_same_with_two_requests_and_with_many(world: World, budget: Budget) -> None:
    marta = world.actor(world.marta)
    for _each in range(2):
        world.request()
    with budget("queue"):
        queue(marta, network="milano", params=QueryDict(), now=now())
    first = AccessionRequest.objects.exclude(state=State.DRAFT).first()
    many = [
        AccessionRequest(
            network=world.milano,
            number=100 + number,
            state=State.SUBMITTED,
            state_since=first.state_since,
            submitted_at=first.submitted_at,
            due_on=first.due_on,
            created_at=first.created_at,
            changed_at=first.changed_at,
            name=f"Impresa {number}",
            search_name=f"impresa {number}",
            application=first.application,
            municipality=first.municipality,
            examiner=world.giulio,
        )
        for number in range(1000)
    ]
    AccessionRequest.objects.bulk_create(many)
    with budget("queue"):
        shown = queue(marta, network="milano", params=QueryDict(), now=now())
    assert shown.page.total == 1002
    with budget("queue by name"):
        queue(marta, network="milano", params=QueryDict("cerca=impresa"), now=now())


def test_observers_and_the_steering_group_read_without_deciding(world: World) -> None:
    request = world.request(State.IN_EXAMINATION)
    add_note(world.actor(world.marta), request_id=request.id, text="Da sentire.")
    for who in (world.elena, world.renato):
        reader = browser(who)
        assert rows(page(reader, QUEUE)) == [request.name]
        shown = page(reader, here(request))
        assert not buttons(shown)
        for hidden in ("Da sentire.", "ivo.ferri@example.org", "Ivo Ferri", "Documenti"):
            assert hidden not in shown.select_one("main").text
        for step in ("esamina", "ammetti", "sollecita", "conferma", "note", "rifiuta", "modifiche"):
            assert reader.post(f"{here(request)}{step}/", {"reason": "Una ragione lunga."}).status_code == 403
    assert AccessionRequest.objects.get(id=request.id).state == State.IN_EXAMINATION


def test_strangers_are_refused_with_the_reason_and_visitors_asked_to_sign_in(client: Client, world: World) -> None:
    request = world.request()
    assert "Agenzia" in page(browser(world.ivo), QUEUE, 403).select_one("main").text
    page(browser(world.davide), here(request), 403)
    page(browser(world.marta), f"{QUEUE}999/", 404)
    answer = client.get(here(request))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"next={here(request)}")


def test_documents_are_served_to_coordinators_alone(marta: Client, world: World) -> None:
    draft = world.draft()
    note = SimpleUploadedFile("statuto.txt", b"Statuto.", content_type="text/plain")
    attachment = attach(world.actor(world.ivo), request_id=draft.id, secret="", upload=note)
    AccessionRequest.objects.filter(id=draft.id).update(
        number=77, state=State.SUBMITTED, submitted_at=now(), application={}
    )
    request, other = AccessionRequest.objects.get(id=draft.id), world.request()
    path = f"{here(request)}documenti/{attachment.key}/"
    assert "attachment" in marta.get(path)["Content-Disposition"]
    assert marta.get(f"{here(other)}documenti/{attachment.key}/").status_code == 404
    assert browser(world.elena).get(path).status_code == 403
    assert browser(world.davide).get(path).status_code == 403


def test_the_page_of_a_request_costs_the_same_whatever_its_story(world: World, budget: Budget) -> None:
    marta = world.actor(world.marta)
    request = world.request()
    with budget("request examined"):
        examination(marta, network="milano", number=request.number, today=today())
    examine(marta, request_id=request.id)
    for _each in range(30):
        add_note(marta, request_id=request.id, text="Altra telefonata.")
    with budget("request examined"):
        shown = examination(marta, network="milano", number=request.number, today=date(2020, 1, 1))
    assert shown is not None
    assert shown.days_left == (request.due_on - date(2020, 1, 1)).days
    with budget("history of a request"):
        request_history(marta, number=request.number)


def test_the_history_tells_who_changed_what(marta: Client, world: World) -> None:
    request = world.request(State.ADMITTED, name="Panificio Aurora")
    told = page(marta, f"{here(request)}storia/").select_one("ol.history").text
    for sentence in (
        "Richiesta inviata",
        "Marta Colnaghi",
        "Ivo Ferri",
        "Panificio Aurora",
        "Un nido vicino al forno.",
    ):
        assert sentence in told
    read = page(browser(world.elena), f"{here(request)}storia/").select_one("ol.history").text
    assert "Marta Colnaghi" in read
    assert "Ivo Ferri" not in read
    assert "ivo.ferri@example.org" not in read


def test_an_answer_due_tomorrow_says_so(marta: Client, world: World, at: At) -> None:
    request = world.request()
    at(f"{request.due_on - timedelta(days=1)}T09:00")
    assert "domani" in page(marta, here(request)).select_one(".state-next").text
    at(f"{request.due_on}T09:00")
    assert "oggi" in page(marta, here(request)).select_one(".state-next").text
