"""Taking a population, and taking it again: no answer is ever lost."""

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.models import Organisation
from contempo.questionnaires.actions.campaigns.population import choose_population, take_population
from contempo.questionnaires.models import Invitation, Response, Target
from contempo.questionnaires.tests.campaigns.conftest import Desk, words


def choose(desk: Desk, **chosen: list[str]) -> None:
    choose_population(desk.actor(), campaign_id=desk.it.named.pk, source="organisations", chosen=chosen)


def test_units_are_those_the_filter_gives(desk: Desk) -> None:
    choose_population(desk.actor(), campaign_id=desk.it.draft.pk, source="organisations", chosen={"kind": ["company"]})
    added, changed, gone = take_population(desk.actor(), campaign_id=desk.it.draft.pk)
    assert (added, changed, gone) == (3, 0, 0)
    assert set(Target.objects.filter(campaign=desk.it.draft).values_list("kind", flat=True)) == {"company"}


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"size": ["micro"]}, 1),
        ({"province": ["BG"]}, 1),
        ({"member": ["members"]}, 1),
        ({"kind": ["company", "school"], "province": ["MI"]}, 3),
        ({}, 8),
    ],
)
def test_the_count_is_told_while_choosing(desk: Desk, chosen: dict[str, list[str]], count: int) -> None:
    answer = desk.client("marta").get(
        desk.it.url(desk.it.draft, "popolazione/conta/"), {"fonte": "organisations", **chosen}
    )
    assert f" {count} " in f" {answer.content.decode()} ".replace(">", " ")


def test_taken_again_what_answered_stays_and_what_was_asked_is_left_out(desk: Desk) -> None:
    choose(desk)
    take_population(desk.actor(), campaign_id=desk.it.named.pk)
    choose(desk, kind=["school", "municipality"])
    shown = words(desk.see(desk.it.named, "popolazione/prendi/"))
    responses = Response.objects.filter(campaign=desk.it.named).count()
    take_population(desk.actor(), campaign_id=desk.it.named.pk)
    named = {target.name: target for target in Target.objects.filter(campaign=desk.it.named)}
    assert named["Panificio Rondine"].eligible
    assert named["Panificio Rondine"].covered
    assert named["Meccanica Lambro"].eligible
    assert not named["Cooperativa Girasole"].eligible
    assert "Sindacato Lavoro Lombardia" not in named
    assert "Unione dei Comuni del Nord" not in named
    assert desk.it.invitation(desk.it.named, "coop").state == "not_eligible"
    assert Response.objects.filter(campaign=desk.it.named).count() == responses
    assert "Nessuna risposta si perde" in shown or "No answer is ever lost" in shown


def test_a_unit_that_comes_back_is_asked_again(desk: Desk) -> None:
    choose(desk, kind=["school"])
    take_population(desk.actor(), campaign_id=desk.it.named.pk)
    choose(desk)
    take_population(desk.actor(), campaign_id=desk.it.named.pk)
    assert desk.it.invitation(desk.it.named, "coop").state == "sent"
    assert Target.objects.get(campaign=desk.it.named, name="Cooperativa Girasole").eligible


def test_a_change_in_the_registry_reaches_unit_and_invitation(desk: Desk) -> None:
    choose(desk)
    take_population(desk.actor(), campaign_id=desk.it.named.pk)
    Organisation.objects.filter(pk=desk.it.members["coop"].pk).update(headcount=400)
    _added, changed, _gone = take_population(desk.actor(), campaign_id=desk.it.named.pk)
    assert changed == 1
    assert desk.it.invitation(desk.it.named, "coop").size == "large"


def test_a_closed_campaign_keeps_its_population(desk: Desk) -> None:
    with pytest.raises(Refusal):
        choose_population(desk.actor(), campaign_id=desk.it.closed.pk, source="organisations", chosen={})


def test_the_staff_is_asked_by_human_resources_alone(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        choose_population(desk.actor("marta"), campaign_id=desk.it.staff.pk, source="list", chosen={})
    with pytest.raises(Refusal):
        choose_population(desk.actor("paolo"), campaign_id=desk.it.staff.pk, source="organisations", chosen={})


def test_invitations_that_were_sent_hold_the_source(desk: Desk) -> None:
    choose(desk)
    with pytest.raises(Refusal):
        choose_population(desk.actor(), campaign_id=desk.it.named.pk, source="list", chosen={})
    assert Invitation.objects.filter(campaign=desk.it.named).exists()
