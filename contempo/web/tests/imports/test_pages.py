"""The pages of imports, as the person who keeps the staff walks through them."""

import csv
import io

import pytest
from django.db import connection

from contempo.core.imports import reading
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.tests.imports import staff
from contempo.web.tests.imports.conftest import HOME, text_of

TWO = "Matricola;Nome;Dal;Ore\n001;Anna;01/02/2020;36,5\n002;Bice;1.3.2021;18\n"


def test_a_file_goes_from_columns_to_preview_to_records(desk):
    page = desk.bring(TWO)
    assert page.find("select", id="id_number").find("option", selected=True)["value"] == "0"
    assert "A · Matricola (001, 002)" in text_of(page)
    page = desk.preview(TWO)
    assert page.find("h1").get_text() == "Che cosa cambierebbe il file"
    page = desk.load(TWO)
    assert "001" in text_of(page)
    assert next(iter(staff.current(5, None)))["name"] == "Anna"


@pytest.mark.parametrize("work", ["reading", "writing", "undoing"])
def test_an_import_whose_job_failed_for_good_is_told_as_stopped_and_taken_up_again(desk, work):
    _ask_for(desk, work)
    assert "Puoi chiudere questa pagina" in text_of(desk.open(f"{desk.run.pk}/"))
    _no_job_is_left()
    assert desk.open().select_one("table.rows .status").get_text().strip() == "Ferma"
    page = desk.open(f"{desk.run.pk}/")
    assert ("Il lavoro si è fermato" in text_of(page), page.select("[hx-trigger], noscript meta")) == (True, [])
    again = desk.client.get(f"{HOME}{desk.run.pk}/?avanza=1", headers={"HX-Request": "true"})
    assert again["HX-Refresh"] == "true"
    assert [link["href"][-8:] for link in page.select("a.btn-outline-danger")] == ["annulla/"] * (work == "writing")
    page = desk.send(f"{desk.run.pk}/riprendi/")
    assert "Puoi chiudere questa pagina" in text_of(page)


def _ask_for(desk, work: str) -> None:
    """An import for which the work was asked for, and not yet begun."""
    if work == "undoing":
        desk.load(TWO)
        desk.send(f"{desk.run.pk}/annulla/")
    elif work == "writing":
        desk.preview(TWO)
        desk.send(f"{desk.run.pk}/conferma/")
    else:
        desk.bring(TWO)
        desk.send(f"{desk.run.pk}/colonne/", number="0", name="1")
    assert desk.run.state == work


def _no_job_is_left() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")


def test_the_counts_of_the_preview_open_lists_as_long(desk):
    desk.load(TWO)
    page = desk.preview(TWO.replace("Bice", "Bea") + "003;Carla;;\n004;Dora;ieri;\n")
    tabs = {link["href"]: link.find(class_="tab-count").get_text() for link in page.select(".tabs a")}
    assert tabs == {"?": "4", "?esito=new": "1", "?esito=changed": "1", "?esito=wrong": "1", "?esito=unchanged": "1"}
    for address, count in tabs.items():
        rows = desk.open(f"{desk.run.pk}/{address}").select("table.rows tbody tr")
        assert len(rows) == int(count)


def test_a_wrong_cell_is_told_with_its_row_and_column(desk):
    page = desk.preview("Matricola;Nome;Dal\n001;Anna;ieri\n")
    row = page.select_one("table.rows tbody tr")
    assert row.find("th").get_text().strip() == "Riga 2"
    assert "C · Dal : “ieri” non è una data: scrivi 31/12/2026." in " ".join(row.get_text(" ").split())


def test_what_changes_is_shown_before_and_after(desk):
    desk.load(TWO)
    page = desk.preview(TWO.replace("36,5", "30"))
    changed = desk.open(f"{desk.run.pk}/", esito="changed").select_one("table.rows tbody tr")
    assert (changed.find("del").get_text(), changed.find("ins").get_text()) == ("prima 36,5", "dopo 30")
    assert page.select_one("form button.btn-primary").get_text() == "Importa 1 riga"


def test_wrong_rows_come_back_as_a_table_with_what_to_mend(desk):
    desk.preview(TWO + "003;=Carla;ieri;99\n")
    text = desk.download(f"{desk.run.pk}/da-correggere/?formato=csv").decode("utf-8-sig")
    heads, row = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert heads == [*(staff.FIELDS[each].label for each in (0, 1, 3, 4)), "Da correggere"]
    assert row[:4] == ["003", "'=Carla", "ieri", "99"]
    assert "C · Dal: “ieri” non è una data" in row[4]
    assert "D · Ore: “99” è troppo grande" in row[4]


def test_mended_rows_brought_again_enter(desk):
    desk.load(TWO + "003;Carla;ieri;\n")
    text = desk.download(f"{desk.run.pk}/da-correggere/?formato=csv").decode("utf-8-sig")
    desk.load(text.replace("ieri", "05/06/2022", 1))
    assert sorted(record["number"] for record in staff.current(5, None)) == ["001", "002", "003"]


