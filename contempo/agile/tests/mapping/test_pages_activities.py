"""The catalogue of activities on its pages: the list, one of them, assessing, adding, ending."""

import pytest
from bs4 import BeautifulSoup

from contempo.agile.models import CriteriaVersion, WorkActivity
from contempo.agile.tests.conftest import words
from contempo.agile.tests.mapping.conftest import ALL_YES, AT_THE_COUNTER, ON_PAPER, Mapped
from contempo.core.testing import At

pytestmark = pytest.mark.django_db


def titles(mapped: Mapped, who: str = "paolo", **params: str) -> list[str]:
    rows = mapped.comune.see("attivita/", who, **params).select("tbody tr")
    return [" ".join(row.th.text.split()) for row in rows]


def answered(**changes: str) -> dict[str, str]:
    said = {f"met_{key}": "yes" for key in ALL_YES}
    return {**said, "version": "1", "seen": "0", **changes}


def test_the_list_is_for_who_works_there(mapped: Mapped) -> None:
    assert len(titles(mapped, "anna")) == 3
    assert mapped.comune.get("attivita/").status_code == 302
    assert mapped.comune.get("attivita/", "ivo").status_code == 403


def test_the_list_is_narrowed_by_directorate_unit_result_and_words(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES)
    it = mapped.comune.it
    assert titles(mapped, direzione=str(it.schools.pk)) == ["Menu dei nidi"]
    assert titles(mapped, unita=str(it.registry.pk)) == ["Archivio dei cartellini", "Rilascio delle carte d’identità"]
    assert titles(mapped, esito="remote") == ["Rilascio delle carte d’identità"]
    assert titles(mapped, esito="nessuno") == ["Archivio dei cartellini", "Menu dei nidi"]
    assert titles(mapped, cerca="IDENTITA carte") == ["Rilascio delle carte d’identità"]
    assert titles(mapped, cerca="s01-02") == ["Archivio dei cartellini"]


def test_what_is_to_be_assessed_again_is_listed_with_its_reason(mapped: Mapped, at: At) -> None:
    mapped.assess(mapped.cards, ALL_YES)
    mapped.assess(mapped.archive, ON_PAPER)
    assert titles(mapped, valutare="tutte") == ["Menu dei nidi"]
    mapped.publish(60)
    mapped.assess(mapped.archive, ON_PAPER)
    assert titles(mapped, valutare="criteria") == ["Rilascio delle carte d’identità"]
    at("2027-11-20T09:00")
    assert titles(mapped, valutare="year") == ["Archivio dei cartellini"]
    assert len(titles(mapped, valutare="tutte")) == 3
    assert "È passato più di un anno" in words(mapped.comune.see("attivita/", "paolo"))


def test_the_list_is_sorted_and_exported(mapped: Mapped) -> None:
    assert titles(mapped, ordina="-title")[0] == "Rilascio delle carte d’identità"
    answer = mapped.comune.get("attivita/", "anna", formato="csv", cerca="menu")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Menu dei nidi" in lines[1]


def test_the_page_tells_the_result_the_reason_who_and_when(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, AT_THE_COUNTER, who="ugo")
    page = words(mapped.comune.see(f"attivita/{mapped.cards.pk}/", "anna"))
    assert "Non si può svolgere a distanza" in page
    assert "Lo sportello è in sede." in page
    assert "Ugo Rossetti" in page
    assert "20 novembre 2026" in page


def test_assessments_stand_side_by_side_newest_first(mapped: Mapped, at: At) -> None:
    mapped.assess(mapped.cards, AT_THE_COUNTER)
    at("2027-03-01T09:00")
    mapped.assess(mapped.cards, ON_PAPER)
    table = mapped.comune.see(f"attivita/{mapped.cards.pk}/", "anna").select_one("table.matrix")
    heads = [words(each) for each in table.select("thead th")]
    assert [heads[1][:12], heads[2][:16]] == ["1 marzo 2027", "20 novembre 2026"]


def test_who_does_it_is_for_heads_of_their_people_and_human_resources(mapped: Mapped) -> None:
    it = mapped.comune.it
    mapped.share(it.anna, cards=70)
    mapped.share(it.carla, cards=30)
    address = f"attivita/{mapped.cards.pk}/"
    for_hr, for_head = words(mapped.comune.see(address, "paolo")), words(mapped.comune.see(address, "ugo"))
    assert "Anna Rossetti" in for_hr
    assert "Carla Rossetti" in for_hr
    assert "Anna Rossetti" in for_head
    assert "Carla Rossetti" not in for_head
    assert "Anna Rossetti" not in words(mapped.comune.see(address, "bruno"))


