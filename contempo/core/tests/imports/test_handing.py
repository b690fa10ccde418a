"""Rows that hand things on to each other hang together, in chains and in rings; the others do not."""

from contempo.core.imports.handing import Exchange, together


def row(line: int, has: str, will_have: str) -> Exchange:
    return line, frozenset(has), frozenset(will_have)


def test_rows_that_keep_what_they_have_or_take_what_is_nobodys_hang_together_with_none() -> None:
    assert together([row(2, "a", "a"), row(3, "b", "c"), row(4, "", "d"), row(5, "e", "")]) == {}


def test_a_ring_and_a_chain_are_each_written_at_once() -> None:
    ring = [row(2, "a", "b"), row(5, "b", "c"), row(9, "c", "a")]
    chain = [row(3, "x", ""), row(4, "y", "x"), row(7, "", "y")]
    found = together([*ring, *chain, row(8, "z", "z")])
    assert found == {**dict.fromkeys((2, 5, 9), (2, 5, 9)), **dict.fromkeys((3, 4, 7), (3, 4, 7))}


def test_one_row_that_hands_on_two_things_holds_all_together() -> None:
    found = together([row(2, "ab", ""), row(3, "", "a"), row(4, "", "b")])
    assert found == dict.fromkeys((2, 3, 4), (2, 3, 4))
