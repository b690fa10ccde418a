"""The lists of the desk: which questions are on which part, what filters leave, and that the counts are true."""

from datetime import timedelta

import pytest
from django.test import Client

from contempo.helpdesk.actions.answer_files import attach_to_answer
from contempo.helpdesk.actions.answering import save_answer_draft, send_answer
from contempo.helpdesk.actions.asker import add_to_question, rate
from contempo.helpdesk.actions.clock import check_question
from contempo.helpdesk.actions.templates import keep_template
from contempo.helpdesk.models import DeskTally, Question, SavedFilter
from contempo.helpdesk.queries import desk as lists
from contempo.helpdesk.rules.asking import Capacity, Channel
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import ANSWER
from contempo.helpdesk.tests.test_pages_desk import signed_in, soup_of, url
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import MILANO, SESTO, OrganisationFactory, pdf
from contempo.norms.tests.factories import NormFactory
from contempo.people.public import SYSTEM, OrganisationRole
from contempo.people.tests.factories import RoleGrantFactory

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[int]:
    """Numbers of the questions on the page, in its order."""
    rows = soup_of(client.get(url("desk") + query)).select("table.rows tbody th a .muted")
    return [int(row.get_text()) for row in rows]


def total(client: Client, query: str) -> str:
    return soup_of(client.get(url("desk") + query)).select_one(".list-count strong").get_text(strip=True)


def exported(client: Client, query: str) -> list[str]:
    response = client.get(url("desk") + query + "&formato=csv")
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[1:]


def numbered(*questions: Question) -> list[int]:
    return [question.number for question in questions]


def test_each_part_holds_the_questions_it_is_named_for(desk, at):
    moment = at("2026-03-02T09:00")
    late = desk.question(text="La prima domanda, che nessuno ha visto in tempo.")
    at(moment + timedelta(hours=30))
    half_gone = desk.question(text="La seconda, a cui resta meno di metà del tempo.")
    at(moment + timedelta(hours=47))
    waiting = desk.waiting(desk.question(text="La terza, per cui si aspettano dettagli."))
    fresh = desk.question(text="La quarta, appena arrivata allo sportello.")
    mine = desk.taken(desk.question(text="La quinta, presa in carico da Nadia."))
    done = desk.answered(desk.question(text="La sesta, che ha già la sua risposta."))
    at(moment + timedelta(hours=30 + 25))
    client = signed_in(desk.nadia)
    assert listed(client, "?scheda=scadute") == numbered(late)
    assert listed(client, "?scheda=a-rischio") == numbered(half_gone)
    assert set(numbered(mine, waiting)) <= set(listed(client, "?scheda=mie"))
    assert listed(client, "?scheda=da-prendere") == numbered(late, half_gone, fresh)
    assert listed(client, "?scheda=tutte") == numbered(done, mine, fresh, waiting, half_gone, late)


