"""History as spells."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.structure_spells import Spell, respelled, taken_back

SINCE = date(2026, 1, 1)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def history(*changes: tuple[str, date], until: date | None = None) -> tuple[Spell[str], ...]:
    found: tuple[Spell[str], ...] = ()
    for facts, day in changes:
        found = respelled(found, facts, day=day, since=SINCE, until=until)
    return found


def test_a_change_closes_what_was_and_opens_what_is() -> None:
    assert history(("a", SINCE), ("b", MARCH)) == (Spell(SINCE, MARCH, "a"), Spell(MARCH, None, "b"))


def test_the_same_facts_again_write_nothing() -> None:
    assert history(("a", SINCE), ("b", MARCH), ("b", JUNE)) == history(("a", SINCE), ("b", MARCH))


def test_a_change_on_the_day_of_the_last_one_corrects_it() -> None:
    assert history(("a", SINCE), ("b", MARCH), ("c", MARCH)) == (Spell(SINCE, MARCH, "a"), Spell(MARCH, None, "c"))


def test_a_change_taken_back_leaves_no_trace() -> None:
    before = history(("a", SINCE), ("b", MARCH))
    changed = respelled(before, "c", day=JUNE, since=SINCE, until=None)
    day = taken_back(changed)
    assert day == JUNE
    assert respelled(changed, "b", day=day, since=SINCE, until=None) == before


def test_the_end_closes_the_last_spell_and_an_earlier_one_stays() -> None:
    ended = respelled(history(("a", SINCE), ("b", MARCH)), "b", day=JUNE, since=SINCE, until=JUNE)
    assert ended == (Spell(SINCE, MARCH, "a"), Spell(MARCH, JUNE, "b"))


def test_a_later_first_day_drops_what_ended_before_it() -> None:
    found = respelled(history(("a", SINCE), ("b", MARCH)), "b", day=JUNE, since=JUNE, until=None)
    assert found == (Spell(JUNE, None, "b"),)


def test_an_earlier_first_day_lengthens_the_first_spell() -> None:
    first = date(2025, 9, 1)
    found = respelled(history(("a", SINCE), ("b", MARCH)), "b", day=JUNE, since=first, until=None)
    assert found == (Spell(first, MARCH, "a"), Spell(MARCH, None, "b"))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 60)), min_size=1, max_size=8))
def test_spells_follow_each_other_without_gaps_and_the_last_says_what_holds(changes: list[tuple[str, int]]) -> None:
    day, found = SINCE, ()
    for facts, later in changes:
        day += timedelta(days=later)
        found = respelled(found, facts, day=day, since=SINCE, until=None)
    assert found[0].since == SINCE
    assert found[-1].until is None
    assert found[-1].facts == changes[-1][0]
    for before, after in pairwise(found):
        assert before.until == after.since > before.since
        assert before.facts != after.facts
