"""For whom somebody answers: the own unit, and others."""

import pytest

from contempo.questionnaires.models import Coverage, Invitation, Target
from contempo.questionnaires.rules.states import Channel
from contempo.questionnaires.tests.answering.people import FIRST, SECOND, THIRD, Respondent, link_of, response_of
from contempo.questionnaires.tests.factories import CampaignFactory, InvitationFactory, Surveys, TargetFactory

pytestmark = pytest.mark.django_db


def answered(someone: Respondent) -> None:
    for number, page in enumerate((FIRST, SECOND, THIRD), 1):
        someone.page(number, **page)
    assert someone.send("riepilogo/").endswith("inviate/"), someone.text


def test_a_union_answers_for_its_members_too(surveys: Surveys) -> None:
    union = surveys.invitation(surveys.named, "unione")
    school = Target.objects.get(campaign=surveys.named, organisation=surveys.members["school"])
    someone = Respondent(link_of(union)).begin()
    someone.send("unita/", words="manzoni", go="search")
    assert "Istituto Manzoni" in someone.text
    someone.send("unita/", words="", others=str(school.pk), go="next")
    answered(someone)
    covered = Coverage.objects.filter(response=response_of(union)).order_by("-own").values_list("target_id", "own")
    assert list(covered) == [(union.target_id, True), (school.pk, False)]


def test_the_summary_says_for_whom(surveys: Surveys) -> None:
    union = surveys.invitation(surveys.named, "unione")
    school = Target.objects.get(campaign=surveys.named, organisation=surveys.members["school"])
    someone = Respondent(link_of(union)).begin()
    someone.send("unita/", words="", others=str(school.pk), go="next")
    assert "Istituto Manzoni" in someone.see("riepilogo/").text


def test_what_was_ticked_can_be_taken_off(surveys: Surveys) -> None:
    union = surveys.invitation(surveys.named, "unione")
    school = Target.objects.get(campaign=surveys.named, organisation=surveys.members["school"])
    someone = Respondent(link_of(union)).begin()
    someone.send("unita/", words="", others=str(school.pk), go="next")
    someone.send("unita/", words="", go="next")
    assert response_of(union).speaks_for == []


def test_who_holds_a_link_without_a_name_says_which_unit_is_theirs(surveys: Surveys) -> None:
    token: Invitation = InvitationFactory(
        campaign=surveys.named, delegate=surveys.delegate, channel=Channel.DELEGATE.value, email="", name=""
    )
    own = Target.objects.get(campaign=surveys.named, organisation=surveys.members["company"])
    someone = Respondent(link_of(token)).begin()
    someone.send("unita/", words="", own=str(own.pk), go="next")
    answered(someone)
    response = response_of(token)
    assert Coverage.objects.get(response=response, own=True).target_id == own.pk
    assert response.attributes["size"] == own.size


def test_a_unit_of_another_campaign_is_refused(surveys: Surveys) -> None:
    union = surveys.invitation(surveys.named, "unione")
    stranger = Target.objects.get(campaign=surveys.confidential, organisation=surveys.members["school"])
    someone = Respondent(link_of(union)).begin()
    assert someone.send("unita/", words="", others=str(stranger.pk), go="next") == ""
    assert response_of(union).speaks_for == []


def test_an_anonymous_campaign_does_not_ask_for_whom(surveys: Surveys) -> None:
    someone = Respondent(link_of(surveys.invitation(surveys.anonymous, "coop")))
    assert "pagina/1/" in someone.send("")


def test_where_there_is_nothing_to_choose_nobody_is_asked(surveys: Surveys) -> None:
    alone = CampaignFactory(version=surveys.version)
    invitation: Invitation = InvitationFactory(campaign=alone, target=TargetFactory(campaign=alone))
    someone = Respondent(link_of(invitation)).begin()
    assert someone.url.endswith(link_of(invitation))
    assert "Pagina 1 di" in someone.see("unita/").text
    assert "per quale organizzazione" not in someone.see("riepilogo/").text
