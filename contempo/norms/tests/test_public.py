"""What other contexts are told of norms."""

from datetime import date

import pytest
from django.utils.translation import override

from contempo.norms.public import (
    Citation,
    NormKind,
    Standing,
    contract_choices,
    find_norms,
    norm_choices,
    norm_ids,
    norms_by_id,
)
from contempo.norms.rules import ports
from contempo.norms.tests.factories import NormFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
ENDED = date(2024, 4, 1)


@pytest.fixture
def contract(world):
    return NormFactory(
        network=world.milano, kind=NormKind.CONTRACT, short_title="CCNL Commercio 2024", title="Terziario"
    )


def test_a_norm_is_told_as_it_stands_on_a_day(world, contract, django_assert_num_queries):
    old = NormFactory(
        network=world.milano, short_title="CCNL Commercio 2019", article="art. 9", valid_to=ENDED, replaced_by=contract
    )
    with django_assert_num_queries(1):
        told = norms_by_id([old.id, contract.id, None, 0], ON)
    assert told.keys() == {old.id, contract.id}
    brief = told[old.id]
    assert (brief.label, brief.standing, brief.in_force) == ("CCNL Commercio 2019, art. 9", Standing.REPLACED, False)
    assert brief.page_url == "/milano/norme/ccnl-commercio-2019-art-9/"
    assert (brief.replaced_by.label, brief.replaced_by.in_force) == ("CCNL Commercio 2024", True)
    assert norms_by_id([old.id], date(2024, 3, 31))[old.id].in_force


def test_without_norms_nothing_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert norms_by_id([None], ON) == {}


def test_kind_and_summary_are_in_the_language_of_who_reads(world):
    norm = NormFactory(network=world.milano)
    untranslated = NormFactory(network=world.milano, summary_en="")
    with override("it"):
        told = norms_by_id([norm.id], ON)[norm.id]
        assert (told.kind_label, told.summary) == ("Legge", "Permessi per chi assiste.")
    with override("en"):
        both = norms_by_id([norm.id, untranslated.id], ON)
        assert (both[norm.id].kind_label, both[norm.id].summary) == ("Law", "Leave for those who care.")
        assert both[untranslated.id].summary == "Permessi per chi assiste."


def test_a_hidden_norm_has_no_page_and_is_not_named_as_what_comes_after(world):
    hidden = NormFactory(network=world.milano, published=False)
    old = NormFactory(network=world.milano, valid_to=ENDED, replaced_by=hidden)
    told = norms_by_id([old.id, hidden.id], ON)
    assert told[hidden.id].page_url == ""
    assert (told[old.id].replaced_by, told[old.id].standing) == (None, Standing.REPLACED)


def test_contracts_to_choose_are_the_last_ones_shown_to_the_public(world, contract):
    NormFactory(network=world.milano)
    NormFactory(network=world.bergamo, kind=NormKind.CONTRACT)
    NormFactory(network=world.milano, kind=NormKind.CONTRACT, published=False)
    NormFactory(network=world.milano, kind=NormKind.CONTRACT, valid_to=ENDED, replaced_by=contract)
    expired = NormFactory(
        network=world.milano, kind=NormKind.LOCAL_CONTRACT, short_title="Accordo di zona", valid_to=ENDED
    )
    assert contract_choices(world.milano.id) == (
        (expired.id, "Accordo di zona"),
        (contract.id, "CCNL Commercio 2024"),
    )


def test_every_published_norm_can_be_chosen(world, contract):
    law = NormFactory(network=world.milano, short_title="Legge 9/2020")
    NormFactory(network=world.milano, published=False)
    assert norm_choices(world.milano.id) == ((contract.id, "CCNL Commercio 2024"), (law.id, "Legge 9/2020"))


def test_two_wordings_of_an_article_are_told_apart_by_their_first_day(world):
    for since in (date(2022, 8, 13), date(2026, 1, 1)):
        NormFactory(network=world.milano, short_title="Decreto 151", slug=f"d-{since}", valid_from=since)
    with override("it"):
        labels = [label for _id, label in norm_choices(world.milano.id)]
    assert labels == ["Decreto 151 (dal 13/08/2022)", "Decreto 151 (dal 01/01/2026)"]


def test_the_editor_finds_norms_by_their_words_those_that_last_first(world, contract, django_assert_num_queries):
    NormFactory(network=world.milano, short_title="Circolare 12")
    old = NormFactory(network=world.milano, short_title="CCNL Commercio 2019", valid_to=ENDED, replaced_by=contract)
    with django_assert_num_queries(1):
        found = find_norms(world.milano.id, "ccnl commerc", on=ON)
    assert [norm.id for norm in found] == [contract.id, old.id]
    assert len(find_norms(world.milano.id, "", 2)) == 2
    assert find_norms(world.bergamo.id, "ccnl") == ()


def test_loaders_find_norms_by_their_address(world, contract):
    NormFactory(network=world.bergamo, slug="altra")
    assert norm_ids(world.milano.id, ["ccnl-commercio-2024", "altra"]) == {"ccnl-commercio-2024": contract.id}


def test_who_cites_norms_is_asked_once_however_often_it_registers(monkeypatch):
    monkeypatch.setattr(ports, "_sources", [])

    def source(norm_id):
        return [Citation(f"Voce su {norm_id}", "/voce/")]

    ports.register_citations(source)
    ports.register_citations(source)
    assert ports.citations_of(7) == (Citation("Voce su 7", "/voce/"),)
