"""The agile work plan: written as a draft, adopted, followed; what everybody reads of it."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from contempo.agile.actions.monitoring import plans
from contempo.agile.actions.monitoring.plans import Written
from contempo.agile.models import PlanAction, WorkPlan
from contempo.agile.rules.workplan import Section, Undertaken, check_years, neighbour
from contempo.agile.tests.conftest import words
from contempo.core.verdict import NotPermitted, Refusal


def written(title="Una postazione per quartiere", **facts):
    whole = {
        "section": "places",
        "title": title,
        "unit_id": None,
        "responsible": "Direzione Demanio",
        "state": "planned",
        "due_on": date(2026, 10, 31),
        "indicator": "Postazioni aperte",
        "baseline": "0",
        "target": "9",
        "value": "",
        "note": "",
    }
    return Written(**{**whole, **facts})


@pytest.fixture
def hr(comune):
    return comune.actor("paolo")


@pytest.fixture
def draft(comune, hr):
    return plans.create_plan(
        hr, employer_id=comune.it.employer.pk, title="POLA 2026-2028", first_year=2026, last_year=2028
    )


@pytest.fixture
def add(comune, hr, draft):
    def make(*args, **facts):
        return plans.add_action(hr, employer_id=comune.it.employer.pk, year=2026, written=written(*args, **facts))

    return make


@pytest.fixture
def adopted(comune, hr, add):
    add()
    plans.adopt_plan(hr, employer_id=comune.it.employer.pk, year=2026, adopted_on=date(2026, 11, 2), act="Delibera 12")
    return WorkPlan.objects.get()


def order():
    return list(PlanAction.objects.order_by("section", "position").values_list("title", flat=True))


@pytest.mark.parametrize(("first", "last"), [(2016, 2018), (2026, 2025), (2026, 2031), (2100, 2100)])
def test_years_that_are_no_plan_are_refused(first, last):
    with pytest.raises(Refusal):
        check_years(first, last)


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        ("planned", date(2026, 11, 19), True),
        ("under_way", date(2026, 11, 20), False),
        ("done", date(2026, 1, 1), False),
        ("dropped", date(2026, 1, 1), False),
        ("planned", None, False),
    ],
)
def test_an_action_is_late_the_day_after_its_day_unless_it_is_over(state, due, late):
    assert Undertaken(state, due).late(date(2026, 11, 20)) is late


def test_at_either_end_nobody_stands_beyond():
    assert [neighbour([4, 7, 9], 7, up=True), neighbour([4, 7, 9], 4, up=True)] == [4, None]
    assert [neighbour([4, 7, 9], 7, up=False), neighbour([4, 7, 9], 9, up=False)] == [9, None]


def test_the_plan_has_the_seven_sections_in_their_order(comune, draft):
    titles = [each.get_text() for each in comune.see("piano/2026/", "paolo").select("main section h2, section h2")]
    assert titles == [
        "1. Revisione continua delle attività",
        "2. Luoghi diversi dalla casa",
        "3. Strumenti di comunicazione e collaborazione",
        "4. Formazione",
        "5. Digitalizzazione dei processi",
        "6. Tecnologia",
        "7. Monitoraggio",
    ]
    assert len(Section) == 7


@pytest.mark.parametrize("who", [None, "anna", "diana"])
def test_a_draft_is_read_by_human_resources_alone(comune, draft, who):
    assert comune.get("piano/2026/", who).status_code == 404
    assert comune.get("piano/2026/azioni/", who).status_code == 404
    assert "Ancora nessun piano" in words(comune.see("piano/", who))


def test_once_adopted_everybody_reads_it_with_its_act(comune, adopted):
    page = words(comune.see("piano/2026/"))
    assert "Adottato il 2 novembre 2026: Delibera 12" in page
    assert "Una postazione per quartiere" in page
    assert "Direzione Demanio" in page
    assert comune.get("piano/").status_code == 302


def test_a_late_action_is_said_above_and_on_it(comune, adopted):
    page = words(comune.see("piano/2026/"))
    assert "1 azione è in ritardo" in page
    listed = comune.see("piano/2026/azioni/", None, ritardo="si")
    assert len(listed.select("tbody tr")) == 1


def test_what_was_adopted_stays_and_only_progress_is_recorded(comune, hr, adopted):
    found = PlanAction.objects.get()
    where = {"employer_id": comune.it.employer.pk, "year": 2026}
    for refused in (
        lambda: plans.change_action(hr, action_id=found.pk, written=written("Altro"), **where),
        lambda: plans.drop_action(hr, action_id=found.pk, **where),
        lambda: plans.move_action(hr, action_id=found.pk, up=True, **where),
        lambda: plans.write_section(hr, section="training", text="Corsi", **where),
    ):
        with pytest.raises(Refusal, match="adopted"):
            refused()
    answer = comune.post(
        f"piano/2026/azioni/{found.pk}/", "paolo", state="under_way", value="4", note="", title="Altro"
    )
    assert answer.status_code == 302
    found.refresh_from_db()
    assert (found.title, found.state, found.value) == ("Una postazione per quartiere", "under_way", "4")


def test_actions_change_places_within_their_section(comune, hr, add):
    one, two, three = add("Prima"), add("Seconda"), add("Terza")
    add("Corso", section="training")
    where = {"employer_id": comune.it.employer.pk, "year": 2026}
    plans.move_action(hr, action_id=three.pk, up=True, **where)
    assert order() == ["Prima", "Terza", "Seconda", "Corso"]
    plans.move_action(hr, action_id=one.pk, up=True, **where)
    plans.move_action(hr, action_id=two.pk, up=False, **where)
    assert order() == ["Prima", "Terza", "Seconda", "Corso"]
    plans.drop_action(hr, action_id=three.pk, **where)
    plans.move_action(hr, action_id=two.pk, up=True, **where)
    assert order() == ["Seconda", "Prima", "Corso"]


def test_an_action_that_changes_section_goes_to_its_end(comune, hr, add):
    one = add("Prima")
    add("Corso", section="training")
    plans.change_action(
        hr, employer_id=comune.it.employer.pk, year=2026, action_id=one.pk, written=written("Prima", section="training")
    )
    assert order() == ["Corso", "Prima"]


def test_a_unit_of_another_employer_cannot_answer_for_an_action(comune, add):
    with pytest.raises(Refusal) as refused:
        add(unit_id=comune.it.counter.pk + 10_000)
    assert refused.value.field == "unit_id"


def test_an_empty_plan_is_not_adopted_nor_one_in_the_future(comune, draft):
    answer = comune.post("piano/2026/adotta/", "paolo", adopted_on="2026-11-02", act="Delibera 12")
    assert "Il piano è vuoto" in answer.content.decode()
    comune.post("piano/2026/sezioni/training/", "paolo", text="Corsi per tutti.")
    answer = comune.post("piano/2026/adotta/", "paolo", adopted_on="2026-12-02", act="Delibera 12")
    assert "Questo giorno deve ancora venire" in answer.content.decode()
    assert WorkPlan.objects.get().adopted_on is None


def test_two_plans_do_not_begin_in_the_same_year(comune, draft):
    answer = comune.post("piano/nuovo/", "paolo", title="Altro", first_year="2026", last_year="2026")
    page = answer.content.decode()
    assert "C’è già un piano che inizia nel 2026" in page
    assert 'value="Altro"' in page


def test_what_is_typed_wrongly_is_kept_and_changes_nothing(comune, draft):
    answer = comune.post(
        "piano/2026/azioni/nuova/", "paolo", section="places", title="", state="planned", due_on="ieri"
    )
    page = answer.content.decode()
    assert "Scrivi in una riga che cosa si fa" in page
    assert "Scrivi il giorno per intero" in page
    assert not PlanAction.objects.exists()


@pytest.mark.parametrize("who", ["anna", "diana"])
def test_only_human_resources_write(comune, draft, who):
    with pytest.raises(NotPermitted):
        plans.add_action(comune.actor(who), employer_id=comune.it.employer.pk, year=2026, written=written())
    assert comune.get("piano/nuovo/", who).status_code == 403


def test_human_resources_of_another_employer_write_nothing_here(comune, draft):
    stranger = comune.world.chiara
    with pytest.raises(NotPermitted):
        plans.add_action(comune.actor(stranger), employer_id=comune.it.employer.pk, year=2026, written=written())


def test_the_pdf_is_one_document_everybody_can_read(comune, adopted):
    answer = comune.get("piano/2026/", None, formato="pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content


def test_the_workbook_has_the_actions_and_the_sections(comune, adopted):
    answer = comune.get("piano/2026/", None, formato="xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Azioni", "Sezioni"]
    actions, sections = (list(sheet.values) for sheet in book)
    assert len(actions) == 2
    assert actions[1][:2] == ("Una postazione per quartiere", "Luoghi diversi dalla casa")
    assert "in ritardo" in actions[1]
    assert len(sections) == 8


def test_the_list_of_actions_filters_and_exports(comune, adopted):
    assert len(comune.see("piano/2026/azioni/", None, sezione="places").select("tbody tr")) == 1
    assert not comune.see("piano/2026/azioni/", None, sezione="training").select("tbody tr")
    assert len(comune.see("piano/2026/azioni/", None, q="demanio").select("tbody tr")) == 1
    assert b"Una postazione" in b"".join(comune.get("piano/2026/azioni/", None, formato="csv").streaming_content)
