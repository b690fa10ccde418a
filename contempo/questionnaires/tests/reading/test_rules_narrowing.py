"""Filters in addresses: read as they are written, refused when the questionnaire does not know them."""

import pytest

from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.narrowing import parsed, tokens, understood
from contempo.questionnaires.tests.samples import sample_book

BOOK = sample_book()


def test_answers_of_one_question_are_taken_together():
    found = parsed(["q.flexible:yes", "a.size:small", "q.flexible:no"], BOOK)
    assert [(one.variable.code, one.values) for one in found] == [("q.flexible", ("yes", "no")), ("a.size", ("small",))]


def test_numbers_go_from_to_and_either_end_may_be_open():
    (both,) = parsed(["q.workers:10..49"], BOOK)
    (up,) = parsed(["q.workers:10.."], BOOK)
    assert (both.least, both.most, up.least, up.most) == (10, 49, 10, None)


def test_what_was_read_is_written_again():
    written = ["q.flexible:yes", "q.flexible:no", "q.table.mothers:always", "channel:email", "q.workers:2.5..49"]
    assert tokens(parsed(written, BOOK)) == written


@pytest.mark.parametrize(
    "token",
    [
        "q.secret:yes",
        "q.flexible:perhaps",
        "q.flexible:",
        "q.flexible:1..2",
        "q.workers:a..b",
        "q.workers:..",
        "nothing",
        "",
    ],
)
def test_what_the_questionnaire_does_not_know_is_refused_or_passed_over(token):
    with pytest.raises(Refusal):
        parsed([token], BOOK)
    assert [one.variable.code for one in understood([token, "q.flexible:yes"], BOOK)] == ["q.flexible"]
