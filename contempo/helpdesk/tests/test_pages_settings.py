"""The settings of the desk as coordinators and experts use them."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.core.testing import At
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.clock import check_question, questions_to_check
from contempo.helpdesk.actions.experts import add_absence, erase_former_experts, set_expert
from contempo.helpdesk.models import Absence, DeskPolicy, Expert, Promise, Question
from contempo.helpdesk.queries.personal import personal_data
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import Desk
from contempo.network.tests.factories import MILANO
from contempo.people.models import Person, RoleGrant
from contempo.people.public import SYSTEM, end_role

POLICY, EXPERTS, MINE = "/milano/agenzia/sportello/", "/milano/agenzia/sportello/esperti/", "/milano/esperti/profilo/"
PROMISE = {
    "promised": "working",
    "elapsed_hours": "24",
    "day_0": "9-13, 14.30-18",
    "day_2": "9:00–13:00",
    "municipality": "Milano",
    "max_pauses": "2",
    "pause_days": "4",
    "lease_minutes": "30",
    "mail_address": "Sportello@example.org",
}


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, url: str, **fields: object) -> BeautifulSoup | str:
    """The page that comes back, or where one is sent to."""
    response = client.post(url, fields)
    if response.status_code == 302:
        return urlsplit(response["Location"]).path
    return BeautifulSoup(response.content, "html.parser")


def errors(page: BeautifulSoup) -> str:
    return " ".join(page.select_one(".error-summary, .alert-danger, [role=alert]").get_text(" ").split())


def typed(page: BeautifulSoup, name: str) -> str:
    control = page.select_one(f"[name={name}]")
    return control.text.strip() if control.name == "textarea" else control.get("value", "")


def test_the_coordinator_changes_the_promise_and_finds_it_again(desk: Desk) -> None:
    client = as_(desk.world.marta)
    page = seen(client, POLICY)
    assert (typed(page, "elapsed_hours"), typed(page, "day_0")) == ("48", "09:00-13:00, 14:00-18:00")
    assert sent(client, POLICY, **PROMISE) == POLICY
    row = DeskPolicy.objects.get(network_id=desk.network_id)
    assert (row.promised, row.elapsed_hours, row.municipality_id) == ("working", 24, MILANO)
    assert row.windows == [[0, "09:00", "13:00"], [0, "14:30", "18:00"], [2, "09:00", "13:00"]]
    assert row.mail_address == "sportello@example.org"
    page = seen(client, POLICY)
    assert typed(page, "day_0") == "09:00-13:00, 14:30-18:00"
    assert typed(page, "municipality") == "Milano (MI)"


def test_saving_the_promise_does_not_start_the_numbers_of_questions_again(desk: Desk) -> None:
    desk.question()
    sent(as_(desk.world.marta), POLICY, **PROMISE)
    assert desk.question().number == 2


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("day_0", "nove-tredici", "9:00-13:00"),
        ("day_0", "13-9", "9:00-13:00"),
        ("day_0", "9-13, 12-18", "9:00-13:00"),
        ("day_0", "9-25", "9:00-13:00"),
        ("elapsed_hours", "0", "tra 1 e 720"),
        ("max_pauses", "11", "tra 0 e 10"),
        ("pause_days", "31", "tra 1 e 30"),
        ("lease_minutes", "1", "tra 5 e 480"),
        ("municipality", "Paperopoli", "comune"),
        ("mail_address", "sportello", "@"),
    ],
)
def test_what_no_desk_could_keep_is_told_beside_its_field_and_changes_nothing(
    desk: Desk, field: str, wrong: str, said: str
) -> None:
    page = sent(as_(desk.world.marta), POLICY, **{**PROMISE, field: wrong})
    assert said in page.select_one(f"#id_{field}_error, #error-{field}, [id*='{field}'][id*=error]").get_text()
    assert typed(page, field) == wrong
    assert not DeskPolicy.objects.filter(promised="working").exists()


def test_a_desk_that_is_never_open_is_refused(desk: Desk) -> None:
    page = sent(as_(desk.world.marta), POLICY, **{**PROMISE, "day_0": "", "day_2": ""})
    assert "aperto" in page.get_text()
    assert not DeskPolicy.objects.filter(promised="working").exists()


def test_two_desks_do_not_share_an_address(desk: Desk) -> None:
    DeskPolicy.objects.create(network=desk.world.bergamo, mail_address="sportello@example.org")
    page = sent(as_(desk.world.marta), POLICY, **PROMISE)
    assert "un’altra rete" in page.get_text()


def test_the_list_shows_every_expert_with_the_load_also_those_nobody_described(desk: Desk) -> None:
    Expert.objects.create(network_id=desk.network_id, person=desk.tullio, topics=[Topic.WELFARE], capacity=3)
    for _number in range(2):
        desk.question(topic=Topic.WELFARE)
    page = seen(as_(desk.world.marta), EXPERTS)
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")][:3] for row in page.select("tbody tr")]
    assert rows == [["Nadia Ferrante", "0", "5"], ["Tullio Sala", "2", "3"]]


def test_the_list_is_narrowed_ordered_and_saved_as_a_file(desk: Desk) -> None:
    Expert.objects.create(network_id=desk.network_id, person=desk.tullio, topics=[Topic.WELFARE], languages=["en"])
    client = as_(desk.world.marta)

    def names(query: str) -> list[str]:
        return [each.get_text(strip=True) for each in seen(client, f"{EXPERTS}?{query}").select("tbody th")]

    assert names("ordina=-name") == ["Tullio Sala", "Nadia Ferrante"]
    assert names("cerca=sala") == ["Tullio Sala"]
    assert names("argomento=childcare") == ["Nadia Ferrante"]
    assert names("argomento=welfare") == ["Nadia Ferrante", "Tullio Sala"]
    assert names("lingua=en") == ["Tullio Sala"]
    assert names("argomento=nonsense&ordina=password") == ["Nadia Ferrante", "Tullio Sala"]
    file = b"".join(client.get(f"{EXPERTS}?formato=csv&cerca=nadia").streaming_content).decode("utf-8-sig")
    assert [line.split(";")[0] for line in file.splitlines()] == ["Nome", "Nadia Ferrante"]


def test_the_list_asks_as_many_statements_for_many_experts_as_for_few(desk: Desk, django_assert_num_queries) -> None:
    client = as_(desk.world.marta)
    seen(client, EXPERTS)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from contempo.people.public import NetworkRole
    from contempo.people.tests.factories import person

    with CaptureQueriesContext(connection) as few:
        seen(client, EXPERTS)
    for number in range(12):
        one = person("Esperta", f"Numero{number}", (NetworkRole.EXPERT, desk.network_id, None))
        Expert.objects.create(network_id=desk.network_id, person=one, municipalities=[MILANO])
    with CaptureQueriesContext(connection) as many:
        seen(client, EXPERTS)
    assert len(many) <= len(few) + 2


def test_the_coordinator_describes_an_expert(desk: Desk) -> None:
    client, url = as_(desk.world.marta), f"{EXPERTS}{desk.nadia.pk}/"
    fields = {
        "topics": [Topic.HOURLY_LEAVE, Topic.MATERNITY],
        "municipalities": "Milano\nsesto san giovanni",
        "languages": ["it", "en"],
        "day_1": "9-12",
        "capacity": "7",
        "senior": "on",
    }
    assert sent(client, url, **fields) == EXPERTS
    row = Expert.objects.get(person=desk.nadia)
    assert (row.topics, row.municipalities) == (["hourly_leave", "maternity"], ["015146", "015209"])
    assert (row.languages, row.windows, row.capacity, row.senior) == (["it", "en"], [[1, "09:00", "12:00"]], 7, True)
    page = seen(client, url)
    assert typed(page, "municipalities").splitlines() == ["Milano (MI)", "Sesto San Giovanni (MI)"]
    assert typed(page, "day_1") == "09:00-12:00"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("capacity", "0"), ("capacity", "molte"), ("municipalities", "Paperopoli"), ("languages", ""), ("topics", "xx")],
)
def test_what_cannot_be_is_refused_and_the_expert_stays_as_before(desk: Desk, field: str, wrong: str) -> None:
    good = {"languages": ["it"], "capacity": "5"}
    page = sent(as_(desk.world.marta), f"{EXPERTS}{desk.nadia.pk}/", **{**good, field: wrong})
    assert isinstance(page, BeautifulSoup)
    assert not Expert.objects.filter(person=desk.nadia).exists()


def test_somebody_who_is_no_expert_has_no_page(desk: Desk) -> None:
    client = as_(desk.world.marta)
    assert client.get(f"{EXPERTS}{desk.sara.pk}/").status_code == 404
    assert client.get(f"{EXPERTS}999999/").status_code == 404
    with pytest.raises(Refusal):
        set_expert(
            desk.actor(desk.world.marta),
            person_id=desk.sara.pk,
            topics=[],
            municipalities=[],
            languages=["it"],
            windows=(),
            capacity=5,
            senior=False,
        )


def test_an_expert_writes_the_own_hours_and_chooses_to_sign(desk: Desk) -> None:
    client = as_(desk.nadia)
    seen(client, MINE)
    assert sent(client, MINE, day_4="10-12", shows_name="on") == MINE
    row = Expert.objects.get(person=desk.nadia)
    assert (row.windows, row.shows_name) == ([[4, "10:00", "12:00"]], True)
    assert seen(client, MINE).select_one("[name=shows_name]").has_attr("checked")


def test_the_coordinator_cannot_make_an_expert_sign(desk: Desk) -> None:
    url = f"{EXPERTS}{desk.nadia.pk}/"
    sent(as_(desk.world.marta), url, languages=["it"], capacity="5", shows_name="on")
    assert Expert.objects.get(person=desk.nadia).shows_name is False


def test_an_expert_writes_days_away_and_takes_them_back(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    client = as_(desk.nadia)
    assert sent(client, f"{MINE}assenze/", since="2026-11-20", until="2026-11-27") == MINE
    away = Absence.objects.get()
    assert (away.since, away.until) == (date(2026, 11, 20), date(2026, 11, 27))
    page = seen(client, MINE)
    assert "20 novembre 2026" in page.get_text()
    assert sent(client, f"{MINE}assenze/{away.pk}/elimina/") == MINE
    assert not Absence.objects.exists()


def test_the_coordinator_writes_them_for_an_expert(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    client, url = as_(desk.world.marta), f"{EXPERTS}{desk.nadia.pk}/"
    assert sent(client, f"{url}assenze/", since="2026-11-16", until="2026-11-27") == url
    assert "27 novembre 2026" in seen(client, EXPERTS).get_text()
    assert desk.question().proposed_to == desk.tullio


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20", "2026-11-19"),
        ("2026-11-01", "2026-11-16"),
        ("2026-11-20", "2030-01-01"),
        ("", "2026-11-20"),
        ("ieri", "domani"),
    ],
)
def test_days_that_cannot_be_are_refused(desk: Desk, at: At, since: str, until: str) -> None:
    at("2026-11-16T10:00")
    page = sent(as_(desk.nadia), f"{MINE}assenze/", since=since, until=until)
    assert isinstance(page, BeautifulSoup)
    assert not Absence.objects.exists()


def test_two_absences_do_not_overlap(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    nadia = desk.actor(desk.nadia)
    add_absence(nadia, person_id=desk.nadia.pk, since=date(2026, 11, 20), until=date(2026, 11, 27))
    with pytest.raises(Refusal) as refused:
        add_absence(nadia, person_id=desk.nadia.pk, since=date(2026, 11, 26), until=date(2026, 11, 28))
    assert refused.value.field == "since"
    add_absence(nadia, person_id=desk.nadia.pk, since=date(2026, 11, 27), until=date(2026, 11, 28))


def test_one_expert_does_not_write_the_absences_of_another(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    away = {"since": date(2026, 11, 20), "until": date(2026, 11, 27)}
    with pytest.raises(NotPermitted):
        add_absence(desk.actor(desk.tullio), person_id=desk.nadia.pk, **away)
    absence = add_absence(desk.actor(desk.nadia), person_id=desk.nadia.pk, **away)
    assert as_(desk.tullio).post(f"{MINE}assenze/{absence.pk}/elimina/").status_code == 302
    assert Absence.objects.filter(pk=absence.pk).exists()


def late(desk: Desk, at: At) -> Question:
    at("2026-11-16T10:00")
    question = desk.taken()
    at("2026-11-18T10:00")
    for number in questions_to_check():
        check_question(SYSTEM, question_id=number)
    return question


def test_the_reason_of_a_delay_is_written_once_and_read_afterwards(desk: Desk, at: At) -> None:
    question = late(desk, at)
    url = f"/milano/esperti/domande/{question.number}/ritardo/"
    client = as_(desk.nadia)
    assert "mercoledì 18 novembre 2026 alle 10:00" in seen(client, url).get_text()
    page = sent(client, url, reason="tardi")
    assert typed(page, "reason") == "tardi"
    assert sent(client, url, reason="Ero in trasferta e nessuno mi ha sostituita.") == url
    page = seen(as_(desk.world.marta), url)
    assert "Ero in trasferta" in page.get_text()
    assert "Nadia Ferrante" in page.get_text()
    assert page.select_one("[name=reason]") is None
    assert Promise.objects.get().breach_explained_by == desk.nadia


def test_a_question_in_time_has_no_page_of_its_delay(desk: Desk) -> None:
    question = desk.question()
    assert as_(desk.nadia).get(f"/milano/esperti/domande/{question.number}/ritardo/").status_code == 404


def test_only_the_desk_opens_these_pages(desk: Desk) -> None:
    for somebody in (desk.sara, desk.world.elena, desk.world.renato, desk.world.chiara):
        client = as_(somebody)
        for url in (POLICY, EXPERTS, f"{EXPERTS}{desk.nadia.pk}/", MINE):
            assert client.get(url).status_code in (403, 404), url
    expert = as_(desk.nadia)
    for url in (POLICY, EXPERTS, f"{EXPERTS}{desk.nadia.pk}/", f"{EXPERTS}{desk.tullio.pk}/assenze/"):
        assert expert.get(url).status_code == 403


def test_what_was_known_of_an_expert_goes_with_the_role(desk: Desk, at: At) -> None:
    at("2127-01-11T10:00")
    for who in (desk.nadia, desk.tullio):
        add_absence(desk.actor(who), person_id=who.pk, since=date(2127, 1, 20), until=date(2127, 1, 27))
    held = next(row for row in RoleGrant.objects.filter(person=desk.nadia))
    end_role(desk.actor(desk.world.marta), grant_id=held.pk)
    assert (erase_former_experts(SYSTEM), erase_former_experts(SYSTEM)) == (1, 0)
    assert [row.person for row in Expert.objects.all()] == [desk.tullio]
    with pytest.raises(NotPermitted):
        erase_former_experts(desk.actor(desk.world.marta))


def test_an_expert_downloads_what_the_desk_knows_of_them(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    add_absence(desk.actor(desk.nadia), person_id=desk.nadia.pk, since=date(2026, 11, 20), until=date(2026, 11, 27))
    (profile,) = personal_data(desk.nadia.pk)["expert_profiles"]
    assert (profile["network"], profile["languages"]) == ("Rete di Milano", ["it"])
    assert profile["absences"] == [{"since": date(2026, 11, 20), "until": date(2026, 11, 27)}]
    assert personal_data(desk.sara.pk)["expert_profiles"] == []