def test_an_activity_is_assessed_on_one_page(mapped: Mapped) -> None:
    address = f"attivita/{mapped.cards.pk}/valuta/"
    page = mapped.comune.see(address, "ugo")
    assert len(page.select("input[type=radio]")) == 15
    said = answered(met_tools="partly", reason_tools="Registri di carta.")
    assert mapped.comune.post(address, "ugo", **said).status_code == 302
    assert WorkActivity.objects.get(pk=mapped.cards.pk).result == "partly"


def test_what_is_missing_is_told_beside_each_criterion_and_what_was_typed_stays(mapped: Mapped) -> None:
    said = answered(met_tools="no", reason_output="Una ragione già scritta", met_presence="")
    answer = mapped.comune.post(f"attivita/{mapped.cards.pk}/valuta/", "ugo", **said)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(BeautifulSoup(page, "html.parser").select(".error-summary li a")) == 2
    assert "Una ragione già scritta" in page
    assert WorkActivity.objects.get(pk=mapped.cards.pk).result == ""


def test_an_assessment_made_meanwhile_is_shown_before_it_is_overruled(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES, who="diana")
    address = f"attivita/{mapped.cards.pk}/valuta/"
    said = answered(met_tools="no", reason_tools="Registri di carta.")
    page = mapped.comune.post(address, "ugo", **said)
    assert "nel frattempo" in page.content.decode()
    assert "Registri di carta." in page.content.decode()
    seen = str(mapped.cards.assessments.get().pk)
    assert f'name="seen" value="{seen}"' in page.content.decode()
    assert mapped.comune.post(address, "ugo", **{**said, "seen": seen}).status_code == 302


def test_a_head_does_not_assess_what_others_do(mapped: Mapped) -> None:
    address = f"attivita/{mapped.meals.pk}/valuta/"
    assert mapped.comune.get(address, "ugo").status_code == 403
    assert mapped.comune.post(address, "ugo", **answered()).status_code == 403
    assert mapped.comune.get(address, "anna").status_code == 403


def test_without_criteria_there_is_nothing_to_answer(mapped: Mapped) -> None:
    CriteriaVersion.objects.all().delete()
    answer = mapped.comune.get(f"attivita/{mapped.cards.pk}/valuta/", "ugo")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/criteri/")


def test_an_activity_is_added_changed_ended_and_opened_again(mapped: Mapped) -> None:
    unit = str(mapped.comune.it.counter.pk)
    answer = mapped.comune.post("attivita/nuova/", "ugo", title="Certificati", unit=unit, description="")
    made = WorkActivity.objects.get(title="Certificati")
    assert answer["Location"].endswith(f"/attivita/{made.pk}/")
    address = f"attivita/{made.pk}/"
    mapped.comune.post(f"{address}modifica/", "ugo", title="Certificati storici", unit=unit, description="")
    mapped.comune.post(f"{address}fine/", "ugo", last_day="2026-11-20")
    made.refresh_from_db()
    assert (made.title, str(made.until)) == ("Certificati storici", "2026-11-21")
    assert "Certificati storici" not in titles(mapped)
    assert titles(mapped, stato="finite") == ["Certificati storici"]
    mapped.comune.post(f"{address}riapri/", "ugo")
    made.refresh_from_db()
    assert made.until is None


def test_wrong_words_of_an_activity_are_told_and_kept(mapped: Mapped) -> None:
    unit = str(mapped.comune.it.counter.pk)
    said = {"title": "archivio dei cartellini", "unit": unit, "description": "Del secolo scorso"}
    answer = mapped.comune.post("attivita/nuova/", "ugo", **said)
    page = answer.content.decode()
    assert "ha già un’attività con questo titolo" in page
    assert "Del secolo scorso" in page
    assert mapped.comune.post("attivita/nuova/", "anna", **said).status_code == 403
    other = {**said, "title": "Altro", "unit": str(mapped.comune.it.nurseries.pk)}
    assert "Scegli l’unità" in mapped.comune.post("attivita/nuova/", "ugo", **other).content.decode()


def test_a_day_to_come_does_not_end_an_activity(mapped: Mapped) -> None:
    answer = mapped.comune.post(f"attivita/{mapped.cards.pk}/fine/", "paolo", last_day="2026-12-24")
    assert "deve ancora venire" in answer.content.decode()
    assert WorkActivity.objects.get(pk=mapped.cards.pk).until is None
