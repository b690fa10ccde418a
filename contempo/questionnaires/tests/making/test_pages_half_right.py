"""The builder when something typed is wrong: what is right is kept, what is wrong is told beside its field, nothing is
lost.
"""

import pytest
from bs4 import Tag
from django.http import HttpResponse

from contempo.questionnaires.actions.making.drafting import replace_draft
from contempo.questionnaires.rules.document import Kind, Op, Question, Test, to_json
from contempo.questionnaires.rules.editing import PartKind, Ref, find
from contempo.questionnaires.rules.library import KEYS, library_form
from contempo.questionnaires.tests.making.conftest import Desk, read_main, typed_in


def _part(desk: Desk, where: str, **typed: object) -> tuple[str, dict[str, object]]:
    path = desk.path(f"modifica/{where}/")
    return path, {**typed_in(desk.see(path)), **typed}


def _written(desk: Desk, key: str) -> Question:
    return desk.document().question(key).question


def _beside(main: Tag, control: str) -> str:
    """What the element says by which a control is described."""
    field = main.find(id=control)
    assert field is not None
    said = [main.find(id=name) for name in field["aria-describedby"].split()]
    return " ".join(one.get_text(" ", strip=True) for one in said if one is not None)


def _links(answer: HttpResponse) -> set[str]:
    return {link["href"] for link in read_main(answer).select(".error-summary a")}


def test_what_is_right_is_kept_and_what_is_wrong_is_told_beside_its_field(desk: Desk) -> None:
    before = _written(desk, "workers")
    path, typed = _part(desk, "domanda/workers", label_it="Un testo nuovo", least="dodici", key="Due Parole")
    answer = desk.post(path, **typed, do="save")
    main = read_main(answer)
    assert _links(answer) == {"#id_least", "#id_key"}
    assert main.find(id="id_least")["value"] == "dodici"
    assert main.find(id="id_key")["value"] == "Due Parole"
    for control in ("id_least", "id_key"):
        assert main.find(id=control)["aria-invalid"] == "true"
        assert _beside(main, control)
    after = _written(desk, "workers")
    assert (after.label.it, after.least, after.key) == ("Un testo nuovo", before.least, "workers")
    assert not main.find(id="id_label_it").has_attr("aria-invalid")
    assert main.find(id="save-state").get_text(strip=True).startswith("Salvato, ma non ciò che è segnato")


