"""What may change from a version to the next, and what needs a new key."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.questionnaires.rules.checking import problems
from contempo.questionnaires.rules.checking import refused as stopping
from contempo.questionnaires.rules.document import Document, read, to_json
from contempo.questionnaires.rules.versions import compare, refused
from contempo.questionnaires.tests.rules.cast import document, every_kind, group, options, page, question, when, words
from contempo.questionnaires.tests.rules.documents import documents

BEFORE = document(
    page(
        "a",
        question("lavoro", "single", options=options("si", "no")),
        question("ore", "number", least=0, most=40, unit="ore"),
        question("accordo", "likert", options=options("poco", "molto", poco={"score": 1}, molto={"score": 2})),
        question("perche", "text", when=when(("lavoro", "is", "si"))),
        question("griglia", "matrix", options=options("mai", "spesso"),
                 rows=[{"key": "casa", "label": words("A casa")}, {"key": "sede", "label": words("In sede")}]),
        group("figli", question("eta", "number"), repeat=3, each=words("Figlio")),
    )
)  # fmt: skip


def changed(change: Callable[[dict[str, dict[str, Any]], dict[str, Any]], object]) -> Document:
    """`BEFORE` after a change of its questions, by key, or of the whole."""
    kept = to_json(BEFORE)
    items = kept["pages"][0]["items"]
    by_key = {item["key"]: item for item in items} | {"eta": items[-1]["questions"][0]}
    change(by_key, kept)
    return read(kept)


def told(after: Document, *earlier: Document) -> list[tuple[str, bool]]:
    return [(one.text % one.params, one.refused) for one in compare(BEFORE, after, earlier)]


def test_the_same_questionnaire_has_no_differences() -> None:
    assert compare(every_kind(), every_kind()) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda q, _: q["lavoro"]["label"].update(it="Lavori?"), "The words of “Domanda lavoro” changed."),
        (lambda q, _: q["lavoro"].update(help=words("Anche saltuario")), "The words of “Domanda lavoro” changed."),
        (lambda q, _: q["lavoro"]["label"].update(en="Do you work?"), "The words of “Domanda lavoro” changed."),
        (
            lambda q, _: q["lavoro"]["options"][0]["label"].update(it="Sì, lavoro"),
            "The words of the answer “Si” to “Domanda lavoro” changed.",
        ),
        (lambda q, _: q["lavoro"]["options"].reverse(), "The answers of “Domanda lavoro” are in another order."),
        (lambda q, _: q["lavoro"].update(required=True), "“Domanda lavoro” must now be answered."),
        (lambda q, _: q["perche"].update(long=True), "“Domanda perche” has a field of another length."),
        (lambda q, _: q["perche"].update(personal=True), "The answer to “Domanda perche” is now personal."),
        (lambda q, _: q["accordo"].update(measure="satisfaction"), "“Domanda accordo” is now read as a measure"),
        (lambda q, _: q["lavoro"]["options"][0].update(tag="hours"), "“Si” to “Domanda lavoro” now tells of a need."),
        (lambda q, _: q["griglia"]["rows"].reverse(), "The rows of “Domanda griglia” are in another order."),
        (lambda q, d: d["pages"][0]["items"].append(question("nuova", "text")), "“Domanda nuova” is new."),
        (lambda q, d: d["pages"][0]["items"].remove(q["ore"]), "“Domanda ore” is no longer asked."),
        (lambda q, d: d["pages"][0]["items"].insert(4, d["pages"][0]["items"].pop(1)), "The order of the questions"),
        (lambda q, d: d["pages"][0]["title"].update(it="Chi sei"), "The words of page or group “a” changed."),
        (lambda q, d: d.update(languages=["it", "en"]), "The questionnaire is now in “en” too."),
    ],
)
def test_what_keeps_its_meaning_may_change(change: Any, sentence: str) -> None:
    found = told(changed(change))
    assert any(sentence in text for text, _ in found), found
    assert not any(stops for _, stops in found)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda q, _: q["ore"].update(kind="text", least=None, most=None, unit=""), "“Domanda ore” is of another kind"),
        (lambda q, _: q["lavoro"]["options"].extend(options("forse")), "has changed its possible answers"),
        (lambda q, _: q["lavoro"]["options"].pop(), "has changed its possible answers"),
        (lambda q, _: q["lavoro"]["options"][0].update(key="yes"), "has changed its possible answers"),
        (lambda q, _: q["lavoro"]["options"][1].update(other=True), "The answer “No” to “Domanda lavoro” counts in"),
        (lambda q, _: q["accordo"]["options"][1].update(score=5), "The answer “Molto” to “Domanda accordo” counts in"),
        (lambda q, _: q["accordo"]["options"].reverse(), "has its degrees in another order"),
        (lambda q, _: q["ore"].update(most=60), "“Domanda ore” has other limits"),
        (lambda q, _: q["ore"].update(unit="giorni"), "in another unit (“ore”, now “giorni”)"),
        (lambda q, _: q["ore"].update(decimals=1), "“Domanda ore” takes other decimals"),
        (lambda q, _: q["perche"].update(pattern="[a-z]+"), "must be written in another way"),
        (lambda q, _: q["perche"].pop("when"), "“Domanda perche” is asked to others than before"),
        (lambda q, d: q["perche"].update(when=when(("lavoro", "is", "no"))), "is asked to others than before"),
        (lambda q, _: q["griglia"]["rows"].pop(), "“Domanda griglia” has other rows"),
        (lambda q, _: q["figli"].update(repeat=5), "“Domanda eta” is asked several times"),
        (lambda q, _: q["figli"].pop("repeat"), "“Domanda eta” is asked several times"),
        (
            lambda q, _: (
                q["lavoro"]["options"][0].update(label=words("No")),
                q["lavoro"]["options"][1].update(label=words("Si")),
            ),
            "“No” has changed its key in “Domanda lavoro”",
        ),
        (
            lambda q, _: (
                q["ore"].update(label=words("Domanda perche")),
                q["perche"].update(label=words("Domanda ore")),
            ),
            "was asked under another key",
        ),
    ],
)
def test_a_change_of_meaning_is_refused_with_its_reason(change: Any, sentence: str) -> None:
    found = told(changed(change))
    assert any(sentence in text and stops for text, stops in found), found


def test_the_same_condition_on_the_page_is_the_same() -> None:
    where = when(("lavoro", "is", "si"))
    first = page("a", question("lavoro", "single", options=options("si", "no")))
    on_question = document(first, page("b", question("perche", "text", when=where)))
    on_page = document(first, page("b", question("perche", "text"), when=where))
    assert compare(on_question, on_page) == []


def test_what_comes_back_keeps_the_meaning_it_had() -> None:
    without = changed(lambda q, d: d["pages"][0]["items"].remove(q["ore"]))
    other = changed(lambda q, _: q["ore"].update(unit="giorni"))
    assert [one.text for one in compare(without, BEFORE, [BEFORE])] == ["“%(question)s” is asked again."]
    assert refused(compare(without, other, [BEFORE]))
    assert not refused(compare(without, other))


@given(documents())
def test_random_questionnaires_have_no_problems_and_equal_themselves(form: Document) -> None:
    assert stopping(problems(form)) == []
    assert compare(form, form) == []
    assert read(to_json(form)) == form


@given(documents(), st.data())
def test_taking_away_and_adding_a_question_is_never_refused(form: Document, data: st.DataObject) -> None:
    kept = to_json(form)
    for part in kept["pages"]:
        part["items"] = [*part["items"], question(f"nuova_{part['key']}", "text")]
    more = read(kept)
    assert not refused(compare(form, more))
    assert not refused(compare(more, form))
    assert {one.where for one in compare(form, more)} == {f"nuova_{part.key}" for part in form.pages}


@given(documents())
def test_new_words_are_never_refused(form: Document) -> None:
    def reworded(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) <= {"it", "en"}:
                return {language: f"{text} (nuovo)" for language, text in value.items()}
            return {key: reworded(part) for key, part in value.items()}
        return [reworded(part) for part in value] if isinstance(value, list) else value

    after = read({**reworded(to_json(form)), "languages": list(form.languages)})
    assert not refused(compare(form, after))
    assert all(one.before != one.after for one in compare(form, after))


@given(documents(), st.data())
def test_any_change_of_what_is_asked_is_refused(form: Document, data: st.DataObject) -> None:
    kept = to_json(form)
    asked = [
        one
        for part in kept["pages"]
        for item in part["items"]
        for one in item.get("questions", [item])
        if one["kind"] != "note"
    ]
    one = data.draw(st.sampled_from(asked))
    match data.draw(st.sampled_from(["kind", "options", "limits", "condition"])):
        case "kind":
            one["kind"] = "date" if one["kind"] != "date" else "file"
        case "options" if one.get("options"):
            one["options"] = one["options"][1:]
        case "limits" if one["kind"] == "number":
            one["most"] = (one.get("most") or 0) + 1
        case _:
            one["when"] = when(("mai", "answered"))
    assert one["key"] in {found.where for found in refused(compare(form, read(kept)))}
