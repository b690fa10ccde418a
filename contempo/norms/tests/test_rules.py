"""What a norm is, when it holds, and what may replace it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.verdict import Refusal
from contempo.norms.rules.norms import (
    KIND_LABELS,
    LOOKS,
    MIN_REASON,
    Link,
    NormKind,
    Standing,
    check_past,
    check_reason,
    check_replacement,
    check_validity,
    has_ended,
    label_of,
    norm_slug,
    search_words,
    sort_key,
    standing,
    text_address,
    wanted_words,
)

BEGAN, ENDS = date(2001, 4, 27), date(2022, 8, 13)
A_DAY = timedelta(days=1)


def stands(on: date, *, valid_to: date | None = ENDS, replaced: bool = False) -> Standing:
    return standing(valid_from=BEGAN, valid_to=valid_to, replaced=replaced, on=on)


def test_a_norm_holds_from_its_first_day():
    assert stands(BEGAN - A_DAY) == Standing.NOT_YET
    assert stands(BEGAN) == Standing.IN_FORCE


def test_the_day_it_ends_is_the_first_on_which_it_does_not_hold():
    assert stands(ENDS - A_DAY) == Standing.IN_FORCE
    assert stands(ENDS) == Standing.ENDED


def test_without_an_end_it_goes_on():
    assert stands(date(2999, 1, 1), valid_to=None) == Standing.IN_FORCE


def test_one_with_a_successor_is_replaced_once_it_has_ended_and_not_before():
    assert stands(ENDS - A_DAY, replaced=True) == Standing.IN_FORCE
    assert stands(ENDS, replaced=True) == Standing.REPLACED


days = st.dates(date(1950, 1, 1), date(2050, 12, 31))


@given(days, st.none() | days, st.booleans(), days)
def test_a_norm_has_ended_exactly_when_its_standing_says_so(valid_from, valid_to, replaced, on):
    if valid_to is not None and valid_to <= valid_from:
        return
    told = standing(valid_from=valid_from, valid_to=valid_to, replaced=replaced, on=on)
    assert (told in (Standing.ENDED, Standing.REPLACED)) == has_ended(valid_to, on=on)


def test_it_holds_for_one_day_at_least():
    check_validity(BEGAN, None)
    check_validity(BEGAN, BEGAN + A_DAY)
    for end in (BEGAN, BEGAN - A_DAY):
        with pytest.raises(Refusal) as refused:
            check_validity(BEGAN, end)
        assert refused.value.field == "valid_to"
        assert "27/04/2001" in str(refused.value)


def replace(norm: int, successor: int, following: dict[int, int | None], networks: tuple[int, int] = (1, 1)) -> None:
    check_replacement(Link(norm, networks[0]), Link(successor, networks[1]), following)


def test_a_norm_may_be_replaced_by_the_last_of_another_chain():
    replace(1, 2, {1: None, 2: 3, 3: None})


@pytest.mark.parametrize("following", [{1: None, 2: 1}, {1: None, 2: 3, 3: 4, 4: 1}])
def test_what_a_norm_replaced_cannot_replace_it(following):
    with pytest.raises(Refusal) as refused:
        replace(1, 2, following)
    assert refused.value.field == "successor"


def test_nor_can_it_replace_itself():
    with pytest.raises(Refusal):
        replace(1, 1, {1: None})


def test_nor_can_a_norm_of_another_network():
    with pytest.raises(Refusal):
        replace(1, 2, {1: None, 2: None}, networks=(1, 2))


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=40))
def test_whatever_is_tried_in_whatever_order_no_circle_closes(tries):
    following: dict[int, int | None] = dict.fromkeys(range(8))
    for norm, successor in tries:
        try:
            replace(norm, successor, following)
        except Refusal:
            continue
        following[norm] = successor
    for start in following:
        step, steps = start, 0
        while (step := following[step]) is not None:
            steps += 1
            assert steps < len(following)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1992-02-05;104",
        " https://www.inps.it/it/it/inps-comunica/atti.html ",
    ],
)
def test_the_text_is_at_an_https_address(address):
    assert text_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://www.normattiva.it/",
        "www.normattiva.it",
        "javascript:alert(1)",
        "https://",
        "https://localhost/testo",
        "https://www.normattiva.it/il testo",
        "https://[rotto",
    ],
)
def test_anything_else_is_refused_beside_its_field(address):
    with pytest.raises(Refusal) as refused:
        text_address(address)
    assert refused.value.field == "url"


def test_a_reason_says_something():
    assert check_reason("  Abrogata dal decreto 105.  ") == "Abrogata dal decreto 105."
    with pytest.raises(Refusal) as refused:
        check_reason(" " * MIN_REASON + "no")
    assert refused.value.field == "reason"


def test_what_has_happened_has_a_day_that_has_come():
    check_past(None, today=ENDS, field="checked_on")
    check_past(ENDS, today=ENDS, field="checked_on")
    with pytest.raises(Refusal) as refused:
        check_past(ENDS + A_DAY, today=ENDS, field="checked_on")
    assert refused.value.field == "checked_on"


def test_norms_are_called_with_their_article():
    assert label_of("Legge 104/1992", "art. 33") == "Legge 104/1992, art. 33"
    assert label_of("Legge 53/2000", "") == "Legge 53/2000"


def test_articles_are_in_the_order_of_their_numbers():
    names = ["D.lgs. 151/2001, art. 33", "D.lgs. 151/2001, art. 9", "D.lgs. 151/2001, art. 39"]
    assert [name[-2:] for name in sorted(names, key=sort_key)] == [" 9", "33", "39"]


def test_the_address_comes_from_the_name():
    assert norm_slug("D.lgs. 151/2001, art. 39") == "d-lgs-151-2001-art-39"
    assert len(norm_slug("articolo " * 40)) <= 80
    with pytest.raises(Refusal):
        norm_slug("§§")


def found(text: str, *parts: str) -> bool:
    kept = search_words(*parts)
    return all(f" {word}" in kept for word in wanted_words(text))


@pytest.mark.parametrize(
    "text", ["151", "151/2001", "d.lgs. 151", "dlgs 151", "DLGS", "maternità", "maternita", "art 39", "Lgs. 151/2001"]
)
def test_a_norm_is_found_by_its_numbers_and_words_however_written(text):
    assert found(text, "D.lgs. 151/2001, art. 39", "Testo unico sulla maternità e la paternità")


@pytest.mark.parametrize("text", ["1510", "paternalismo", "art 40"])
def test_and_not_by_others(text):
    assert not found(text, "D.lgs. 151/2001, art. 39", "Testo unico sulla maternità e la paternità")


def test_every_kind_and_every_standing_has_its_words():
    assert set(KIND_LABELS) == set(NormKind)
    assert set(LOOKS) == set(Standing)
