"""The pages of planning as people use them."""

import pytest
from bs4 import BeautifulSoup

from contempo.agile.actions.planning.exceptions import ask_exception
from contempo.agile.models import PlannedDay, PresenceRule, Seat
from contempo.agile.rules.months import DayState, Place
from contempo.agile.tests.conftest import Comune, words
from contempo.agile.tests.planning.conftest import DURING, MONTH, SETTLED, Plan, dec
from contempo.core.testing import Budget


def box(page: BeautifulSoup, day: int) -> BeautifulSoup | None:
    return page.select_one(f"input[name=days][value='2026-12-{day:02}']")


def days(*numbers: int) -> list[str]:
    return [f"2026-12-{number:02}" for number in numbers]


def test_the_month_takes_ten_statements_all_told(plan: Plan, budget: Budget) -> None:
    plan.save("anna", dec(1, 2))
    client = plan.comune.client("anna")
    client.get(plan.comune.it.url(MONTH))
    with budget("month of a worker"):
        assert client.get(plan.comune.it.url(MONTH)).status_code == 200


def test_the_first_page_leads_to_the_month_being_planned(plan: Plan) -> None:
    assert plan.comune.get("mese/", "anna")["Location"].endswith(MONTH)


def test_without_a_month_it_says_what_will_be_here(comune: Comune) -> None:
    assert "qui trovi il calendario" in words(comune.see("mese/", "anna"))


def test_a_month_that_is_not_there_is_not_found(plan: Plan) -> None:
    for month in ("2026-11", "2026-13", "dicembre", "2026-1"):
        assert plan.comune.get(f"mese/{month}/", "anna").status_code == 404


def test_dates_are_ticked_and_saved_in_one_go(plan: Plan) -> None:
    plan.save("anna", dec(1, 2))
    answer = plan.comune.post(MONTH, "anna", days=days(2, 3, 4), shown=days(1, 2), where="home")
    assert answer.status_code == 302
    assert plan.days("anna") == [2, 3, 4]


def test_a_date_planned_in_another_window_is_not_given_back(plan: Plan) -> None:
    plan.save("anna", dec(1))
    plan.comune.post(MONTH, "anna", days=days(3), shown=[], where="home")
    assert plan.days("anna") == [1, 3]


def test_during_the_month_past_dates_stay_as_they_are(plan: Plan) -> None:
    plan.save("anna", dec(1, 9, 11))
    plan.at(DURING)
    page = plan.comune.see(MONTH, "anna")
    shown = [field["value"] for field in page.select("input[name=shown]")]
    ticked = [field["value"] for field in page.select("input[name=days][checked]")]
    assert shown == ticked == days(11)
    plan.comune.post(MONTH, "anna", days=[*ticked, *days(14)], shown=shown, where="home")
    assert plan.days("anna") == [1, 9, 11, 14]


def test_holidays_have_their_name_and_cannot_be_ticked(plan: Plan) -> None:
    page = plan.comune.see(MONTH, "anna")
    assert "Sant'Ambrogio" in words(page)
    assert "Immacolata Concezione" in words(page)
    assert [box(page, day) for day in (5, 7, 8, 25)] == [None] * 4
    assert box(page, 9) is not None


def test_what_is_wrong_is_said_for_each_date_and_what_was_ticked_stays(plan: Plan) -> None:
    plan.at(SETTLED)
    for name in ("bruno", "ugo"):
        plan.save(name, dec(3))
    answer = plan.comune.post(MONTH, "anna", days=days(2, 3), where="home")
    page = BeautifulSoup(answer.content, "html.parser").main
    assert answer.status_code == 200
    summary = page.select_one(".error-summary")
    assert "giovedì 3 dicembre" in words(summary)
    assert summary.select_one("a")["href"] == "#giorno-2026-12-03"
    assert page.select_one("#giorno-2026-12-03") is not None
    assert box(page, 2).has_attr("checked")
    assert box(page, 3).has_attr("checked")
    assert plan.days("anna") == []


def test_too_many_dates_are_refused_in_a_sentence(plan: Plan) -> None:
    answer = plan.comune.post(MONTH, "anna", days=days(1, 2, 3, 4, 9, 10, 11, 14, 15), where="home")
    assert "9 giornate e te ne restano 8" in words(BeautifulSoup(answer.content, "html.parser"))


