"""Organisations and municipalities are recognised in a text, however their names are written."""

import pytest

from contempo.network.public import organisations_mentioned, places_called
from contempo.network.tests.factories import OrganisationFactory, World

TEXT = "Lavoro al panificio  AURORA; il Comune di Milano e l'Eta' dell’Oro rispondono. Un’aurora e un comune."


@pytest.fixture
def registry(world: World) -> World:
    """Milan with a bakery and a co-operative; the bakery of Bergamo is in another registry."""
    OrganisationFactory(network=world.milano, name="Panificio Aurora S.r.l.")
    OrganisationFactory(network=world.milano, name="L’Età dell’Oro società cooperativa sociale")
    OrganisationFactory(network=world.bergamo, name="Aurora")
    return world


def test_the_words_that_name_an_organisation_are_told_as_they_stand_in_the_text(registry):
    found = organisations_mentioned(registry.milano.id, TEXT)
    assert {"panificio aurora", "comune di milano"} <= set(found)
    assert any("eta" in run and "oro" in run for run in found)
    assert "aurora" not in found


def test_each_network_knows_its_own_registry(registry):
    assert organisations_mentioned(registry.bergamo.id, TEXT) == ("aurora",)
    assert organisations_mentioned(registry.milano.id, "") == ()


def test_municipalities_are_known_by_their_name(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = places_called(["SESTO SAN GIOVANNI", "milano", "Nessuno"])
    assert [place.name for place in found] == ["Milano", "Sesto San Giovanni"]
    assert places_called([]) == ()


@pytest.mark.parametrize("times", [1, 200])
def test_a_text_takes_one_statement_however_long(registry, times, django_assert_num_queries):
    with django_assert_num_queries(1):
        organisations_mentioned(registry.milano.id, TEXT * times)
