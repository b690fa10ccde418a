"""Forms on paper, typed in one after the other by who keeps the campaign."""

from typing import Any

import pytest
from django.test import Client

from contempo.questionnaires.models import Campaign, Invitation, Response
from contempo.questionnaires.rules.states import Channel, InvitationState, ResponseState
from contempo.questionnaires.tests.answering.people import ANSWERS, FIRST, SECOND, THIRD, link_of
from contempo.questionnaires.tests.factories import Surveys

pytestmark = pytest.mark.django_db

FORM = {key: value for page in (FIRST, SECOND, THIRD) for key, value in page.items() if key != "seen"}


@pytest.fixture
def marta(surveys: Surveys) -> Client:
    client = Client()
    client.force_login(surveys.world.marta)
    return client


def enter(client: Client, campaign: Campaign, **fields: Any) -> Any:
    url = f"/{campaign.network.slug}/questionari/{campaign.number}/carta/"
    return client.post(url, {**FORM, "invitation": "", **fields})


def test_a_form_is_entered_and_the_next_number_waits(surveys: Surveys, marta: Client) -> None:
    answer = enter(marta, surveys.named, paper="17")
    assert answer["Location"].endswith("?numero=18")
    response = Response.objects.get(campaign=surveys.named, paper="17")
    assert response.answers == ANSWERS
    assert (response.channel, response.state) == (Channel.PAPER, ResponseState.COMPLETED)
    assert response.entered_by_id == surveys.world.marta.pk
    assert 'value="18"' in marta.get(answer["Location"]).content.decode()


def test_a_number_is_entered_once(surveys: Surveys, marta: Client) -> None:
    enter(marta, surveys.named, paper="17")
    again = enter(marta, surveys.named, paper="17")
    assert "già registrato" in again.content.decode()
    assert Response.objects.filter(campaign=surveys.named, paper="17").count() == 1


def test_the_code_printed_on_a_form_names_its_invitation(surveys: Surveys, marta: Client, coop: Invitation) -> None:
    enter(marta, surveys.named, paper="3", invitation=link_of(coop).split("/")[-2].upper())
    coop.refresh_from_db()
    assert coop.state == InvitationState.COMPLETED
    assert Response.objects.get(paper="3").invitation_id == coop.pk


def test_so_does_the_name_of_who_was_invited(surveys: Surveys, marta: Client, coop: Invitation) -> None:
    enter(marta, surveys.named, paper="3", invitation="girasole")
    assert Response.objects.get(paper="3").invitation_id == coop.pk


def test_several_called_so_are_offered(surveys: Surveys, marta: Client) -> None:
    answer = enter(marta, surveys.named, paper="3", invitation="e")
    assert 'name="which"' in answer.content.decode()
    assert not Response.objects.filter(paper="3").exists()


def test_an_invitation_answered_already_is_refused(surveys: Surveys, marta: Client) -> None:
    answer = enter(marta, surveys.named, paper="3", invitation="rondine")
    assert "è già stato risposto" in answer.content.decode()


def test_what_is_empty_stays_empty_and_what_was_skipped_is_left_out_and_told(surveys: Surveys, marta: Client) -> None:
    answer = enter(marta, surveys.named, paper="4", workers="", flexible="no")
    response = Response.objects.get(paper="4")
    assert "workers" not in response.answers
    assert "how" not in response.answers
    assert "In che modo?" in marta.get(answer["Location"]).content.decode()


def test_wrong_answers_are_told_and_nothing_is_entered(surveys: Surveys, marta: Client) -> None:
    page = enter(marta, surveys.named, paper="5", workers="molti").content.decode()
    assert 'href="#f-workers"' in page
    assert 'value="molti"' in page
    assert not Response.objects.filter(paper="5").exists()


def test_a_half_done_response_on_the_web_gives_way(surveys: Surveys, marta: Client) -> None:
    begun = surveys.invitation(surveys.named, "company")
    enter(marta, surveys.named, paper="6", invitation="lambro")
    assert Response.objects.get(invitation=begun).paper == "6"


