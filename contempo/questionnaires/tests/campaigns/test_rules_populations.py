"""Populations: what taking one again changes; which sources serve whom."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contempo.questionnaires.rules.populations import (
    UPLOADED,
    Asking,
    Population,
    PopulationRow,
    difference,
    populations_for,
    row_of,
)

_rows = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["Uno", "Due"])).map(
    lambda names: {key: PopulationRow(key, name) for key, name in names.items()}
)


@given(_rows, _rows)
def test_what_changes_leads_from_what_is_known_to_what_is_there(
    known: dict[str, PopulationRow], there: dict[str, PopulationRow]
) -> None:
    found = difference(known, there.values())
    made = {key: row for key, row in known.items() if key not in found.gone}
    made |= {row.key: row for row in (*found.added, *found.changed)}
    assert made == there
    assert found.any == (known != there)


def test_a_key_given_twice_counts_once() -> None:
    first = PopulationRow("a", "Uno")
    assert difference({}, [first, replace(first, name="Due")]).added == (first,)


def test_a_row_is_read_again_from_what_was_made_of_it() -> None:
    row = PopulationRow("a", "Uno", email="uno@example.org", stratum="x")
    assert row_of(row) == row


def test_a_saved_filter_is_kept_without_what_asks_nothing() -> None:
    saved = Population("organisations", {"kind": ("company",), "size": ()})
    assert saved.to_json() == {"source": "organisations", "filter": {"kind": ["company"]}}
    assert Population.read(saved.to_json()).chosen == {"kind": ("company",)}
    assert Population.read({}) == Population()


def test_staff_serves_the_campaigns_of_its_employer_and_the_registry_those_of_the_network() -> None:
    network = {source.key for source in populations_for(Asking(1))}
    employer = {source.key for source in populations_for(Asking(1, 7))}
    assert {"organisations", UPLOADED} <= network
    assert "staff" not in network
    assert {"staff", UPLOADED} <= employer
    assert "organisations" not in employer
