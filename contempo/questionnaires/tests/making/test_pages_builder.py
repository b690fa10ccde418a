"""The builder: what it shows, and what its buttons do."""

from dataclasses import replace

from bs4 import Tag

from contempo.questionnaires.models import Version
from contempo.questionnaires.rules.document import Kind, Op, Test
from contempo.questionnaires.rules.editing import PartKind, Ref, find
from contempo.questionnaires.tests.making.conftest import Desk, read_main, typed_in


def _question(desk: Desk, called: str, **typed: object) -> tuple[str, dict[str, object]]:
    path = desk.path(f"modifica/domanda/{called}/")
    return path, {**typed_in(desk.see(path)), **typed}


def _names(main: Tag) -> list[str]:
    outline = main.find(id="outline")
    assert outline is not None
    return [name.get_text() for name in outline.select(".survey-name")]


def _step(desk: Desk, do: str, **more: object) -> str:
    desk.draft.refresh_from_db()
    answer = desk.post(desk.path("modifica/passo/"), do=do, revision=desk.draft.revision, **more)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_outline_names_every_part_and_links_to_its_form(desk: Desk) -> None:
    outline = desk.see(desk.path("modifica/")).find(id="outline")
    links = [link["href"] for link in outline.find_all("a")]
    for part in ("domanda/workers/", "gruppo/services/", "pagina/who/"):
        assert desk.path(f"modifica/{part}") in links


def test_the_form_of_every_part_opens_and_saves_without_changing_it(desk: Desk) -> None:
    before = desk.document()
    parts = [link["href"] for link in desk.see(desk.path("modifica/")).select("#outline ol a")]
    for path in parts:
        answer = desk.post(path, **typed_in(desk.see(path)), do="save")
        assert answer.status_code == 302, (path, read_main(answer).get_text(" ", strip=True)[:400])
    assert desk.document() == before


def test_a_question_is_written_in_both_languages(desk: Desk) -> None:
    path, typed = _question(desk, "workers", label_it="Quante persone?", label_en="How many?", most="1.500", do="save")
    assert desk.post(path, **typed).status_code == 302
    question = desk.document().question("workers").question
    assert (question.label.it, question.label.en, question.most) == ("Quante persone?", "How many?", 1500)


def test_what_is_still_missing_is_told_with_a_link_and_does_not_stop_the_saving(desk: Desk) -> None:
    path, typed = _question(desk, "workers", label_it="", do="save")
    assert desk.post(path, **typed).status_code == 302
    main = desk.see(path)
    assert main.select_one("#part-problems a")["href"] == f"{path}#id_label_it"
    assert main.select_one("#problems a")["href"] == f"{path}#id_label_it"
    told = main.select_one("#part-problems a").get_text()
    assert main.find(id="id_label_it").parent.select_one(".survey-told span").get_text() == told


def test_options_are_added_moved_taken_out_and_pasted(desk: Desk) -> None:
    path, typed = _question(desk, "flexible")
    labels = [option.label.it for option in desk.document().question("flexible").question.options]
    count = len(labels)
    desk.post(path, **{**typed, f"option-{count}-it": "Non so", f"option-{count}-en": "I do not know", "do": "keep"})
    path, typed = _question(desk, "flexible", do=f"option-up-{count}")
    desk.post(path, **typed)
    lines = "- Forse | Maybe\n2) Mai\n\nNon so"
    path, typed = _question(desk, "flexible", **{"option-pasted": lines}, do="paste-option")
    desk.post(path, **typed)
    path, typed = _question(desk, "flexible", do="option-drop-0")
    desk.post(path, **typed)
    options = desk.document().question("flexible").question.options
    assert [option.label.it for option in options] == [*labels[1 : count - 1], "Non so", labels[-1], "Forse", "Mai"]
    assert {option.key for option in options} >= {"non_so", "forse", "mai"}
    assert options[-2].label.en == "Maybe"


def test_a_row_is_added_without_losing_what_is_typed(desk: Desk) -> None:
    path, typed = _question(desk, "flexible", label_it="Appena scritta", do="option-add")
    main = read_main(desk.post(path, **typed))
    assert main.find(id="id_label_it").get_text(strip=True) == "Appena scritta"
    assert desk.document().question("flexible").question.label.it == "Appena scritta"
    count = len(desk.document().question("flexible").question.options)
    assert main.find(id=f"id_option-{count}-it").has_attr("autofocus")