def test_what_nobody_offers_is_refused(plan: Plan) -> None:
    for typed in ({"days": ["2027-01-04"]}, {"where": "seat:99"}, {"days": ["x"]}):
        answer = plan.comune.post(MONTH, "anna", **{"where": "home", "days": days(1), **typed})
        assert answer.status_code == 200
    assert not PlannedDay.objects.exists()


def test_how_many_are_away_and_may_be_stands_in_words(plan: Plan) -> None:
    plan.save("bruno", dec(1))
    cell = box(plan.comune.see(MONTH, "anna"), 1).find_parent("td")
    assert "in lavoro agile 1, al massimo 2" in words(cell)


def test_a_full_date_leads_to_its_page_after_the_window(plan: Plan) -> None:
    for name in ("bruno", "ugo"):
        plan.save(name, dec(1))
    plan.settle()
    page = plan.comune.see(MONTH, "anna")
    assert box(page, 1) is None
    day = plan.comune.see(f"{MONTH}1/", "anna")
    assert day.select_one("a[href$='eccezione/']") is not None
    assert "Bruno Rossetti, Ugo Rossetti" in words(day)


def test_who_gave_way_reads_why_and_takes_another_date_with_one_tap(plan: Plan) -> None:
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(1))
    plan.settle()
    row = PlannedDay.objects.get(state=DayState.DISPLACED)
    name = row.worker.person.full_name.split()[0].lower()
    page = plan.comune.see(MONTH, name)
    button = page.select_one("#spostate form")
    assert "Perché io?" in words(plan.comune.see(f"{MONTH}1/", name))
    path = button["action"].split(plan.comune.it.url())[1]
    assert plan.comune.post(path, name).status_code == 302
    assert plan.days(name) == [2]


def test_one_date_is_planned_moved_and_given_back_from_its_page(plan: Plan) -> None:
    seat = plan.seat()
    plan.comune.post(f"{MONTH}1/pianifica/", "anna", where="home")
    assert plan.days("anna") == [1]
    plan.comune.post(f"{MONTH}1/", "anna", where=f"seat:{seat.pk}")
    assert plan.row("anna", 1).place == Place.SEAT
    plan.comune.post(f"{MONTH}1/restituisci/", "anna")
    assert plan.days("anna") == []


def test_the_list_has_every_working_day_and_who_is_away(plan: Plan) -> None:
    plan.save("anna", dec(1))
    plan.save("bruno", dec(1))
    page = plan.comune.see(f"{MONTH}elenco/", "anna")
    assert len(page.select("tbody tr")) == 20
    assert "Bruno Rossetti" in words(page.select("tbody tr")[0])
    assert "Anna Rossetti" not in words(page)
    last = plan.comune.see(f"{MONTH}elenco/", "anna", ordina="-day")
    assert "31 dicembre" in words(last.select("tbody tr")[0])


@pytest.mark.parametrize("path", [f"{MONTH}elenco/", "squadra/2026-12/", "sedi/"])
def test_lists_are_saved_as_files(plan: Plan, path: str) -> None:
    for kind in ("csv", "xlsx"):
        answer = plan.comune.get(path, "anna", formato=kind)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith(f'.{kind}"')


def test_the_team_sees_presence_and_never_reasons(plan: Plan) -> None:
    plan.save("bruno", dec(1))
    plan.save("ugo", dec(1))
    plan.settle()
    ask_exception(plan.comune.actor("anna"), month_id=plan.month_id, day=dec(1)[0], reason="Riunione lontana")
    page = plan.comune.see("squadra/2026-12/", "bruno")
    assert "Riunione lontana" not in words(page)
    rows = {words(row.th): row for row in page.select(".team-table tbody tr")}
    assert list(rows) == ["000107", "Anna Rossetti", "Bruno Rossetti", "Ugo Rossetti"]
    assert words(rows["Bruno Rossetti"].td) == "A Lavoro agile"
    assert words(rows["Anna Rossetti"].td) == "· In presenza"


def test_one_sees_the_team_of_ones_own_unit_and_heads_those_below(plan: Plan) -> None:
    nurseries, counter = plan.comune.it.nurseries.pk, plan.comune.it.counter.pk
    assert plan.comune.get("squadra/2026-12/", "anna", unita=str(nurseries)).status_code == 404
    assert plan.comune.get("squadra/2026-12/", "diana", unita=str(counter)).status_code == 200
    assert plan.comune.get("squadra/2026-12/", "diana", unita=str(nurseries)).status_code == 404
    assert plan.comune.get("squadra/2026-12/", "paolo", unita=str(nurseries)).status_code == 200