def test_a_form_of_an_anonymous_campaign_is_not_tied_to_its_invitation(surveys: Surveys, marta: Client) -> None:
    enter(marta, surveys.anonymous, paper="7", invitation="girasole")
    response = Response.objects.get(paper="7")
    assert (response.invitation_id, response.completed_at, response.attributes) == (None, None, {})
    assert surveys.invitation(surveys.anonymous, "coop").state == InvitationState.COMPLETED


def test_only_who_keeps_the_campaign_enters_forms(surveys: Surveys) -> None:
    client = Client()
    client.force_login(surveys.world.elena)
    assert enter(client, surveys.named, paper="8").status_code == 403


def correct(client: Client, campaign: Campaign, former: str, **fields: Any) -> Any:
    url = f"/{campaign.network.slug}/questionari/{campaign.number}/carta/?correggi={former}"
    return client.post(url, {**FORM, "invitation": "", **fields})


def paper_page(client: Client, campaign: Campaign, **asked: str) -> str:
    url = f"/{campaign.network.slug}/questionari/{campaign.number}/carta/"
    return client.get(url, asked, follow=True).content.decode()


def test_a_form_entered_wrongly_is_entered_again_in_its_place(
    surveys: Surveys, marta: Client, coop: Invitation
) -> None:
    enter(marta, surveys.named, paper="3", invitation="girasole", workers="7")
    first = Response.objects.get(paper="3")
    assert 'value="7"' in paper_page(marta, surveys.named, correggi="3")
    assert "corretto" in marta.get(correct(marta, surveys.named, "3", paper="3", workers="8")["Location"]).text
    again = Response.objects.get(campaign=surveys.named, paper="3")
    assert (again.pk, again.answers["workers"], again.invitation_id) == (first.pk, 8, coop.pk)
    assert again.changed > first.changed


def test_what_is_wrong_in_a_correction_changes_nothing(surveys: Surveys, marta: Client) -> None:
    enter(marta, surveys.named, paper="3", workers="7")
    assert 'value="molti"' in correct(marta, surveys.named, "3", paper="3", workers="molti").text
    assert Response.objects.get(paper="3").answers["workers"] == 7


def test_a_form_entered_for_the_wrong_invitation_is_given_to_the_right_one(
    surveys: Surveys, marta: Client, coop: Invitation
) -> None:
    enter(marta, surveys.named, paper="3", invitation="lambro")
    company = surveys.invitation(surveys.named, "company")
    correct(marta, surveys.named, "3", paper="3", invitation="girasole")
    company.refresh_from_db()
    coop.refresh_from_db()
    assert (company.state, coop.state) == (InvitationState.SENT, InvitationState.COMPLETED)
    response = Response.objects.get(paper="3")
    assert response.invitation_id == coop.pk
    assert list(response.coverages.values_list("target_id", flat=True)) == [coop.target_id]


def test_a_number_mistyped_is_corrected_but_not_into_that_of_another_form(surveys: Surveys, marta: Client) -> None:
    enter(marta, surveys.named, paper="3")
    enter(marta, surveys.named, paper="4")
    assert "già registrato" in correct(marta, surveys.named, "4", paper="3").text
    correct(marta, surveys.named, "4", paper="5")
    assert sorted(Response.objects.exclude(paper="").values_list("paper", flat=True)) == ["3", "5"]


def test_where_nobody_reads_single_answers_a_form_is_corrected_unseen(surveys: Surveys, marta: Client) -> None:
    enter(marta, surveys.confidential, paper="3", workers="7123")
    page = paper_page(marta, surveys.confidential, correggi="3")
    assert "7123" not in page
    assert "nessuno legge le singole risposte" in page


def test_a_number_never_entered_cannot_be_corrected(surveys: Surveys, marta: Client) -> None:
    assert "Nessun modulo con il numero 99" in paper_page(marta, surveys.named, correggi="99")
    assert correct(marta, surveys.named, "99", paper="99").status_code == 302
    assert not Response.objects.filter(paper="99").exists()


def test_from_an_invitation_one_enters_its_form(surveys: Surveys, marta: Client, coop: Invitation) -> None:
    assert 'value="Cooperativa Girasole"' in paper_page(marta, surveys.named, invito=str(coop.pk))
    assert "Girasole" not in paper_page(marta, surveys.named, invito="9" * 30)