def test_a_file_that_cannot_be_read_is_told_beside_its_field_and_leaves_nothing(desk):
    page = desk.bring(b"%PDF-1.7 \n", "personale.csv", status=422)
    assert "non è una tabella" in page.find(id="id_file_error").get_text()
    assert not ImportRun.objects.exists()


def test_a_needed_column_not_chosen_is_told_and_the_other_choices_stay(desk):
    desk.bring(TWO)
    page = desk.send(f"{desk.run.pk}/colonne/", 422, number="", name="1", since="1")
    assert page.find("select", id="id_name").find("option", selected=True)["value"] == "1"
    assert "Scegli la colonna" in page.find(id="id_number_error").get_text()
    assert "già scelta per “Nome della persona”" in page.find(id="id_since_error").get_text()
    assert desk.run.state == "uploaded"


def test_the_file_can_be_read_otherwise(desk):
    desk.bring("Matricola;Nome\n001;Niccolò\n".encode("cp1252"))
    assert (desk.run.encoding, desk.run.samples) == ("cp1252", [["001", "Niccolò"]])
    layout = {"layout-encoding": "utf-8", "layout-separator": ";"}
    page = desk.send(f"{desk.run.pk}/lettura/", 422, **layout)
    assert "scegli l’altro" in text_of(page)
    desk.send(f"{desk.run.pk}/lettura/", **{"layout-encoding": "cp1252", "layout-separator": ","})
    assert (desk.run.separator, desk.run.heads) == (",", ["Matricola;Nome"])


def test_progress_is_told_without_script_and_survives_a_closed_browser(desk):
    desk.bring(TWO)
    page = desk.send(f"{desk.run.pk}/colonne/", number="0", name="1")
    assert page.find("noscript").find("meta", {"http-equiv": "refresh"})
    assert page.find("progress")
    assert "Puoi chiudere questa pagina" in text_of(page)
    assert "In lettura" in text_of(desk.open())
    read_run(desk.run.pk)
    assert "Importa 2 righe" in text_of(desk.open(f"{desk.run.pk}/"))


def test_the_progress_asks_for_the_whole_page_when_the_work_is_done(desk):
    desk.bring(TWO)
    desk.send(f"{desk.run.pk}/colonne/", number="0")
    address = f"/milano/importazioni/test.staff/5/{desk.run.pk}/?avanza=1"
    assert "HX-Refresh" not in desk.client.get(address, headers={"HX-Request": "true"})
    read_run(desk.run.pk)
    assert desk.client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_undoing_is_asked_for_and_told(desk):
    desk.load(TWO)
    page = desk.open(f"{desk.run.pk}/annulla/")
    assert "2 righe sono state scritte" in text_of(page)
    page = desk.undo()
    assert "Annullata" in text_of(page)
    assert not list(staff.current(5, None))


def test_what_could_not_be_undone_opens_its_list(desk):
    desk.load(TWO)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE test_staff SET name = 'Anna B.' WHERE number = '001'")
    page = desk.undo()
    assert page.find("a", href="?esito=kept")
    assert len(desk.open(f"{desk.run.pk}/", esito="kept").select("table.rows tbody tr")) == 1


def test_a_file_that_stops_being_read_says_why_and_shows_no_half_list(desk, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    page = desk.preview(TWO)
    assert "L’importazione si è fermata" in text_of(page)
    assert "Nessuna riga è stata scritta." in text_of(page)
    assert not page.select("table.rows, .tabs")


def test_a_file_is_dropped_without_having_changed_anything(desk):
    desk.preview(TWO)
    desk.send(f"{desk.run.pk}/scarta/")
    assert desk.run.state == "dropped"
    assert not desk.run.rows.exists()


@pytest.mark.parametrize("path", ["", "nuova/", "esporta/", "modello/"])
def test_whoever_may_not_import_is_told_why_and_nothing_is_there_about_what_is_not(desk, path):
    assert desk.client.get(f"/milano/importazioni/test.nothing/5/{path}").status_code == 404
    assert desk.client.get(f"/milano/importazioni/test.staff/500/{path}").status_code == 404
    staff.KEPT_OUT.add(desk.person_id)
    assert desk.client.get(f"/milano/importazioni/test.staff/5/{path}").status_code == 403
    desk.client.logout()
    assert desk.client.get(f"/milano/importazioni/test.staff/5/{path}").status_code == 302


def test_the_import_of_another_thing_is_not_there(desk):
    desk.preview(TWO)
    assert desk.client.get(f"/milano/importazioni/test.staff/6/{desk.run.pk}/").status_code == 404


def test_an_empty_table_has_the_heads_of_the_fields(desk):
    text = desk.download("modello/?formato=csv").decode("utf-8-sig")
    assert text == ";".join(field.label for field in staff.FIELDS) + "\r\n"