def test_a_question_is_at_risk_at_half_its_time_whether_or_not_the_job_has_looked(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.question()
    at(moment + timedelta(hours=23, minutes=59))
    client = signed_in(desk.nadia)
    assert listed(client, "?scheda=a-rischio") == []
    at(moment + timedelta(hours=24, minutes=1))
    assert listed(client, "?scheda=a-rischio") == [question.number]
    check_question(SYSTEM, question_id=question.pk)
    assert listed(client, "?scheda=a-rischio") == [question.number]
    assert (
        "Metà del tempo" in soup_of(client.get(url("desk") + "?scheda=a-rischio")).select_one("table.rows").get_text()
    )


def test_during_a_pause_a_question_is_not_overdue_though_its_first_deadline_passes(desk, at):
    moment = at("2026-03-02T09:00")
    desk.waiting()
    at(moment + timedelta(hours=60))
    assert listed(signed_in(desk.nadia), "?scheda=scadute") == []


def test_an_expert_begins_with_their_own_and_a_coordinator_with_what_is_at_risk(desk, at):
    moment = at("2026-03-02T09:00")
    desk.question()
    for person, part in ((desk.nadia, "Le mie"), (desk.world.marta, "Tutte")):
        tabs = soup_of(signed_in(person).get(url("desk"))).select(".tabs a[aria-current]")
        assert [tab.get_text(strip=True).startswith(part) for tab in tabs] == [True], person
    at(moment + timedelta(hours=25))
    tab = soup_of(signed_in(desk.world.marta).get(url("desk"))).select_one(".tabs a[aria-current]")
    assert tab.get_text(strip=True).startswith("A rischio")


@pytest.fixture
def varied(desk, at):
    """Questions that differ in all a filter asks for."""
    moment = at("2026-01-15T09:00")
    first = desk.question(topic=Topic.CHILDCARE, municipality=MILANO, sector="Q", language="en")
    desk.answer(desk.taken(first))
    rate(desk.actor(desk.sara), question_id=first.pk, stars=4)
    at(moment + timedelta(days=20))
    desk.waiting(desk.question(topic=Topic.CHILDCARE, capacity=Capacity.UNION, municipality=SESTO))
    at(moment + timedelta(days=40))
    desk.question(topic=Topic.AGILE_WORK, channel=Channel.DESK)
    slow = desk.question(topic=Topic.MATERNITY)
    at(moment + timedelta(days=44))
    check_question(SYSTEM, question_id=slow.pk)
    desk.answer(desk.taken(slow))
    return desk


FILTERS = {
    "stato=answered": 2,
    "argomento=childcare": 2,
    "qualita=union": 1,
    "comune=015146": 1,
    "comune=milano": 1,
    "comune=ignoto": 2,
    "settore=Q": 1,
    "settore=ignoto": 3,
    "canale=desk": 1,
    "lingua=en": 1,
    "dal=2026-02": 3,
    "al=2026-01": 1,
    "dal=2026-02&al=2026-02": 3,
    "dal=2026-02&argomento=childcare": 1,
    "risposta=si": 2,
    "risposta=no": 2,
    "entro=si": 1,
    "entro=no": 1,
    "pausa=si": 1,
    "riaperta=si": 0,
    "voto=4": 1,
    "esperto=ignoto": 1,
    "argomento=childcare&qualita=union": 1,
    "cerca=panificio": 4,
    "cerca=panificio&argomento=childcare": 2,
    "cerca=zafferano": 0,
}


@pytest.mark.parametrize(("query", "count"), FILTERS.items())
def test_a_filter_alone_opens_all_it_leaves_and_says_how_many(varied, query, count):
    for person in (varied.nadia, varied.world.marta):
        client = signed_in(person)
        assert len(listed(client, f"?{query}")) == count
        assert len(exported(client, f"?{query}")) == count
        assert total(client, f"?{query}").split(" ")[0] == str(count)


def test_the_filter_of_the_expert_lists_who_holds_or_answered(varied):
    client = signed_in(varied.world.marta)
    assert len(listed(client, f"?esperto={varied.nadia.pk}")) == 3
    assert len(listed(client, f"?esperto={varied.sara.pk}")) == 0


def test_a_month_written_wrong_is_told_beside_its_field_and_the_list_stays(varied):
    soup = soup_of(signed_in(varied.nadia).get(url("desk") + "?scheda=tutte&dal=2026-13"))
    assert "Scrivi anno e mese" in soup.select_one("form.filters").get_text()
    assert len(soup.select("table.rows tbody tr")) == 4


@pytest.mark.parametrize(
    "query",
    [
        "?scheda=tutte&ordina=holder__password",
        "?scheda=tutte&ordina=asker",
        "?scheda=x",
        "?scheda=tutte&esperto=99999999999999999999",
        "?scheda=tutte&stato=' OR 1=1",
        "?scheda=tutte&asker__email=sara",
        "?cerca=%00",
        "?cerca=' | ! <->",
        "?cerca=il",
        "?pagina=-4",
    ],
)
def test_what_an_address_makes_up_reads_no_other_table_and_breaks_nothing(varied, query):
    assert signed_in(varied.nadia).get(url("desk") + query).status_code == 200


def test_by_its_number_a_question_is_found_at_once(varied):
    number = Question.objects.latest("pk").number
    assert listed(signed_in(varied.nadia), f"?cerca=%23{number}") == [number]


def test_words_are_found_whatever_their_ending_and_in_the_answer_too(varied):
    client = signed_in(varied.nadia)
    assert len(listed(client, "?cerca=bambini+congedi")) == 4
    assert len(listed(client, "?cerca=preavviso")) == 2
    assert len(listed(client, "?cerca=panif")) == 4


def test_more_common_words_are_found_along_the_list(varied, monkeypatch):
    monkeypatch.setattr("contempo.helpdesk.queries.desk_filters.CANDIDATES", 2)
    monkeypatch.setattr(lists, "MANY", 2)
    client = signed_in(varied.nadia)
    assert len(listed(client, "?cerca=panificio")) == 4
    assert total(client, "?cerca=panificio").startswith("Più di 2")
    assert total(client, "?cerca=panificio&conta=1").startswith("4")


def test_no_rows_are_counted_to_say_how_many_there_are(varied, django_assert_max_num_queries):
    client = signed_in(varied.world.marta)
    client.get(url("desk") + "?argomento=childcare")
    # The sum is read from what is kept: were it wrong, the page would say so.
    kept = DeskTally.objects.filter(measure="topic", key="childcare", month="2026-01")
    kept.update(count=999)
    with django_assert_max_num_queries(12) as captured:
        shown = total(client, "?argomento=childcare&al=2026-01")
    assert shown.startswith("999")
    counted = [each["sql"] for each in captured.captured_queries if "COUNT(" in each["sql"]]
    assert not [sql for sql in counted if "helpdesk_question" in sql and "LIMIT" not in sql]


@pytest.fixture
def with_ties(varied):
    """Nadia acts for a company, and one question names a counterpart: a dispute of which she is a side."""
    company = OrganisationFactory(network=varied.world.milano, name="Acme Logistica", kind=OrganisationKind.COMPANY)
    RoleGrantFactory(
        person=varied.nadia,
        role=OrganisationRole.DELEGATE,
        network_id=varied.network_id,
        organisation_id=company.pk,
    )
    hidden = varied.question(topic=Topic.CHILDCARE, counterparts=("Panificio Sconosciuto",))
    return varied, hidden


@pytest.mark.parametrize(
    "query", ["scheda=tutte", "argomento=childcare", "cerca=panificio", "dal=2026-02", "scheda=da-prendere"]
)
def test_what_a_conflict_keeps_from_an_expert_is_neither_listed_nor_counted_nor_exported(with_ties, query):
    desk, hidden = with_ties
    hers, his = signed_in(desk.nadia), signed_in(desk.tullio)
    assert hidden.number in listed(his, f"?{query}")
    assert hidden.number not in listed(hers, f"?{query}")
    assert len(listed(hers, f"?{query}")) == len(listed(his, f"?{query}")) - 1
    assert total(hers, f"?{query}").split(" ")[0] == str(len(listed(hers, f"?{query}")))
    assert len(exported(hers, f"?{query}")) == len(listed(hers, f"?{query}"))


def test_their_own_questions_are_kept_from_experts_too(varied):
    before = listed(signed_in(varied.nadia), "?scheda=tutte")
    varied.question(asker=varied.nadia)
    assert listed(signed_in(varied.nadia), "?scheda=tutte") == before
    assert total(signed_in(varied.nadia), "?scheda=tutte").split(" ")[0] == str(len(before))


def test_a_filter_kept_under_a_name_opens_the_same_list_and_belongs_to_one_person(varied):
    client = signed_in(varied.nadia)
    page = soup_of(client.get(url("desk") + "?argomento=childcare"))
    query = page.select_one("form[action$='filtri/'] input[name=query]")["value"]
    kept = client.post(url("desk_keep_filter"), {"name": "Le mie di oggi", "query": query})
    assert len(listed(client, kept["Location"].partition("/domande/")[2])) == 2
    assert "Le mie di oggi" in soup_of(client.get(url("desk"))).select_one(".filter-chip").get_text()
    other = signed_in(varied.tullio)
    assert "Le mie di oggi" not in other.get(url("desk")).content.decode()
    saved = SavedFilter.objects.get()
    other.post(url("desk_forget_filter", filter_id=saved.pk))
    assert SavedFilter.objects.exists()
    client.post(url("desk_forget_filter", filter_id=saved.pk))
    assert not SavedFilter.objects.exists()


def test_the_next_question_is_one_proposed_to_me_else_the_one_due_first(desk, at):
    moment = at("2026-03-02T09:00")
    first = desk.question()
    at(moment + timedelta(hours=1))
    second = desk.question()
    Question.objects.filter(pk=first.pk).update(proposed_to=desk.tullio)
    Question.objects.filter(pk=second.pk).update(proposed_to=desk.nadia)
    client = signed_in(desk.nadia)
    assert client.post(url("desk_next"))["Location"] == url("desk_answer", number=second.number)
    assert client.post(url("desk_next"))["Location"] == url("desk_answer", number=first.number)
    assert "Nessuna domanda" in client.post(url("desk_next"), follow=True).content.decode()


def test_no_page_of_the_desk_sends_more_than_twelve_statements(with_ties, django_assert_max_num_queries):
    desk, _hidden = with_ties
    company = OrganisationFactory(network=desk.world.milano)
    norm = NormFactory(network=desk.world.milano)
    question = desk.taken(desk.question(topic=Topic.CHILDCARE, sector="Q"))
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Ecco.", uploads=(pdf(),))
    cited = {"norm_ids": [norm.pk], "organisation_ids": [company.pk]}
    nadia, tullio = desk.actor(desk.nadia), desk.actor(desk.tullio)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0, **cited)
    send_answer(nadia, question_id=question.pk, version=draft.version)
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="E poi?")
    desk.taken(question)
    save_answer_draft(tullio, question_id=question.pk, text=ANSWER, version=0)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0, **cited)
    attach_to_answer(nadia, question_id=question.pk, upload=pdf())
    keep_template(nadia, template_id=None, title="Saluto", text="Ciao")
    client = signed_in(desk.nadia)
    for address in (
        f"{url('desk')}?comune=milano",
        f"{url('desk')}?scheda=a-rischio&esperto={desk.sara.pk}",
        f"{url('desk')}?cerca=panificio",
        url("desk_question", number=question.number),
        url("desk_similar", number=question.number),
        url("desk_answer", number=question.number),
        url("desk_assign", number=question.number),
    ):
        client.get(address)
        with django_assert_max_num_queries(12, info=address):
            client.get(address)
