"""Who runs agile work, and opening it."""

from django.test import Client

from contempo.agile.models import Employer
from contempo.agile.tests.conftest import Comune, words
from contempo.network.tests.factories import OrganisationFactory, give, make_world
from contempo.people.public import OrganisationRole


def test_everybody_reads_who_runs_agile_work_and_what_it_is(comune: Comune) -> None:
    page = comune.client(None).get("/milano/lavoro-agile/")
    assert page.status_code == 200
    assert b"Comune di Milano" in page.content
    assert "Comune di Milano" in words(comune.see())


def test_another_network_has_no_such_employer(comune: Comune) -> None:
    assert comune.client(None).get("/bergamo/lavoro-agile/comune-di-milano/").status_code == 404


def test_small_figures_are_not_told_to_the_public(comune: Comune) -> None:
    stats = [words(stat) for stat in comune.see().select(".stat-value")]
    assert stats == ["7", "0"]
    type(comune.it.anna).objects.filter(pk=comune.it.anna.pk).update(agile=True)
    stats = [words(stat) for stat in comune.see().select(".stat-value")]
    assert stats[1].startswith("–")


def test_a_human_resources_manager_opens_the_agile_work_of_the_organisation(db: None) -> None:
    world = make_world()
    client = Client()
    client.force_login(world.paolo)
    page = client.get("/milano/lavoro-agile/")
    assert page.context["page"].to_open[0].id == world.comune.pk
    answer = client.post("/milano/lavoro-agile/", {"organisation": world.comune.pk})
    assert answer["Location"] == "/milano/lavoro-agile/comune-di-milano/"
    employer = Employer.objects.get()
    assert (employer.organisation, employer.public_body) == (world.comune, True)
    client.post("/milano/lavoro-agile/", {"organisation": world.comune.pk})
    assert Employer.objects.count() == 1


def test_nobody_opens_it_for_an_organisation_of_others(comune: Comune) -> None:
    other = OrganisationFactory(network=comune.world.milano, name="Panificio Aurora")
    give(comune.world.ivo, OrganisationRole.REPRESENTATIVE, comune.world.milano, other.pk)
    for who in ("paolo", "ivo", "marta"):
        answer = comune.client(who).post("/milano/lavoro-agile/", {"organisation": other.pk})
        assert answer.status_code == 403, who
    assert Employer.objects.count() == 1
