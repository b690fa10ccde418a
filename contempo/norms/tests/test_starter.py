"""Norms that come as data."""

from datetime import date

import pytest

from contempo.core.search import find
from contempo.core.testing import published
from contempo.norms.actions import change_norm, load_starter_norms, tell_endings
from contempo.norms.events import NormChanged, NormEnded
from contempo.norms.models import Norm
from contempo.norms.tests.factories import NormFactory
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


def row(key: str, **more: object) -> dict[str, object]:
    """A norm as a data file has it."""
    return {
        "key": key,
        "kind": "contract",
        "title": "Contratto collettivo nazionale di lavoro per i dipendenti del terziario",
        "short_title": key.capitalize(),
        "article": "",
        "number": "",
        "day": date(2019, 7, 30),
        "issuer": "Confcommercio, Filcams, Fisascat, Uiltucs",
        "url": "https://www.cnel.it/Archivio-Contratti",
        "valid_from": date(2019, 8, 1),
        "summary_it": "Orari e permessi del commercio.",
        "summary_en": "Hours and leave in commerce.",
        "source": "Archivio dei contratti del CNEL",
        "checked_on": date(2026, 11, 2),
        **more,
    }


def load(world, *rows):
    return load_starter_norms(SYSTEM, network_id=world.milano.id, rows=rows)


def test_the_rows_of_a_file_become_norms_that_can_be_found(world):
    old = row("ccnl-2019", valid_to=date(2024, 4, 1), replaced_by="ccnl-2024")
    ids = load(world, old, row("ccnl-2024", valid_from=date(2024, 4, 1)))
    assert Norm.objects.get(id=ids["ccnl-2019"]).replaced_by_id == ids["ccnl-2024"]
    assert find(network_id=world.milano.id, text="terziario", public_only=True).total == 2


def test_what_the_registry_has_already_stays_as_it_is_kept(world):
    ids = load(world, row("ccnl-2019"))
    change_norm(world.actor(world.marta), norm_id=ids["ccnl-2019"], changes={"short_title": "CCNL Commercio"})
    again = load(world, row("ccnl-2019"), row("ccnl-2024"))
    assert again["ccnl-2019"] == ids["ccnl-2019"]
    assert Norm.objects.get(id=ids["ccnl-2019"]).short_title == "CCNL Commercio"
    assert Norm.objects.count() == 2


def test_what_replaces_it_may_be_in_the_registry_already(world):
    successor = NormFactory(network=world.milano, slug="ccnl-2024")
    ids = load(world, row("ccnl-2019", valid_to=date(2024, 4, 1), replaced_by="ccnl-2024"))
    assert Norm.objects.get(id=ids["ccnl-2019"]).replaced_by == successor


def test_nobody_is_told_of_what_had_ended_before(world, at):
    at("2024-01-10T09:00")
    load(world, row("ended", valid_to=date(2023, 1, 1)), row("to-end", valid_to=date(2024, 4, 1)))
    assert tell_endings(SYSTEM, on=date(2026, 11, 20)) == 1
    assert len(published(NormEnded)) == 1
    assert published(NormChanged) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("a", url="")], "'a'.*url"),
        ([row("a", kind="hint")], "'a'.*hint"),
        ([row("a", colour="red")], "'a'.*colour"),
        ([row("a", url="http://www.cnel.it/")], "'a'.*https"),
        ([row("a", valid_from="2019-08-01")], "'a'.*valid_from"),
        ([row("a", valid_to=date(2019, 8, 1))], "'a'.*later"),
        ([row("a", number="1" * 50)], "'a'.*40"),
        ([row("a b")], "'a b'"),
        ([row("a"), row("a")], "'a'.*twice"),
        ([row("a"), row("b", short_title="A")], "same name and the same first day"),
        ([row("a", replaced_by="b")], "'a'.*valid_to"),
        ([row("a", replaced_by="b", valid_to=date(2024, 4, 1))], "'a'.*'b'"),
        (
            [
                row("a", replaced_by="b", valid_to=date(2024, 4, 1)),
                row("b", replaced_by="a", valid_to=date(2024, 4, 1)),
            ],
            "'b'.*replace each other",
        ),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(world, rows, said):
    with pytest.raises(ValueError, match=said):
        load(world, row("good"), *rows)
    assert not Norm.objects.exists()
