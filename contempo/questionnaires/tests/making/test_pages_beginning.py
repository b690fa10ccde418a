"""The list, a new questionnaire, the library, trying one out, paper and XLSForm."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from contempo.questionnaires.models import Questionnaire
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.library import KEYS, library_form
from contempo.questionnaires.tests.making.conftest import Desk, read_main
from contempo.questionnaires.tests.samples import sample_document

LIST = "/milano/questionari/moduli/"
NAMED = {"title": "Ascolto 2027", "title_en": "Listening 2027", "purpose": "needs", "keeper": "0"}


def test_the_list_filters_sorts_and_exports_what_one_may_see(desk: Desk) -> None:
    Questionnaire.objects.create(
        network=desk.form.network, number=900, title="Zucche", purpose="other", created_at=desk.form.created_at
    )
    names = [cell.get_text(strip=True) for cell in desk.see(f"{LIST}?ordina=-title").select("tbody th")]
    assert names == ["Zucche", desk.form.title]
    found = desk.see(f"{LIST}?stato=draft").select("tbody th")
    assert [cell.get_text(strip=True) for cell in found] == [desk.form.title]
    assert "Zucche" in desk.get(f"{LIST}?formato=csv&cerca=zuc").getvalue().decode("utf-8-sig")
    assert [cell.get_text(strip=True) for cell in desk.see(LIST, desk.it.world.paolo).select("tbody th")] == []


def test_an_empty_questionnaire_begins_with_one_page(desk: Desk) -> None:
    answer = desk.post(f"{LIST}nuovo/?da=", **NAMED)
    made = Questionnaire.objects.get(title="Ascolto 2027")
    assert answer["Location"] == f"{LIST}{made.number}/modifica/"
    assert len(read(made.versions.get().document).pages) == 1


@pytest.mark.parametrize("key", KEYS)
def test_one_of_the_library_is_taken_whole(desk: Desk, key: str) -> None:
    page = desk.see(f"{LIST}nuovo/?da=raccolta:{key}")
    assert page.find(id="id_title")["value"] == library_form(key).title.it
    desk.post(f"{LIST}nuovo/?da=raccolta:{key}", **NAMED)
    made = Questionnaire.objects.get(title="Ascolto 2027")
    assert (made.origin, read(made.versions.get().document)) == (key, library_form(key).document)


def test_a_copy_is_another_questionnaire_with_the_same_questions(desk: Desk) -> None:
    desk.post(f"{LIST}nuovo/?da=modulo:{desk.form.number}", **NAMED)
    made = Questionnaire.objects.get(title="Ascolto 2027")
    assert made.versions.get().document == desk.draft.document
    assert made.number != desk.form.number


def test_human_resources_write_for_their_organisation_only(desk: Desk) -> None:
    paolo, town = desk.it.world.paolo, desk.it.staff.organisation
    answer = desk.post(f"{LIST}nuovo/?da=", paolo, **NAMED | {"keeper": town.pk})  # type: ignore[union-attr]
    assert answer.status_code == 302
    assert Questionnaire.objects.get(title="Ascolto 2027").organisation == town
    again = read_main(desk.post(f"{LIST}nuovo/?da=", paolo, **NAMED))
    assert again.select_one(".error-summary") is not None
    assert desk.get(desk.path(), paolo).status_code == 404


def test_a_title_is_needed_and_nothing_typed_is_lost(desk: Desk) -> None:
    main = read_main(desk.post(f"{LIST}nuovo/?da=", **NAMED | {"title": ""}))
    assert main.select_one(".error-summary a")["href"] == "#id_title"
    assert main.find(id="id_title_en")["value"] == "Listening 2027"


def test_a_question_of_the_library_is_found_by_its_words_and_taken(desk: Desk) -> None:
    path = desk.path("modifica/raccolta/?vicino=question:workers&cerca=nido&dove=raccolta:mappatura")
    page = desk.see(path)
    button = page.find("button", attrs={"name": "question"})
    answer = desk.post(path, question=button["value"])
    key = button["value"].rpartition(":")[2]
    assert answer["Location"] == desk.path(f"modifica/domanda/{key}/")
    keys = [placed.question.key for placed in desk.document().questions()]
    assert keys.index(key) == keys.index("workers") + 1


def test_the_whole_questionnaire_is_tried_out_and_nothing_is_kept(desk: Desk) -> None:
    page = desk.see(desk.path("anteprima/"))
    sent = {"page": "0", "answers": "{}", "workers": "12", "do": "next"}
    second = read_main(desk.post(desk.path("anteprima/"), **sent))
    carried = json.loads(second.find(attrs={"name": "answers"})["value"])
    assert page.find(attrs={"name": "page"})["value"] == "0"
    assert (carried, second.find(attrs={"name": "page"})["value"]) == ({"workers": 12}, "1")
    asked = {"page": "1", "answers": json.dumps(carried), "flexible": "no", "do": "next"}
    third = read_main(desk.post(desk.path("anteprima/"), **asked))
    ended = read_main(desk.post(desk.path("anteprima/"), page="2", answers="{}", do="next"))
    assert third.find(attrs={"name": "page"})["value"] == "2"
    assert ended.find(id="trial") is None


def test_a_required_answer_is_asked_for_while_trying_out(desk: Desk) -> None:
    main = read_main(desk.post(desk.path("anteprima/"), page="0", answers="{}", do="next"))
    assert main.select_one(".error-summary a")["href"] == "#f-workers"


def test_what_is_carried_along_may_be_anything_and_breaks_nothing(desk: Desk) -> None:
    for answers in ("", "[", "[1]", '{"workers": {"a": 1}}', "null"):
        assert desk.post(desk.path("anteprima/"), page="0", answers=answers, do="next").status_code == 200


def test_on_paper_every_question_has_its_number_in_both_languages(desk: Desk) -> None:
    for language in ("it", "en"):
        answer = desk.get(desk.path(f"stampa/?lingua={language}"))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


def _upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("modulo.xlsx", data)


def test_an_xlsform_goes_out_and_comes_back_the_same(desk: Desk) -> None:
    data = desk.get(desk.path("xlsform/")).content
    assert {"survey", "choices", "settings"} <= set(load_workbook(io.BytesIO(data)).sheetnames)
    report = read_main(desk.post(f"{LIST}importa/", file=_upload(data)))
    assert not Questionnaire.objects.filter(title="Ascolto 2027").exists()
    sealed = report.find(attrs={"name": "read"})["value"]
    assert desk.post(f"{LIST}importa/", read=sealed, **NAMED).status_code == 302
    made = Questionnaire.objects.get(title="Ascolto 2027")
    assert read(made.versions.get().document) == sample_document()


def test_a_workbook_replaces_the_draft_only_when_one_says_so(desk: Desk) -> None:
    before, data = desk.document(), desk.get(desk.path("xlsform/?versione=1")).content
    desk.post(desk.path("modifica/passo/"), do="remove:question:workers")
    report = read_main(desk.post(desk.path("importa/"), file=_upload(data)))
    assert desk.document() != before
    sent = {name: report.find(attrs={"name": name})["value"] for name in ("read", "revision")}
    assert desk.post(desk.path("importa/"), **sent).status_code == 302
    assert desk.document() == before


def test_what_cannot_be_held_is_told_by_row_and_needs_a_yes(desk: Desk) -> None:
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (("type", "name", "label"), ("text", "nome", "Come ti chiami?"), ("geopoint", "dove", "Dove sei?")):
        survey.append(row)
    out = io.BytesIO()
    book.save(out)
    report = read_main(desk.post(f"{LIST}importa/", file=_upload(out.getvalue())))
    assert "3" in report.find(attrs={"aria-labelledby": "left-out"}).get_text()
    sealed = report.find(attrs={"name": "read"})["value"]
    refused = desk.post(f"{LIST}importa/", read=sealed, **NAMED)
    again = read_main(refused)
    assert again.select_one(".error-summary a")["href"] == "#id_partial"
    assert "3" in again.find(attrs={"aria-labelledby": "left-out"}).get_text()
    assert not Questionnaire.objects.filter(title="Ascolto 2027").exists()
    assert desk.post(f"{LIST}importa/", read=sealed, partial="on", **NAMED).status_code == 302


def test_what_is_no_workbook_or_was_not_read_here_writes_nothing(desk: Desk) -> None:
    before = Questionnaire.objects.count()
    report = read_main(desk.post(f"{LIST}importa/", file=_upload(b"PK not a workbook")))
    assert report.find(attrs={"aria-labelledby": "blocked"}) is not None
    desk.post(f"{LIST}importa/", read="made up", **NAMED)
    assert Questionnaire.objects.count() == before