def test_mending_what_was_wrong_saves_the_rest_without_a_stale_form(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/workers", label_it="Un testo nuovo", least="dodici")
    main = read_main(desk.post(path, **typed, do="save"))
    assert desk.post(path, **(typed_in(main) | {"least": "12", "do": "save"})).status_code == 302
    assert _written(desk, "workers").least == 12


def test_no_sentence_says_that_a_text_is_missing_which_was_typed(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/workers", label_it="")
    desk.post(path, **typed, do="save")
    path, typed = _part(desk, "domanda/workers", label_it="Appena scritto", least="dodici")
    for do in ("save", "keep", "refresh"):
        main = read_main(desk.post(path, **typed, do=do))
        assert "Manca il testo in italiano" not in main.find(id="part").get_text(), do
        typed = typed_in(main)
        assert "Inserisci un numero" in _beside(main, "id_least")


def test_while_one_types_what_is_right_is_kept_too(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/workers", label_it="Scritto", least="x", key="altro_nome")
    main = read_main(desk.post(path, **typed, do="keep"))
    assert _written(desk, "workers").label.it == "Scritto"
    assert not main.find(id="save-state").has_attr("data-kept")
    typed = typed_in(main) | {"least": "1"}
    main = read_main(desk.post(path, **typed, do="keep"))
    assert _written(desk, "workers").least == 1
    assert "quando premi “Salva”" in main.find(id="save-state").get_text()
    assert main.find(id="id_key")["value"] == "altro_nome"
    assert desk.post(path, **typed_in(main), do="save").status_code == 302
    assert _written(desk, "altro_nome").label.it == "Scritto"


def test_a_name_that_another_part_has_is_told_beside_it(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/workers", label_it="Scritto", key="place")
    answer = desk.post(path, **typed, do="save")
    assert _links(answer) == {"#id_key"}
    assert _written(desk, "workers").label.it == "Scritto"


def test_of_a_wrong_row_what_was_there_stays_and_the_other_rows_are_kept(desk: Desk) -> None:
    before = _written(desk, "flexible").options
    path, typed = _part(
        desk,
        "domanda/flexible",
        **{"option-0-it": "x" * 501, "option-0-en": "Right", f"option-{len(before)}-it": "Non so"},
    )
    answer = desk.post(path, **typed, do="save")
    assert _links(answer) == {"#id_option-0-it"}
    main = read_main(answer)
    assert main.find(id="id_option-0-it")["value"] == "x" * 501
    after = _written(desk, "flexible").options
    assert (after[0].label.it, after[0].label.en) == (before[0].label.it, "Right")
    assert [option.label.it for option in after[1:]] == [*[option.label.it for option in before[1:]], "Non so"]


def test_points_that_are_no_number_are_told_in_their_row(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/place", kind=Kind.LIKERT.value)
    typed |= {"option-0-it": "Poco", "option-0-score": "uno", "option-1-it": "Molto", "option-1-score": "2"}
    answer = desk.post(path, **typed, do="save")
    assert _links(answer) == {"#id_option-0-score"}
    main = read_main(answer)
    assert main.find(id="id_option-0-score").find_parent("details").has_attr("open")
    assert [(one.label.it, one.score) for one in _written(desk, "place").options] == [("Poco", None), ("Molto", 2)]


def test_a_condition_stays_as_it_was_while_a_test_in_it_is_wrong(desk: Desk) -> None:
    tests = {"test-0-question": "place", "test-0-op": "is", "test-0-value": "Milano"}
    path, typed = _part(desk, "domanda/flexible", **tests)
    desk.post(path, **typed, do="save")
    path, typed = _part(desk, "domanda/flexible", label_it="Un testo nuovo", **{"test-0-value": "Altrove"})
    answer = desk.post(path, **typed, do="save")
    assert _links(answer) == {"#id_test-0-value"}
    main = read_main(answer)
    assert main.find(id="id_test-0-value")["value"] == "Altrove"
    assert _beside(main, "id_test-0-value")
    kept = _written(desk, "flexible")
    assert kept.label.it == "Un testo nuovo"
    assert kept.when is not None
    assert kept.when.tests == (Test("place", Op.IS, "015146"),)


def test_what_is_still_missing_is_told_beside_the_language_and_the_row_that_lacks_it(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/flexible", label_en="", **{"option-1-it": "", "option-1-en": "Only English"})
    desk.post(path, **typed, do="save")
    main = desk.see(path)
    assert "non ha ancora il testo in inglese" in _beside(main, "id_label_en")
    assert "Manca il testo in italiano" in _beside(main, "id_option-1-it")
    assert not _beside(main, "id_option-0-it")
    links = {link["href"].partition("#")[2] for link in main.select("#part-problems a")}
    assert {"id_label_en", "id_option-1-it"} <= links


def test_a_condition_without_its_value_is_told_beside_the_value(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/place", **{"test-0-question": "workers", "test-0-op": "is"})
    desk.post(path, **typed, do="save")
    assert "non ha ancora un valore" in _beside(desk.see(path), "id_test-0-value")


def test_what_was_typed_for_another_kind_is_there_again_when_the_kind_is(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/flexible", kind=Kind.TEXT.value)
    main = read_main(desk.post(path, **typed, do="refresh"))
    assert main.find(id="id_option-0-it") is None
    main = read_main(desk.post(path, **(typed_in(main) | {"kind": Kind.SINGLE.value}), do="refresh"))
    assert main.find(id="id_option-0-it")["value"] == _written(desk, "flexible").options[0].label.it


def test_lines_pasted_and_not_added_are_added_by_saving(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/flexible", **{"option-pasted": "Forse | Maybe"})
    assert desk.post(path, **typed, do="save").status_code == 302
    assert _written(desk, "flexible").options[-1].label.en == "Maybe"


def test_lines_for_which_there_is_no_room_stay_where_they_were_pasted(desk: Desk) -> None:
    path, typed = _part(desk, "domanda/flexible", **{"option-pasted": "\n".join(f"Riga {n}" for n in range(405))})
    answer = desk.post(path, **typed, do="paste-option")
    main = read_main(answer)
    there = len(_written(desk, "flexible").options)
    left = main.find(id="option-pasted").get_text().split("\n")
    assert there == 400
    assert left[-1] == "Riga 404"
    assert "#option-pasted" in _links(answer)


def test_page_and_group_keep_what_is_right_too(desk: Desk) -> None:
    path, typed = _part(desk, "gruppo/services", label_it="I servizi", repeat="molte")
    assert _links(desk.post(path, **typed, do="save")) == {"#id_repeat"}
    assert find(desk.document(), Ref(PartKind.GROUP, "services")).label.it == "I servizi"  # type: ignore[union-attr]
    path, typed = _part(desk, "pagina/who", intro_it="Prima di cominciare", title_it="x" * 201)
    assert _links(desk.post(path, **typed, do="save")) == {"#id_title_it"}
    assert desk.document().pages[0].intro.it == "Prima di cominciare"


@pytest.mark.parametrize("key", KEYS)
def test_every_part_of_the_library_saves_without_changing(desk: Desk, key: str) -> None:
    document = library_form(key).document
    actor = desk.it.actor(desk.marta)
    replace_draft(actor, questionnaire_id=desk.form.pk, document=document)
    parts = [link["href"] for link in desk.see(desk.path("modifica/")).select("#outline ol a")]
    client = desk.client(desk.marta)
    for path in parts:
        answer = client.post(path, {**typed_in(read_main(client.get(path))), "do": "save"})
        assert answer.status_code == 302, path
    assert to_json(desk.document()) == to_json(document)
