"""The builder: what it shows, and what its buttons do."""

from contempo.questionnaires.tests.making.conftest import Desk, read_main, typed_in


def test_the_outline_names_every_part_and_links_to_its_form(desk: Desk) -> None:
    main = desk.see(desk.path("modifica/"))
    outline = main.find(id="outline")
    links = [link["href"] for link in outline.find_all("a")]
    assert desk.path("modifica/domanda/workers/") in links
    assert desk.path("modifica/gruppo/services/") in links
    assert desk.path("modifica/pagina/who/") in links


def test_a_question_is_written_and_saved(desk: Desk) -> None:
    path = desk.path("modifica/domanda/workers/")
    sent = typed_in(desk.see(path)) | {"label_it": "Quante persone lavorano da voi?", "do": "save"}
    answer = desk.post(path, **sent)
    assert answer.status_code == 302, read_main(answer).get_text()
    assert desk.document().question("workers").question.label.it == "Quante persone lavorano da voi?"
