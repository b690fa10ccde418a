"""The shares of a worker, the list of the staff, and why one may or may not ask."""

import pytest

from contempo.agile.models import Share
from contempo.agile.tests.conftest import words
from contempo.agile.tests.mapping.conftest import ALL_YES, AT_THE_COUNTER, ON_PAPER, Mapped

pytestmark = pytest.mark.django_db


def test_a_worker_reads_why_with_their_own_shares(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, AT_THE_COUNTER)
    mapped.assess(mapped.archive, ALL_YES)
    mapped.share(mapped.comune.it.anna, cards=60, archive=35)
    page = words(mapped.comune.see("idoneita/perche/", "anna"))
    assert "Non puoi chiedere il lavoro agile" in page
    assert "60 % × 0" in page
    assert "35 % × 1" in page
    assert "= 35 %" in page
    assert "la soglia è 50 %" in page
    assert "Mancano 15 punti" in page
    assert "Per il restante 5 % non è indicata nessuna attività" in page


def test_halves_are_shown_and_their_cut_is_said(mapped: Mapped) -> None:
    mapped.assess(mapped.archive, ON_PAPER)
    mapped.share(mapped.comune.it.anna, archive=99)
    page = words(mapped.comune.see("idoneita/perche/", "anna"))
    assert "49½ %" in page
    assert "99 % × ½ = 49 %" in page
    assert "I mezzi punti si tolgono" in page


def test_what_is_not_known_is_said_and_not_zero(mapped: Mapped) -> None:
    page = words(mapped.comune.see("idoneita/perche/", "anna"))
    assert "Non ci sono ancora quote" in page
    mapped.share(mapped.comune.it.anna, cards=60)
    assert "Nessuna di queste attività è ancora valutata" in words(mapped.comune.see("idoneita/perche/", "anna"))


def test_only_who_is_on_the_staff_has_a_why(mapped: Mapped) -> None:
    assert mapped.comune.get("idoneita/perche/", "paolo").status_code == 403
    assert mapped.comune.get("idoneita/perche/").status_code == 302


def test_shares_are_written_on_one_page(mapped: Mapped) -> None:
    address = f"idoneita/persone/{mapped.comune.it.anna.pk}/modifica/"
    said = {"seen": "", f"share_{mapped.cards.pk}": "60", "code": mapped.meals.code, "code_percent": "15"}
    assert mapped.comune.post(address, "ugo", **said).status_code == 302
    assert dict(Share.objects.values_list("activity", "percent")) == {mapped.cards.pk: 60, mapped.meals.pk: 15}
    page = words(mapped.comune.see(f"idoneita/persone/{mapped.comune.it.anna.pk}/", "ugo"))
    assert "Le attività coprono il 75 % del tempo" in page
    form = mapped.comune.see(address, "ugo")
    assert form.select_one(f"input[name=share_{mapped.meals.pk}]")["value"] == "15"


def test_too_much_wrong_codes_and_words_for_numbers_are_told_and_kept(mapped: Mapped) -> None:
    address = f"idoneita/persone/{mapped.comune.it.anna.pk}/modifica/"
    cards, archive = f"share_{mapped.cards.pk}", f"share_{mapped.archive.pk}"
    page = mapped.comune.post(address, "ugo", **{"seen": "", cards: "80", archive: "33"}).content.decode()
    assert "togli 13" in page
    assert 'value="33"' in page
    page = mapped.comune.post(address, "ugo", **{"seen": "", cards: "tanto"}).content.decode()
    assert 'value="tanto"' in page
    page = mapped.comune.post(address, "ugo", seen="", code="NON-CE", code_percent="10").content.decode()
    assert "Nessuna attività in corso ha questo codice" in page
    assert "Scrivi la quota" in mapped.comune.post(address, "ugo", seen="", code="X").content.decode()
    assert not Share.objects.exists()


def test_shares_changed_meanwhile_are_told_once_then_saved(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.share(anna, cards=20)
    address = f"idoneita/persone/{anna.pk}/modifica/"
    said = {"seen": "", f"share_{mapped.archive.pk}": "10"}
    page = mapped.comune.post(address, "ugo", **said).content.decode()
    assert "mentre scrivevi" in page
    assert f'name="seen" value="{mapped.cards.pk}=20"' in page
    assert mapped.comune.post(address, "ugo", **{**said, "seen": f"{mapped.cards.pk}=20"}).status_code == 302


def test_each_sees_the_workers_they_see_to(mapped: Mapped) -> None:
    def names(who: str, **params: str) -> set[str]:
        rows = mapped.comune.see("idoneita/persone/", who, **params).select("tbody th")
        return {words(each) for each in rows}

    assert len(names("paolo")) == 7
    assert names("ugo") == {"Ugo Rossetti", "Anna Rossetti", "Bruno Rossetti", "000107"}
    mapped.share(mapped.comune.it.anna, cards=100)
    assert "Anna Rossetti" not in names("paolo", quote="nessuna")
    assert "Anna Rossetti" not in names("paolo", quote="incomplete")
    assert names("paolo", cerca="000105") == {"Carla Rossetti"}
    it = mapped.comune.it
    assert mapped.comune.get(f"idoneita/persone/{it.carla.pk}/", "ugo").status_code == 404
    assert mapped.comune.get(f"idoneita/persone/{it.bruno.pk}/", "anna").status_code == 404
    assert mapped.comune.get(f"idoneita/persone/{it.anna.pk}/", "anna").status_code == 200
    assert mapped.comune.get(f"idoneita/persone/{it.anna.pk}/modifica/", "anna").status_code == 403
    assert mapped.comune.get(f"idoneita/persone/{it.ugo.pk}/modifica/", "ugo").status_code == 403


def test_the_staff_is_exported_with_names(mapped: Mapped) -> None:
    answer = mapped.comune.get("idoneita/persone/", "paolo", formato="csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 8
    assert any("Anna Rossetti" in line for line in lines)