def test_a_condition_is_built_from_an_earlier_question_in_plain_words(desk: Desk) -> None:
    path, typed = _question(desk, "place", **{"test-0-question": "workers"}, do="refresh")
    main = read_main(desk.post(path, **typed))
    offered = [option["value"] for option in main.find(id="id_test-0-op").find_all("option")]
    assert offered == ["is", "is_not", "at_least", "at_most", "answered", "not_answered"]
    typed |= {"test-0-op": "at_least", "test-0-value": "10", "do": "save"}
    assert desk.post(path, **typed).status_code == 302
    condition = desk.document().question("place").question.when
    assert condition is not None
    assert condition.tests == (Test("workers", Op.AT_LEAST, "10"),)


def test_a_condition_names_a_municipality_as_people_do(desk: Desk) -> None:
    path, typed = _question(
        desk, "flexible", **{"test-0-question": "place", "test-0-op": "is", "test-0-value": "Milano"}
    )
    assert desk.post(path, **typed, do="save").status_code == 302
    condition = desk.document().question("flexible").question.when
    assert condition is not None
    assert condition.tests == (Test("place", Op.IS, "015146"),)
    assert desk.see(path).find(id="id_test-0-value")["value"] == "Milano (MI)"
    wrong = read_main(desk.post(path, **typed_in(desk.see(path)) | {"test-0-value": "Altrove", "do": "save"}))
    assert wrong.select_one(".error-summary a")["href"] == "#id_test-0-value"


def test_only_earlier_questions_are_offered_to_conditions_and_texts(desk: Desk) -> None:
    main = desk.see(desk.path("modifica/domanda/place/"))
    offered = {option["value"] for option in main.find(id="id_test-0-question").find_all("option")} - {""}
    assert offered == {"workers"}
    assert [code.get_text() for code in main.select(".survey-codes code")] == ["{workers}"]


def test_the_kind_of_a_question_can_change_before_it_is_published(desk: Desk) -> None:
    path, typed = _question(desk, "place", kind=Kind.SINGLE.value, do="refresh")
    assert read_main(desk.post(path, **typed)).find(id="id_option-0-it") is not None
    typed |= {"option-0-it": "Milano", "option-1-it": "Altrove", "do": "save"}
    assert desk.post(path, **typed).status_code == 302
    assert desk.document().question("place").question.kind == Kind.SINGLE


def test_parts_are_added_moved_doubled_and_taken_out_by_buttons(desk: Desk) -> None:
    added = _step(desk, "question", kind=Kind.DATE.value, near="question:workers")
    assert "/modifica/domanda/domanda_" in added
    key = added.partition("/#id_label_it")[0].rpartition("/")[2]
    keys = [placed.question.key for placed in desk.document().questions()]
    assert keys.index(key) == keys.index("workers") + 1
    _step(desk, f"up:question:{key}", at=f"question:{key}")
    keys = [placed.question.key for placed in desk.document().questions()]
    assert keys.index(key) == keys.index("workers") - 1
    _step(desk, f"move:question:{key}", target="group:services")
    assert desk.document().question(key).group is not None
    _step(desk, "duplicate:page:who")
    assert len(desk.document().pages) == 4
    _step(desk, "remove:page:who_2")
    assert len(desk.document().pages) == 3


def test_what_was_taken_out_is_put_back_by_who_took_it_out(desk: Desk) -> None:
    before, client = desk.document(), desk.client(desk.marta)
    client.post(desk.path("modifica/passo/"), {"do": "remove:group:services", "revision": desk.draft.revision})
    assert desk.document() != before
    page = read_main(client.get(desk.path("modifica/")))
    assert page.find(id="undo") is not None
    client.post(desk.path("modifica/passo/"), {"do": "undo"})
    assert desk.document() == before
    assert read_main(client.get(desk.path("modifica/"))).find(id="undo") is None


