"""Changing a document part by part: what moves, what follows, what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.checking import problems
from contempo.questionnaires.rules.document import Condition, Document, Group, Kind, Op, Page, Question, Test, Words
from contempo.questionnaires.rules.editing import (
    AddGroup,
    AddPage,
    AddQuestion,
    Duplicate,
    Edit,
    InsertQuestions,
    Move,
    MoveTo,
    PartKind,
    Ref,
    Remove,
    RestorePart,
    WritePage,
    WriteQuestion,
    find,
)
from contempo.questionnaires.rules.editing.parts import every, keys_of
from contempo.questionnaires.rules.library import library
from contempo.questionnaires.tests.samples import sample_document


def _question(key: str, when: Condition | None = None) -> Question:
    return Question(key, Kind.TEXT, Words(key.title(), key.title()), when=when)


ANSWERED = Condition((Test("a", Op.ANSWERED),))
DOCUMENT = Document(
    (
        Page("one", Words("Uno"), (_question("a"), _question("b", ANSWERED))),
        Page("two", Words("Due"), (Group("g", Words("Gruppo"), (_question("c", ANSWERED), _question("d"))),)),
    )
)


def _order(document: Document) -> list[str]:
    return [part.key for part, _place in every(document)]


def _q(key: str) -> Ref:
    return Ref(PartKind.QUESTION, key)


def _page(key: str) -> Ref:
    return Ref(PartKind.PAGE, key)


GROUP = Ref(PartKind.GROUP, "g")


@pytest.mark.parametrize(
    ("edit", "order"),
    [
        (Move(_q("b"), -1), ["one", "b", "a", "two", "g", "c", "d"]),
        (Move(_q("b"), 1), ["one", "a", "two", "b", "g", "c", "d"]),
        (Move(_q("c"), -1), ["one", "a", "b", "two", "c", "g", "d"]),
        (Move(_q("d"), 1), ["one", "a", "b", "two", "g", "c", "d"]),
        (Move(GROUP, -1), ["one", "a", "b", "g", "c", "d", "two"]),
        (Move(_page("two"), -1), ["two", "g", "c", "d", "one", "a", "b"]),
        (MoveTo(_q("a"), GROUP), ["one", "b", "two", "g", "c", "d", "a"]),
        (MoveTo(_q("c"), _page("one")), ["one", "a", "b", "c", "two", "g", "d"]),
        (AddPage(_page("one")), ["one", "a", "b", "pagina_3", "two", "g", "c", "d"]),
        (AddQuestion(_q("a"), Kind.DATE), ["one", "a", "domanda_5", "b", "two", "g", "c", "d"]),
        (AddQuestion(GROUP, Kind.SINGLE), ["one", "a", "b", "two", "g", "c", "d", "domanda_5"]),
        (AddGroup(_page("one")), ["one", "a", "b", "gruppo_1", "two", "g", "c", "d"]),
        (Remove(_page("two")), ["one", "a", "b"]),
        (Duplicate(_q("a")), ["one", "a", "a_2", "b", "two", "g", "c", "d"]),
        (Duplicate(GROUP), ["one", "a", "b", "two", "g", "c", "d", "g_2", "c_2", "d_2"]),
    ],
)
def test_parts_go_where_they_are_sent(edit: Edit, order: list[str]) -> None:
    assert _order(edit.apply(DOCUMENT).document) == order


@pytest.mark.parametrize("edit", [Move(_page("one"), -1), Move(_page("two"), 1), Move(_q("a"), -1), Move(GROUP, 1)])
def test_nothing_goes_beyond_the_ends(edit: Edit) -> None:
    with pytest.raises(Refusal):
        edit.apply(DOCUMENT)


@pytest.mark.parametrize("edit", [MoveTo(GROUP, GROUP), MoveTo(_page("one"), _page("two")), MoveTo(_q("a"), _q("b"))])
def test_a_part_does_not_go_where_it_cannot_stand(edit: Edit) -> None:
    with pytest.raises(Refusal):
        edit.apply(DOCUMENT)


def test_what_was_taken_out_is_put_back_where_it_stood() -> None:
    for ref in (_q("a"), _q("d"), GROUP, _page("one")):
        edited = Remove(ref).apply(DOCUMENT)
        assert edited.removed is not None
        assert RestorePart(edited.removed).apply(edited.document).document == DOCUMENT


def test_what_has_found_another_of_its_name_is_not_put_back() -> None:
    edited = Remove(_q("a")).apply(DOCUMENT)
    assert edited.removed is not None
    other = InsertQuestions(_q("b"), (_question("a"),)).apply(edited.document).document
    with pytest.raises(Refusal):
        RestorePart(edited.removed).apply(other)


def test_a_condition_follows_a_question_that_is_called_otherwise() -> None:
    renamed = WriteQuestion(_q("a"), replace(_question("a"), key="first")).apply(DOCUMENT)
    assert renamed.shown == _q("first")
    tests = [find(renamed.document, _q(key)).when.tests[0].question for key in ("b", "c")]  # type: ignore[union-attr]
    assert tests == ["first", "first"]


def test_no_two_parts_get_the_same_name() -> None:
    with pytest.raises(Refusal) as refused:
        WriteQuestion(_q("a"), replace(_question("a"), key="g")).apply(DOCUMENT)
    assert refused.value.field == "key"


def test_a_page_is_written_without_touching_its_questions() -> None:
    written = WritePage(_page("one"), Page("one", Words("Altro"), ())).apply(DOCUMENT).document
    assert _order(written) == _order(DOCUMENT)
    assert written.pages[0].title.it == "Altro"


def test_the_copy_of_a_page_looks_at_its_own_questions() -> None:
    copy = Duplicate(_page("one")).apply(DOCUMENT).document
    assert find(copy, _q("b_2")).when == Condition((Test("a_2", Op.ANSWERED),))  # type: ignore[union-attr]
    assert find(copy, _q("b")).when == ANSWERED  # type: ignore[union-attr]


def test_a_question_taken_from_elsewhere_leaves_behind_what_it_depended_on() -> None:
    taken = (_question("a", Condition((Test("elsewhere", Op.ANSWERED),))),)
    edited = InsertQuestions(_q("b"), taken).apply(DOCUMENT)
    assert edited.shown == _q("a_2")
    assert find(edited.document, _q("a_2")).when is None  # type: ignore[union-attr]


def test_every_question_of_the_library_can_be_taken_twice() -> None:
    for form in library():
        for placed in form.document.questions():
            document = DOCUMENT
            for _time in range(2):
                document = InsertQuestions(_page("one"), (placed.question,)).apply(document).document
            assert len(keys_of(document)) == len(every(document))


def test_a_new_question_of_each_kind_lacks_only_its_words() -> None:
    for kind in Kind:
        made = AddQuestion(_page("one"), kind).apply(DOCUMENT)
        assert made.shown is not None
        kinds = {problem.part for problem in problems(made.document) if problem.where == made.shown.key}
        assert kinds <= {"label", "options", "rows"}, (kind, kinds)


_REFS = [Ref.of(part) for part, _place in every(sample_document())]
_EDITS = st.one_of(
    st.builds(Move, st.sampled_from(_REFS), st.sampled_from([-1, 1])),
    st.builds(Duplicate, st.sampled_from(_REFS)),
    st.builds(Remove, st.sampled_from(_REFS)),
    st.builds(MoveTo, st.sampled_from(_REFS), st.sampled_from(_REFS)),
    st.builds(AddQuestion, st.sampled_from(_REFS), st.sampled_from(list(Kind))),
    st.builds(AddPage, st.sampled_from([ref for ref in _REFS if ref.kind == PartKind.PAGE])),
)


@given(st.lists(_EDITS, max_size=12))
def test_whatever_is_done_no_name_is_there_twice_and_moving_loses_nothing(edits: list[Edit]) -> None:
    document = sample_document()
    for edit in edits:
        before = keys_of(document)
        try:
            document = edit.apply(document).document
        except Refusal:
            continue
        assert len(every(document)) == len(keys_of(document))
        if isinstance(edit, Move | MoveTo):
            assert keys_of(document) == before
