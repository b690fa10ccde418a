"""What is told of needs names nobody, and counts them all."""

from hypothesis import given
from hypothesis import strategies as st

from contempo.core.small_cells import LEAST
from contempo.questionnaires.rules.needs import OTHERS, Counted, asked_needs, place_question, told
from contempo.questionnaires.tests.samples import sample_document

ONE_NEED = st.dictionaries(
    st.tuples(
        st.sampled_from(["childcare", "hours", "money", "leave"]), st.sampled_from(["015146", "108033", "", "x"])
    ),
    st.integers(1, 30),
    max_size=16,
)


def each_once(cells):
    """Answers that name one need each."""
    places = {}
    for (_tag, place), count in cells.items():
        places[place] = places.get(place, 0) + count
    return Counted(cells, places, sum(places.values()))


def test_the_questions_with_tags_and_the_municipality_are_found():
    document = sample_document()
    assert [(each.question, each.path) for each in asked_needs(document)] == [("needs", '$."needs"[*]')]
    assert place_question(document) == "place"


def test_exact_figures_are_as_counted_the_most_named_first():
    table = told(each_once({("money", "015146"): 1, ("hours", "015146"): 3, ("hours", ""): 2}), exact=True)
    assert table.types == ("hours", "money")
    assert table.places == ("015146", "")
    assert table.cells["money", ""] == 0
    assert (table.by_type["hours"], table.by_place[""], table.total, table.hidden) == (5, 2, 6, False)


def test_a_municipality_with_few_answers_stands_with_others():
    table = told(each_once({("hours", "a"): 40, ("hours", "b"): 9, ("hours", "c"): 2}), exact=False)
    assert table.places == ("a", OTHERS)
    assert table.by_place == {"a": 40, OTHERS: 11}
    assert table.hidden


def test_too_few_answers_tell_nothing():
    assert told(each_once({("hours", "a"): 2, ("money", "b"): 2}), exact=False) is None


def test_nothing_named_is_zero_and_not_too_few():
    assert told(Counted({}, {}, 0), exact=False).total == 0


@given(ONE_NEED)
def test_no_small_number_is_told_and_none_is_lost(cells):
    table = told(each_once(cells), exact=False)
    if table is None:
        return
    shown = [*table.cells.values(), *table.by_type.values(), *table.by_place.values()]
    assert not [count for count in shown if count is not None and 0 < count < LEAST]
    assert sum(table.by_type.values()) == sum(table.by_place.values()) == table.total == sum(cells.values())