def test_the_later_of_two_people_is_told_and_loses_nothing(desk: Desk) -> None:
    path, first = _question(desk, "workers", label_it="Il testo di Marta", do="save")
    _same, second = _question(desk, "workers", label_it="Il testo di Elena", do="save")
    assert desk.post(path, **first).status_code == 302
    answer = desk.post(path, **second)
    main = read_main(answer)
    assert answer.status_code == 200
    assert desk.document().question("workers").question.label.it == "Il testo di Marta"
    assert main.find(id="id_label_it").get_text(strip=True) == "Il testo di Elena"
    assert "Il testo di Marta" in main.find(id="preview").get_text()
    typing_on = typed_in(main) | {"label_it": "Il testo di Elena, più lungo"}
    assert desk.post(path, **typing_on, do="keep").status_code == 200
    assert desk.document().question("workers").question.label.it == "Il testo di Marta"
    assert desk.post(path, **typing_on, do="save").status_code == 302
    assert desk.document().question("workers").question.label.it == "Il testo di Elena, più lungo"


def test_two_people_who_write_different_questions_do_not_meet(desk: Desk) -> None:
    path, first = _question(desk, "workers", label_it="Quanti siete?", do="save")
    other_path, second = _question(desk, "place", label_it="Dove siete?", do="save")
    desk.post(path, **first)
    assert desk.post(other_path, **second).status_code == 302
    document = desk.document()
    labels = [document.question(key).question.label.it for key in ("workers", "place")]
    assert labels == ["Quanti siete?", "Dove siete?"]


def test_a_part_is_not_moved_on_a_page_that_is_no_longer_true(desk: Desk) -> None:
    before = desk.document()
    Version.objects.filter(pk=desk.draft.pk).update(revision=5)
    answer = desk.post(desk.path("modifica/passo/"), do="down:page:who", revision=4)
    assert answer.status_code == 409
    assert desk.document() == before


def test_a_part_taken_out_by_somebody_else_is_told_and_the_builder_shown(desk: Desk) -> None:
    path, typed = _question(desk, "workers", do="save")
    _step(desk, "remove:question:workers")
    assert desk.post(path, **typed)["Location"] == desk.path("modifica/")


def test_a_key_that_changes_takes_its_conditions_along(desk: Desk) -> None:
    path, typed = _question(desk, "flexible", key="flessibile", do="save")
    assert desk.post(path, **typed)["Location"] == desk.path("modifica/domanda/flessibile/")
    document = desk.document()
    tests = [
        test.question for placed in document.questions() if placed.question.when for test in placed.question.when.tests
    ]
    assert "flessibile" in tests
    assert "flexible" not in tests


def test_the_preview_beside_shows_the_page_and_conditions_work_in_it(desk: Desk) -> None:
    path = desk.path("modifica/domanda/flexible/")
    hidden = desk.see(path).select_one("#preview [data-key=how]")
    shown = desk.see(f"{path}?lingua=it&flexible=yes").select_one("#preview [data-key=how]")
    assert hidden is None or hidden.has_attr("hidden")
    assert shown is not None
    assert not shown.has_attr("hidden")


def test_the_preview_speaks_english_where_asked(desk: Desk) -> None:
    preview = desk.see(f"{desk.path('modifica/domanda/workers/')}?lingua=en").find(id="preview")
    assert "How many work there?" in preview.get_text()


def test_a_page_that_is_not_being_written_leads_to_the_versions(desk: Desk) -> None:
    desk.draft.delete()
    assert desk.get(desk.path("modifica/"))["Location"] == desk.path()


def test_page_and_group_are_written_with_their_own_forms(desk: Desk) -> None:
    path = desk.path("modifica/gruppo/services/")
    typed = typed_in(desk.see(path)) | {"label_it": "I servizi", "repeat": "4", "do": "save"}
    assert desk.post(path, **typed).status_code == 302
    group = find(desk.document(), Ref(PartKind.GROUP, "services"))
    assert group == replace(group, repeat=4)
    assert group.label.it == "I servizi"  # type: ignore[union-attr]
    path = desk.path("modifica/pagina/who/")
    typed = typed_in(desk.see(path)) | {"title_en": "About you", "do": "save"}
    assert desk.post(path, **typed).status_code == 302
    assert desk.document().pages[0].title.en == "About you"
