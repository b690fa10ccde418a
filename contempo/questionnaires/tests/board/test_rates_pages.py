"""Rates by invitation and by unit: every number opens a list of exactly that length."""

import pytest

from contempo.questionnaires.models import Campaign, Invitation, Target
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.tests.board.conftest import openings, words
from contempo.questionnaires.tests.factories import InvitationFactory, ResponseFactory

BY_INVITATION = ["canale", "tipo", "dimensione", "comune", "delegato"]


@pytest.mark.parametrize("facet", BY_INVITATION)
def test_every_number_by_invitation_opens_its_list(boards, facet):
    rows = boards.shown(boards.it.named, f"tassi/?per={facet}", "rates").page.rows
    assert sum(row.cases for row in rows) == 6
    found = openings(rows)
    assert found
    for count, url in found:
        assert boards.count(url) == count, url


@pytest.mark.parametrize("facet", [*BY_INVITATION, "gruppo"])
def test_every_number_by_unit_opens_its_list(boards, facet):
    Target.objects.filter(pk=boards.it.invitation(boards.it.named, "school").target_id).update(eligible=False)
    rows = boards.shown(boards.it.named, f"tassi/?conta=unita&per={facet}", "rates").page.rows
    assert sum(row.eligible for row in rows) == 5
    assert sum(row.left_out for row in rows) == 1
    found = openings(rows)
    assert found
    for count, url in found:
        assert boards.count(url) == count, url


def test_rates_by_channel_have_their_numerators_and_denominators(boards):
    rows = boards.shown(boards.it.named, "tassi/", "rates").page.rows
    told = {
        row.name: (row.complete, row.partial, row.refusal, row.unknown, row.cases, row.rr1, row.rr2) for row in rows
    }
    assert told == {"E-mail diretta": (1, 1, 1, 2, 5, 20.0, 40.0), "Tramite un delegato": (0, 0, 0, 1, 1, 0.0, 0.0)}


def test_a_contact_that_was_replaced_is_not_counted_twice(boards):
    old = boards.it.invitation(boards.it.named, "coop")
    Invitation.objects.filter(pk=old.pk).update(state=InvitationState.REPLACED.value)
    InvitationFactory(campaign=boards.it.named, target=old.target)
    rows = boards.shown(boards.it.named, "tassi/?per=tipo", "rates").page.rows
    assert sum(row.cases for row in rows) == 6
    assert sum(row.passed_on for row in rows) == 1
    for count, url in openings(rows):
        assert boards.count(url) == count, url


def test_a_unit_has_the_channel_and_the_delegate_of_its_last_invitation(boards):
    old = boards.it.invitation(boards.it.named, "bergamo")
    assert (old.target.channel, old.target.delegate_id) == ("delegate", boards.it.delegate.pk)
    Invitation.objects.filter(pk=old.pk).update(state=InvitationState.REPLACED.value)
    assert Target.objects.get(pk=old.target_id).channel == ""
    InvitationFactory(campaign=boards.it.named, target=old.target)
    found = Target.objects.get(pk=old.target_id)
    assert (found.channel, found.delegate_id) == ("email", None)


def test_answers_by_the_public_link_change_no_rate_by_invitation(boards):
    before = boards.shown(boards.it.named, "tassi/", "rates").page.rows
    ResponseFactory(campaign=boards.it.named)
    after = boards.shown(boards.it.named, "tassi/", "rates").page.rows
    assert [row.rr1 for row in before] == [row.rr1 for row in after]


def test_an_anonymous_campaign_has_rates_by_invitation_alone_and_says_why(boards):
    page = boards.get(boards.it.anonymous, "tassi/?conta=unita")
    assert not page.context["rates"].by_unit
    assert "per invito" in words(boards.see(boards.it.anonymous, "tassi/"))
    for count, url in openings(page.context["rates"].page.rows):
        assert boards.count(url) == count, url


def test_the_definitions_are_told_with_their_codes(boards):
    text = words(boards.see(boards.it.named, "tassi/"))
    assert "RR1 = I / (I + P + R + UO)" in text
    assert all(code in text for code in ("1.1", "1.2", "2.111", "2.12", "3.19", "3.30", "4.1"))


def test_rates_are_sorted_and_taken_away(boards):
    names = [row["Suddiviso per"] for row in boards.rows(boards.it.named, "tassi/?per=comune&ordina=-cases")]
    assert names == ["Milano (MI)", "Sesto San Giovanni (MI)", "Bergamo (BG)"]
    first = boards.rows(boards.it.named, "tassi/?per=canale")[0]
    assert (first["Suddiviso per"], first["RR1"], first["Denominatore"]) == ("E-mail diretta", "20,0", "5")


@pytest.mark.parametrize(
    "path",
    [
        "tassi/?per=xyz&conta=abc&ordina=boh&pagina=-4",
        "mappa/?stato=xyz",
        "ritardi/?giorni=x&stato=completed",
        "tassi/inviti/?esito=Z&canale=xyz&comune=1",
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_aside(boards, path):
    assert boards.get(boards.it.named, path).status_code == 200


def test_readers_see_rates_without_lists(boards):
    rows = boards.shown(boards.it.named, "tassi/", "rates", "elena").page.rows
    assert rows[0].cases == 5
    assert openings(rows) == []


def test_of_people_small_groups_stand_together_for_who_does_not_keep_the_campaign(boards):
    Campaign.objects.filter(pk=boards.it.named.pk).update(unit_kind="person")
    found = boards.shown(boards.it.named, "tassi/?per=tipo", "rates", "elena")
    assert found.merged
    assert [row.name for row in found.page.rows] == ["Altri gruppi, insieme"]
    assert not boards.shown(boards.it.named, "tassi/?per=tipo", "rates", "marta").merged
    assert boards.shown(boards.it.named, "", "board", "elena").channels == ()
    assert boards.shown(boards.it.named, "mappa/", "shown", "elena").page.rows == ()


def test_territories_tell_where_answers_are_missing_and_open_their_lists(boards):
    found = boards.shown(boards.it.named, "mappa/", "shown")
    assert {row.name: (row.answered, row.missing, row.asked) for row in found.page.rows} == {
        "Milano (MI)": (1, 2, 3),
        "Sesto San Giovanni (MI)": (0, 2, 2),
        "Bergamo (BG)": (0, 1, 1),
    }
    assert {point.label for point in found.points} == {"Sesto San Giovanni (MI)", "Bergamo (BG)"}
    assert found.missing == 2
    for count, url in openings(found.page.rows):
        assert boards.count(url) == count, url
    missing = boards.shown(boards.it.named, "mappa/?stato=mancanti", "shown").page.rows
    assert {row.name for row in missing} == {"Sesto San Giovanni (MI)", "Bergamo (BG)"}


def test_territories_of_an_anonymous_campaign_count_invitations(boards):
    found = boards.shown(boards.it.anonymous, "mappa/", "shown")
    assert {row.name: (row.answered, row.asked) for row in found.page.rows} == {
        "Milano (MI)": (1, 3),
        "Sesto San Giovanni (MI)": (0, 2),
        "Bergamo (BG)": (0, 1),
    }
    for count, url in openings(found.page.rows):
        assert boards.count(url) == count, url
