"""The units of a campaign and their overlaps, as who keeps the campaign sees them."""

import csv
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.questionnaires.models import Campaign


@pytest.fixture
def ask(covering):
    """`ask("copertura/", who)` opens a page of the campaign, or sends what was `typed`."""

    def get(path="", who="marta", typed=None, campaign=None):
        client = Client()
        if who is not None:
            client.force_login(covering.it.person(who))
        url = covering.it.url(campaign or covering.campaign, path)
        return client.get(url) if typed is None else client.post(url, typed)

    return get


def text(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


@pytest.fixture
def overlap(covering, later):
    """The union answers for the school, then the school for itself; the co-operative twice."""
    covering.send("unione", others=["school"])
    covering.send("coop")
    later()
    covering.send("school")
    covering.send_by_link("coop")
    return covering


def test_units_tell_whether_they_are_covered_and_by_whose_answer(overlap, ask):
    rows = {row.name: (row.standing.label, row.by) for row in ask("copertura/").context["units"].page.rows}
    assert rows["Istituto Manzoni"] == ("To be settled", "Unione dei Comuni del Nord")
    assert rows["Unione dei Comuni del Nord"] == ("Covered", "la sua")
    assert rows["Panificio Rondine"] == ("Not covered yet", "")


@pytest.mark.parametrize(
    ("standing", "count"),
    [("coperte", 3), ("scoperte", 3), ("da-altri", 1), ("da-decidere", 2), ("coinvolte", 6), ("non-coinvolte", 0)],
)
def test_units_are_narrowed_by_their_standing(overlap, ask, standing, count):
    assert ask(f"copertura/?stato={standing}").context["units"].page.total == count


def test_units_are_taken_away(overlap, ask):
    answer = ask("copertura/?stato=da-altri&formato=csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [row["Di chi è la risposta"] for row in rows] == ["Unione dei Comuni del Nord"]


def test_the_queue_leads_to_the_first_unit_and_from_it_to_the_next(overlap, ask):
    queue = ask("copertura/da-decidere/")
    coop, school = overlap.unit("coop").pk, overlap.unit("school").pk
    assert queue.url.endswith(f"/copertura/{coop}/")
    keep = overlap.unit("coop").coverages.get(state="counted").pk
    settled = ask(f"copertura/{coop}/", typed={"keep": keep, "reason": "È la prima."})
    assert settled.url.endswith(f"/copertura/{school}/")
    keep = overlap.unit("school").coverages.get(state="disputed").pk
    settled = ask(f"copertura/{school}/", typed={"keep": keep, "reason": "È la sua."})
    assert settled.url.endswith(f"/copertura/{school}/")
    assert "Non c’è niente da decidere" in text(ask("copertura/da-decidere/"))


def test_both_answers_are_read_side_by_side_where_they_have_names(overlap, ask):
    page = ask(f"copertura/{overlap.unit('school').pk}/")
    assert list(page.context["page"].heads) == [
        "Risposta di Unione dei Comuni del Nord",
        "La sua risposta",
    ]
    assert "Servirebbe più flessibilità." in text(page)


def test_in_a_confidential_campaign_no_answer_is_read_while_settling(overlap, ask):
    Campaign.objects.filter(pk=overlap.campaign.pk).update(mode="confidential")
    page = ask(f"copertura/{overlap.unit('school').pk}/")
    assert page.context["page"].compared == ()
    assert "Servirebbe" not in text(page)
    assert "nessuno legge le singole risposte" in text(page)


def test_what_is_typed_wrong_is_told_beside_its_field_and_kept(overlap, ask):
    page = ask(f"copertura/{overlap.unit('school').pk}/", typed={"reason": "Perché sì."})
    assert page.status_code == 200
    assert "Scegli la risposta che conta, o nessuna." in text(page)
    assert "Perché sì." in page.content.decode()
    page = ask(f"copertura/{overlap.unit('school').pk}/", typed={"keep": "none", "reason": ""})
    assert "Scrivi il motivo" in text(page)
    assert overlap.states("school") == ["counted", "disputed"]


def test_a_decision_is_taken_back_on_the_page(overlap, ask):
    school = overlap.unit("school").pk
    ask(f"copertura/{school}/", typed={"keep": "none", "reason": "Dati sbagliati."})
    assert overlap.states("school") == ["dropped", "dropped"]
    assert "Dati sbagliati." in text(ask(f"copertura/{school}/"))
    assert ask(f"copertura/{school}/riapri/", typed={}).status_code == 302
    assert overlap.states("school") == ["counted", "disputed"]


def test_other_units_are_found_by_name_and_added(overlap, ask):
    unione = overlap.unit("unione").pk
    offered = ask(f"copertura/{unione}/altre/?cerca=serio").context["offered"].rows
    assert [name for _number, name in offered] == ["Tessitura Serio"]
    assert "Scegli almeno un’unità." in text(ask(f"copertura/{unione}/altre/", typed={}))
    sent = ask(f"copertura/{unione}/altre/?cerca=serio", typed={"others": [overlap.unit("bergamo").pk]})
    assert sent.status_code == 302
    assert overlap.unit("bergamo").covered


def test_in_an_anonymous_campaign_a_unit_is_covered_when_its_invitation_was_answered(covering, ask):
    anonymous = covering.it.anonymous
    found = ask("copertura/", campaign=anonymous)
    rows = {row.name: row.standing.label for row in found.context["units"].page.rows}
    assert rows["Panificio Rondine"] == "Covered"
    assert list(rows.values()).count("Not covered yet") == 5
    assert "anonima" in text(found)
    assert ask("copertura/?stato=coperte", campaign=anonymous).context["units"].page.total == 1


@pytest.mark.parametrize(("who", "status"), [("elena", 403), ("lucia", 403), ("paolo", 403), (None, 302)])
def test_units_are_for_who_keeps_the_campaign(overlap, ask, who, status):
    for path in ("copertura/", "copertura/da-decidere/", f"copertura/{overlap.unit('school').pk}/"):
        assert ask(path, who).status_code == status


def test_a_unit_of_another_campaign_is_not_found(overlap, ask):
    strange = overlap.it.named.targets.first().pk
    assert ask(f"copertura/{strange}/").status_code == 404
