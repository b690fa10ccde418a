"""Opening a network, describing it, publishing its agreement."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import files
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.decisions import agreement_in_force
from contempo.network.actions.networks import (
    declare_facts,
    describe_network,
    open_network,
    publish_agreement,
    set_territory,
)
from contempo.network.models import AgreementVersion, DeclaredFact, Network
from contempo.network.rules.networks import RESERVED
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, NetworkFactory, pdf
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
FACT = {
    "key": "incontri",
    "group": "agency",
    "value": 0,
    "label_it": "incontri",
    "label_en": "meetings",
    "source": "Piano 2014-2016",
    "position": 1,
}
OUTSIDERS = ["a visitor", "davide", "elena", "renato", "chiara", "omar", "ivo", "sara"]


def opening(slug):
    return open_network(SYSTEM, slug=slug, name="Rete di Lodi", short_name="Lodi", contact_email="lodi@example.org")


def logo(name="logo.png"):
    return SimpleUploadedFile(name, PNG)


def test_a_network_is_open_from_the_moment_it_is_made():
    assert opening("lodi").opened_at is not None


def test_nobody_but_the_operator_opens_a_network(world):
    for actor in world.everybody.values():
        with pytest.raises(NotPermitted):
            open_network(actor, slug="lodi", name="Rete di Lodi", short_name="Lodi", contact_email="lodi@example.org")


def test_an_address_belongs_to_one_network(world):
    with pytest.raises(Refusal) as refused:
        opening("milano")
    assert refused.value.field == "slug"
    assert Network.objects.get(slug="milano").name == "Rete di Milano"


@pytest.mark.parametrize("slug", ["", "Lodì", "a/b", "con spazi", "x" * 41, *sorted(RESERVED)])
def test_an_address_is_plain_and_not_one_of_the_installation(slug):
    with pytest.raises(Refusal) as refused:
        opening(slug)
    assert refused.value.field == "slug"


def test_the_agency_describes_its_network(world):
    describe_network(world.actor(world.marta), changes={"about_it": "Chi siamo.", "accent": "teal"})
    assert Network.objects.get(slug="milano").about_it == "Chi siamo."
    assert Network.objects.get(slug="bergamo").about_it == ""


@pytest.mark.parametrize("field", ["slug", "opened_at", "demo", "lead_id", "id"])
def test_what_no_form_reaches_is_not_written(world, field):
    with pytest.raises(ValueError):
        describe_network(world.actor(world.marta), changes={field: "altro"})


def test_a_new_logo_takes_the_place_of_the_old_one(world):
    for name in ("vecchio.png", "nuovo.png"):
        describe_network(world.actor(world.marta), changes={}, logo=logo(name))
    (kept,) = files.attachments_of("network", world.milano.id)
    assert (kept.name, kept.key) == ("nuovo.png", Network.objects.get(slug="milano").logo)


def test_a_logo_is_a_picture_and_the_old_one_stays_if_it_is_not(world):
    describe_network(world.actor(world.marta), changes={}, logo=logo())
    with pytest.raises(Refusal) as refused:
        describe_network(world.actor(world.marta), changes={}, logo=pdf())
    assert refused.value.field == "logo"
    assert [each.name for each in files.attachments_of("network", world.milano.id)] == ["logo.png"]


def test_the_territory_is_made_of_municipalities_that_exist(world):
    marta = world.actor(world.marta)
    set_territory(marta, municipalities=[MILANO, SESTO])
    with pytest.raises(Refusal) as refused:
        set_territory(marta, municipalities=[BERGAMO, "999999"])
    assert refused.value.params == {"codes": "999999"}
    assert set(world.milano.territory.values_list("istat_code", flat=True)) == {MILANO, SESTO}


def test_declared_figures_are_replaced_as_a_whole_and_zero_is_one(world):
    marta = world.actor(world.marta)
    declare_facts(marta, facts=[FACT, {**FACT, "key": "mail", "value": 12}])
    declare_facts(marta, facts=[FACT])
    assert list(DeclaredFact.objects.values_list("network__slug", "key", "value")) == [("milano", "incontri", 0)]


def test_versions_of_the_agreement_follow_each_other(world):
    marta = world.actor(world.marta)
    second = publish_agreement(marta, text_it="# Secondo", text_en="", in_force_from=date(2015, 1, 1))
    assert second.number == 2
    with pytest.raises(Refusal) as refused:
        publish_agreement(marta, text_it="# Terzo", text_en="", in_force_from=date(2014, 12, 31))
    assert refused.value.field == "in_force_from"
    assert publish_agreement(marta, text_it="# Terzo", text_en="", in_force_from=date(2015, 1, 1)).number == 3
    assert AgreementVersion.objects.get(network=world.milano, number=1).text_it == world.agreement.text_it


def test_without_an_agreement_there_is_nothing_to_sign():
    with pytest.raises(Refusal):
        agreement_in_force(NetworkFactory().id)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_but_the_agency_changes_the_network(world, name):
    actor = world.everybody[name]
    for change in (
        lambda: describe_network(actor, changes={"name": "Mia"}),
        lambda: set_territory(actor, municipalities=[]),
        lambda: declare_facts(actor, facts=[]),
        lambda: publish_agreement(actor, text_it="# Mio", text_en="", in_force_from=date(2026, 1, 1)),
    ):
        with pytest.raises(NotPermitted):
            change()
