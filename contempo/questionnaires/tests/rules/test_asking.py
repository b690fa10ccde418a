"""Which questions are asked."""

from contempo.questionnaires.rules.asking import asked, asked_each
from contempo.questionnaires.tests.rules.cast import document, every_kind, options, page, question, when


def test_a_page_on_which_nothing_is_asked_is_not_shown() -> None:
    form = document(
        page("a", question("q", "single", options=options("si", "no"))),
        page("b", question("r", "text", when=when(("q", "is", "si")))),
        page("c", question("s", "text")),
    )
    assert [shown.page.key for shown in asked(form, {"q": "no"}).pages] == ["a", "c"]
    assert asked(form, {"q": "no"}).after(0).page.key == "c"
    assert asked(form, {"q": "no"}).before(2).page.key == "a"
    assert [shown.page.key for shown in asked(form, {"q": "si"}).pages] == ["a", "b", "c"]


def test_what_is_not_asked_is_named_and_its_answer_dropped() -> None:
    found = asked(every_kind(), {"lavoro": "no", "misure": ["agile"], "quanti": 4, "voto": 9})
    assert found.unasked == ("misure", "quanti", "perche")
    assert found.answers == {"lavoro": "no", "voto": 9}


def test_of_a_question_that_was_not_asked_only_not_answered_holds() -> None:
    form = document(
        page(
            "a",
            question("q", "single", options=options("si", "no")),
            question("hidden", "single", options=options("x", "y"), when=when(("q", "is", "si"))),
            question("not_x", "text", when=when(("hidden", "is_not", "x"))),
            question("silent", "text", when=when(("hidden", "not_answered"))),
        )
    )
    assert asked(form, {"q": "no", "hidden": "y"}).unasked == ("hidden", "not_x")
    assert asked(form, {"q": "si", "hidden": "y"}).unasked == ("silent",)


def test_a_group_that_repeats_is_left_out_as_a_whole_with_its_questions() -> None:
    found = asked(every_kind(), {"lavoro": "no", "figli": [{"eta": 3}]})
    assert found.unasked[-3:] == ("figli", "eta", "scuola")
    assert "figli" not in found.answers


def test_each_time_of_a_group_has_its_own_conditions() -> None:
    form = every_kind()
    group = form.question("eta").group
    assert [one.key for one in asked_each(group, {}, {"eta": 3})] == ["eta", "scuola"]
    assert [one.key for one in asked_each(group, {}, {"eta": 12})] == ["eta"]
    kept = asked(form, {"lavoro": "si", "figli": [{"eta": 12, "scuola": "nido"}, {}, {"eta": 2, "scuola": "nido"}]})
    assert kept.answers["figli"] == [{"eta": 12}, {"eta": 2, "scuola": "nido"}]


def test_zero_is_an_answer() -> None:
    form = document(page("a", question("n", "number"), question("why", "text", when=when(("n", "is", "0")))))
    assert asked(form, {"n": 0}).unasked == ()
    assert asked(form, {}).unasked == ("why",)


def test_the_text_beside_other_stays_only_where_other_was_chosen() -> None:
    form = every_kind()
    assert asked(form, {"lavoro": "altro", "lavoro.other": "a giornata"}).answers["lavoro.other"] == "a giornata"
    assert "lavoro.other" not in asked(form, {"lavoro": "si", "lavoro.other": "a giornata"}).answers


def test_days_are_compared_as_days() -> None:
    form = document(page("a", question("d", "date"), question("q", "text", when=when(("d", "at_least", "2026-01-01")))))
    assert asked(form, {"d": "2026-01-01"}).unasked == ()
    assert asked(form, {"d": "2025-12-31"}).unasked == ("q",)