def test_conflicts_are_for_who_manages_and_show_numbers_only(plan: Plan) -> None:
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(1))
    assert plan.comune.get("conflitti/2026-12/", "anna").status_code == 403
    page = plan.comune.see("conflitti/2026-12/", "paolo")
    assert [words(cell) for cell in page.select("tbody tr td")][:4] == ["Anagrafe", "3", "2", "4"]
    plan.settle()
    after = plan.comune.see("conflitti/2026-12/", "ugo")
    assert [words(cell) for cell in after.select("tbody tr td")][4] == "1"
    day = plan.comune.see(f"conflitti/2026-12/{plan.comune.it.counter.pk}/1/", "ugo")
    assert len(day.select("tbody tr")) == 3
    assert words(day).count("Classe 6, giornate già confermate 0, posto") == 3


def test_human_resources_settle_with_a_button(plan: Plan) -> None:
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(1))
    assert plan.comune.see("conflitti/2026-12/", "paolo").select_one("form[action$='sistema/']") is None
    plan.at(SETTLED)
    assert plan.comune.see("conflitti/2026-12/", "paolo").select_one("form[action$='sistema/']") is not None
    plan.comune.post("conflitti/2026-12/sistema/", "paolo")
    assert PlannedDay.objects.filter(state=DayState.DISPLACED).count() == 1


def test_an_exception_is_asked_and_decided_on_the_pages(plan: Plan) -> None:
    for name in ("bruno", "ugo"):
        plan.save(name, dec(1))
    plan.settle()
    empty = plan.comune.post(f"{MONTH}1/eccezione/", "anna", where="home", reason="")
    assert empty.status_code == 200
    plan.comune.post(f"{MONTH}1/eccezione/", "anna", where="home", reason="Riunione lontana")
    row = PlannedDay.objects.get(state=DayState.ASKED)
    assert plan.comune.get(f"eccezioni/{row.pk}/", "bruno").status_code == 403
    assert "Riunione lontana" in words(plan.comune.see(f"eccezioni/{row.pk}/", "ugo"))
    plan.comune.post(f"eccezioni/{row.pk}/", "ugo", reason="Va bene", allow="1")
    assert plan.days("anna") == [1]


def test_a_minimum_is_set_and_taken_away(plan: Plan) -> None:
    unit = plan.comune.it.counter.pk
    bad = plan.comune.post("presenza/", "paolo", unit=unit, weekday="", percent="120")
    assert bad.status_code == 200
    plan.comune.post("presenza/", "paolo", unit=unit, weekday="1", percent="75")
    rule = PresenceRule.objects.get()
    assert (rule.weekday, rule.minimum_percent) == (1, 75)
    assert "75" in words(plan.comune.see("presenza/", "ugo"))
    assert plan.comune.see("presenza/", "ugo").select_one("form[method=post]") is None
    plan.comune.post(f"presenza/{rule.pk}/togli/", "paolo")
    assert not PresenceRule.objects.exists()


def test_a_seat_is_kept_and_its_people_counted(plan: Plan) -> None:
    typed = {"name": "Baggio", "since": "2026-01-01", "capacity": "0", "municipality": "", "until": ""}
    assert plan.comune.post("sedi/nuova/", "anna", **typed).status_code == 403
    plan.comune.post("sedi/nuova/", "paolo", **typed)
    seat = Seat.objects.get()
    plan.lists(seat)
    plan.save("anna", dec(1), place=Place.SEAT, seat_id=seat.pk)
    page = plan.comune.see(f"sedi/{seat.pk}/2026-12/", "bruno")
    assert [words(cell) for cell in page.select("tbody tr td")][:3] == ["1", "0", "Più persone che postazioni"]
    closing = plan.comune.post(f"sedi/{seat.pk}/", "paolo", **{**typed, "until": "2026-11-30"})
    assert "1 giornate pianificate" in words(BeautifulSoup(closing.content, "html.parser"))
    plan.at(DURING)
    assert plan.comune.post(f"sedi/{seat.pk}/", "paolo", **{**typed, "until": "2026-12-31"}).status_code == 302
