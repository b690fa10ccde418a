"""Names are found by the beginnings of their words, however they are written."""

import pytest

from contempo.network.models import Organisation
from contempo.network.queries import words
from contempo.network.queries.words import named_like
from contempo.network.tests.factories import NetworkFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [organisation.name for organisation in named_like(Organisation.objects.order_by("name"), text)]


@pytest.mark.parametrize("typed", ["Co.Ge.S.S.", "co.ge", "ge", "s co", "co ge s s"])
def test_a_name_with_dots_is_found_by_its_parts(typed: str) -> None:
    OrganisationFactory(network=NetworkFactory(), name="Co.Ge.S.S.")
    assert found(typed) == ["Co.Ge.S.S."]


@pytest.mark.parametrize("typed", ["l'eta", "ORO", "dell’oro età", "quartiere/scuola", "scuol"])
def test_accents_apostrophes_slashes_and_endings_do_not_count(typed: str) -> None:
    OrganisationFactory(network=NetworkFactory(), name="L'Età dell'oro “quartiere/scuola”")
    assert found(typed)


def test_every_word_must_be_there_and_from_its_beginning() -> None:
    OrganisationFactory(network=NetworkFactory(), name="Lo Scrigno")
    assert found("scrigno lo")
    assert not found("scrigno tempo")
    assert not found("crigno")


def test_no_words_narrow_nothing() -> None:
    OrganisationFactory(network=NetworkFactory(), name="Lo Scrigno")
    assert found(" … ") == ["Lo Scrigno"]


@pytest.mark.parametrize("typed", ["coop", "coop verde", "co ge", "verd"])
def test_the_same_names_are_found_when_they_are_many(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    network = NetworkFactory()
    for name in ("Coop. Verde", "Cooperativa “Verdi”", "Co.Ge.S.S.", "Incoop", "Verde (coop)", "Genera"):
        OrganisationFactory(network=network, name=name)
    few = found(typed)
    assert few
    monkeypatch.setattr(words, "FEW", 0)
    assert found(typed) == few
