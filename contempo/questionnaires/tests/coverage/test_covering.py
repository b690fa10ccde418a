"""What an answer speaks for when it is sent, changed and taken back."""

import pytest
from django.db import transaction

from contempo.core.verdict import Refusal
from contempo.questionnaires.actions.coverage import cover_others, cover_own, uncover
from contempo.questionnaires.models import CampaignTally, Coverage, Response, Target
from contempo.questionnaires.tests.coverage.conftest import state_of
from contempo.questionnaires.tests.factories import ResponseFactory


def test_an_answer_covers_the_unit_of_its_invitation(covering):
    response = covering.send("bakery")
    claim = covering.claim("bakery", response)
    assert (claim.own, claim.state) == (True, "counted")
    assert covering.unit("bakery").covered
    assert not covering.unit("coop").covered
    assert state_of(response) == "completed"


def test_an_answer_by_the_public_link_covers_the_organisation_it_names(covering):
    response = covering.send_by_link("coop")
    assert covering.claim("coop", response).own
    assert covering.unit("coop").covered


def test_an_answer_that_names_an_organisation_nobody_asked_covers_nothing_and_is_in_the_figures(covering):
    with transaction.atomic():
        response = ResponseFactory(campaign=covering.campaign, answers={"own": covering.it.union.pk})
        assert cover_own(response) is None
    assert not Coverage.objects.filter(response=response).exists()
    assert state_of(response) == "completed"


def test_a_union_answers_once_for_its_members(covering):
    response = covering.send("unione", others=["school", "bergamo"])
    assert [covering.unit(one).covered for one in ("unione", "school", "bergamo", "coop")] == [True, True, True, False]
    assert not covering.claim("school", response).own
    assert Response.objects.filter(campaign=covering.campaign).count() == 1


def test_the_second_answer_for_a_unit_waits_and_is_out_of_the_figures(covering, later):
    first = covering.send("unione", others=["school"])
    later()
    second = covering.send("school")
    assert covering.states("school") == ["counted", "disputed"]
    assert covering.unit("school").covered
    assert (state_of(first), state_of(second)) == ("completed", "excluded")
    assert second.state == "excluded"


def test_a_second_answer_that_counts_for_another_unit_stays_in_the_figures(covering, later):
    own = covering.send("school")
    later()
    union = covering.send("unione", others=["school"])
    assert covering.states("school") == ["counted", "disputed"]
    assert (state_of(own), state_of(union)) == ("completed", "completed")


def test_two_answers_by_link_for_one_unit_are_found(covering, later):
    covering.send_by_link("coop")
    later()
    late = covering.send("coop")
    assert covering.states("coop") == ["counted", "disputed"]
    assert state_of(late) == "excluded"


def test_sending_again_changes_nothing(covering):
    response = covering.send("unione", others=["school"])
    before = list(Coverage.objects.order_by("pk").values())
    covering.cover(response, ["school"])
    assert list(Coverage.objects.order_by("pk").values()) == before


def test_an_excluded_answer_sent_again_is_still_excluded(covering, later):
    covering.send("unione", others=["school"])
    later()
    second = covering.send("school")
    Response.objects.filter(pk=second.pk).update(state="completed")
    second.refresh_from_db()
    covering.cover(second)
    assert state_of(second) == "excluded"


def test_who_names_other_members_later_frees_those_it_no_longer_names(covering):
    response = covering.send("unione", others=["school", "bergamo"])
    covering.cover(response, ["bergamo", "coop"])
    assert [covering.unit(one).covered for one in ("school", "bergamo", "coop")] == [False, True, True]


def test_when_the_counted_answer_is_taken_back_the_next_one_counts(covering, later):
    first = covering.send("unione", others=["school"])
    later()
    second = covering.send("school")
    with transaction.atomic():
        Response.objects.filter(pk=first.pk).update(state="begun")
        uncover(first)
    assert covering.states("school") == ["counted"]
    assert state_of(second) == "completed"
    assert covering.unit("school").covered
    assert not covering.unit("unione").covered


def test_an_anonymous_answer_covers_nothing(covering):
    anonymous = covering.it.anonymous
    with transaction.atomic():
        response = ResponseFactory(campaign=anonymous)
        assert cover_own(response) is None
        with pytest.raises(Refusal, match="tied to nobody"):
            cover_others(response, Target.objects.filter(campaign=anonymous))
    assert not Coverage.objects.filter(target__campaign=anonymous).exists()


def test_a_unit_of_another_campaign_is_refused(covering):
    response = covering.send("bakery")
    strange = Target.objects.filter(campaign=covering.it.named).first()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        cover_others(response, [strange])
    assert refused.value.field == "others"
    assert Coverage.objects.filter(response=response).count() == 1


def test_the_sums_follow(covering, later):
    covering.send("unione", others=["school", "bergamo"])
    later()
    covering.send("school")
    kept = CampaignTally.objects.filter(campaign=covering.campaign, count__gt=0)

    def counts(facet: str) -> dict[tuple[str, str], int]:
        return {(row.key, row.measure): row.count for row in kept.filter(facet=facet)}

    assert counts("coverage") == {("counted", "coverages"): 3, ("disputed", "coverages"): 1}
    assert counts("unit.channel") == {
        ("email", "units"): 6,
        ("email", "eligible"): 6,
        ("email", "covered"): 3,
    }
    assert counts("response") == {("email|completed", "responses"): 1, ("email|excluded", "responses"): 1}
    assert counts("day") == {("email|2026-11-10", "responses"): 1}
