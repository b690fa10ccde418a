"""Not answering: not concerned, no wish to, somebody else should."""

import pytest

from contempo.core.testing import At, published
from contempo.questionnaires.events import InvitationsAsked
from contempo.questionnaires.models import Invitation, Response, Target
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.tests.answering.people import FIRST, Respondent, link_of
from contempo.questionnaires.tests.factories import Surveys

pytestmark = pytest.mark.django_db


def test_not_our_concern_is_one_click_and_one_to_confirm(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).see("non-ci-riguarda/")
    coop.refresh_from_db()
    assert coop.state != InvitationState.NOT_ELIGIBLE
    someone.send("non-ci-riguarda/")
    coop.refresh_from_db()
    assert coop.state == InvitationState.NOT_ELIGIBLE
    assert not Target.objects.get(pk=coop.target_id).eligible


def test_who_does_not_want_to_answer_may_say_why(coop: Invitation) -> None:
    Respondent(link_of(coop)).send("non-rispondo/", reason="Non ho tempo.")
    coop.refresh_from_db()
    assert (coop.state, coop.reason) == (InvitationState.REFUSED, "Non ho tempo.")


def test_the_reason_may_be_left_out(coop: Invitation) -> None:
    Respondent(link_of(coop)).send("non-rispondo/", reason="")
    coop.refresh_from_db()
    assert coop.state == InvitationState.REFUSED


def test_who_declined_may_still_answer_and_is_concerned_again(coop: Invitation) -> None:
    someone = Respondent(link_of(coop))
    someone.send("non-ci-riguarda/")
    someone.answer_all()
    coop.refresh_from_db()
    assert coop.state == InvitationState.COMPLETED
    assert Target.objects.get(pk=coop.target_id).eligible


def test_another_person_gets_an_invitation_of_their_own_and_the_old_link_is_spent(coop: Invitation) -> None:
    someone = Respondent(link_of(coop))
    someone.send("passa/", name="Ada Neri", email="ada@example.org")
    coop.refresh_from_db()
    new = Invitation.objects.get(campaign=coop.campaign, email="ada@example.org")
    assert (coop.state, coop.replaced_by_id) == (InvitationState.REPLACED, new.pk)
    assert (new.target_id, new.state) == (coop.target_id, InvitationState.PREPARED)
    assert published(InvitationsAsked)[-1].campaign_id == coop.campaign_id
    assert "è passato ad altri" in someone.see().text


def test_what_was_written_may_be_left_to_them(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    someone.send("passa/", name="Ada Neri", email="ada@example.org", with_answers="on")
    new = Invitation.objects.get(email="ada@example.org")
    assert Response.objects.get(invitation=new).answers["workers"] == 12


def test_somebody_invited_already_is_not_invited_twice(surveys: Surveys, coop: Invitation) -> None:
    other = surveys.invitation(surveys.named, "company")
    someone = Respondent(link_of(coop))
    assert someone.send("passa/", name="Ada Neri", email=other.email.upper()) == ""
    assert "è già arrivato un invito" in someone.text
    coop.refresh_from_db()
    assert coop.state != InvitationState.REPLACED


def test_a_link_that_is_none_is_told_kindly(coop: Invitation) -> None:
    forged = link_of(coop)[:-3] + ("aa/" if not link_of(coop).endswith("aa/") else "bb/")
    page = Respondent(forged).see()
    assert page.status == 404
    assert "Questo indirizzo non vale" in page.text


def test_a_link_typed_from_paper_with_hyphens_and_capitals_holds(coop: Invitation) -> None:
    code = link_of(coop).split("/")[-2].upper()
    printed = "-".join(code[at : at + 4] for at in range(0, 24, 4))
    assert Respondent(f"/milano/r/{printed}/").see().status == 200


def test_a_link_of_another_network_is_none(surveys: Surveys, coop: Invitation) -> None:
    code = link_of(coop).split("/")[-2]
    assert Respondent(f"/{surveys.world.bergamo.slug}/r/{code}/").see().status == 404


def test_nothing_is_declined_after_closing(at: At, coop: Invitation) -> None:
    at("2027-01-10T10:00")
    someone = Respondent(link_of(coop))
    someone.send("non-rispondo/", reason="")
    coop.refresh_from_db()
    assert coop.state != InvitationState.REFUSED
