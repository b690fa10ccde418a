"""What leaves with a data set when answers are not with name stands for at least five responses, or says nothing."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from contempo.core.small_cells import LEAST
from contempo.questionnaires.rules.coarse import averaged, coarsened, rare

_VALUES = st.sampled_from(["a", "b", "c", "d", None])
_COMBINATIONS = st.dictionaries(st.tuples(_VALUES, _VALUES, _VALUES), st.integers(1, 12), min_size=1, max_size=30)


@given(_COMBINATIONS)
def test_no_combination_that_is_told_stands_for_fewer_than_five(counts):
    told = coarsened(counts)
    standing = Counter()
    for combination, shown in told.items():
        standing[shown] += counts[combination]
    few = {shown: count for shown, count in standing.items() if count < LEAST}
    assert not few or (set(few) == {(None, None, None)} == set(standing))


@given(_COMBINATIONS)
def test_nothing_is_told_that_was_not_there(counts):
    for combination, shown in coarsened(counts).items():
        assert all(one in (None, other) for one, other in zip(shown, combination, strict=True))


def test_the_finest_attribute_is_given_up_first_and_only_where_it_must():
    counts = {("company", "small", "milano"): 9, ("company", "small", "rho"): 2, ("company", "small", "pero"): 3}
    assert coarsened(counts) == {
        ("company", "small", "milano"): ("company", "small", "milano"),
        ("company", "small", "rho"): ("company", "small", None),
        ("company", "small", "pero"): ("company", "small", None),
    }


def test_few_blank_ones_are_joined_by_the_rarest_others():
    assert coarsened({("company",): 9, ("union",): 6, ("church",): 1}) == {
        ("company",): ("company",),
        ("union",): (None,),
        ("church",): (None,),
    }


@given(st.dictionaries(st.integers(-50, 1000), st.integers(1, 8), max_size=40))
def test_each_number_told_is_a_mean_of_five_or_more_and_the_sum_stays(counts):
    told = averaged(counts)
    if sum(counts.values()) < LEAST:
        assert set(told.values()) <= {None}
        return
    standing = Counter()
    for value, shown in told.items():
        standing[shown] += counts[value]
    assert min(standing.values()) >= LEAST
    exact = sum(value * count for value, count in counts.items())
    assert abs(sum(shown * count for shown, count in standing.items()) - exact) < 1e-6 * max(1, abs(exact))


def test_a_rare_value_takes_others_with_it_until_five_stand_together():
    assert rare({"a": 9, "b": 6, "c": 1}) == {"b", "c"}
    assert rare({"a": 9, "b": 3, "c": 2}) == {"b", "c"}
    assert rare({"a": 9, "b": 6}) == frozenset()
