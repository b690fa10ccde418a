"""What is held about a person, what awaits them, and how it ends."""

from datetime import date, datetime, timedelta

import pytest

from contempo.core import clock
from contempo.core.clock import ROME
from contempo.people.public import SYSTEM
from contempo.people.rules import further_personal_data
from contempo.questionnaires.actions.erasing import campaigns_to_erase, erase_campaign
from contempo.questionnaires.models import Campaign, Coverage, Delegate, Invitation, Practice, Response, Sending, Target
from contempo.questionnaires.queries.desk import cards
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.keeping import is_over, keys_to_erase
from contempo.questionnaires.rules.states import CampaignState
from contempo.questionnaires.tests.factories import SENT, ResponseFactory
from contempo.questionnaires.tests.samples import sample_document


def titles(pages, who):
    return [f"{card.title} {card.count}" for card in cards(pages.it.actor(who), clock.now())]


def mine(pages, campaign, member, who):
    """The invitation of a member goes to the address of somebody of the cast."""
    invitation = pages.it.invitation(campaign, member)
    Invitation.objects.filter(pk=invitation.pk).update(email=pages.it.person(who).email)
    return invitation


def test_what_was_answered_with_one_s_address_is_in_one_s_data(pages):
    mine(pages, pages.it.named, "bakery", "chiara")
    held = further_personal_data(pages.it.person("chiara").pk)["questionnaires"]
    assert [(one["campaign"], one["state"]) for one in held["invitations"]] == [("Mappatura con nome", "completed")]
    assert held["answers"][0]["answers"]["workers"] == 12
    assert held["good_practices"] == []


def test_what_was_answered_without_a_name_is_nobody_s_data(pages):
    mine(pages, pages.it.anonymous, "bakery", "chiara")
    assert further_personal_data(pages.it.person("chiara").pk)["questionnaires"]["answers"] == []


def test_a_questionnaire_waits_for_whose_address_was_invited(pages):
    mine(pages, pages.it.named, "coop", "chiara")
    found = list(cards(pages.it.actor("chiara"), clock.now()))
    assert [card.due_at for card in found] == [pages.it.named.closes_at]
    assert "/milano/r/" in found[0].url
    Invitation.objects.update(state="completed")
    assert not list(cards(pages.it.actor("chiara"), clock.now()))


def test_who_represents_a_delegate_sees_how_many_have_not_answered(pages):
    found = list(cards(pages.it.actor("lucia"), clock.now()))
    assert [card.count for card in found] == [1]
    assert found[0].url.endswith(f"/delegati/{pages.it.delegate.pk}/")


def test_who_keeps_campaigns_sees_what_ends_and_what_is_to_settle(pages):
    assert titles(pages, "marta") == []
    Campaign.objects.filter(pk=pages.it.named.pk).update(closes_at=clock.now() + timedelta(days=3))
    Coverage.objects.filter(response__campaign=pages.it.named).update(state="disputed")
    response = Response.objects.filter(campaign=pages.it.named, state="completed").first()
    for state in ("agreed", "found"):
        Practice.objects.create(
            campaign=pages.it.named, response=response, title="A", text="B", state=state, created_at=SENT
        )
    assert len(titles(pages, "marta")) == 4
    assert titles(pages, "elena") == []


def test_visitors_have_no_cards(pages):
    assert titles(pages, None) == []


@pytest.mark.parametrize(
    ("state", "keep_until", "over"),
    [
        ("closed", date(2026, 11, 19), True),
        ("closed", date(2026, 11, 20), False),
        ("closed", None, False),
        ("open", date(2026, 11, 19), False),
    ],
)
def test_personal_data_go_the_day_after_the_last_once_closed(state, keep_until, over):
    assert is_over(CampaignState(state), keep_until, date(2026, 11, 20)) is over


def test_personal_answers_go_and_of_people_every_free_text():
    assert keys_to_erase(sample_document(), people=False) == ("notes", "notes.other")
    of_people = keys_to_erase(sample_document(), people=True)
    assert {"notes", "proof", "services", "flexible.other"} <= set(of_people)
    kinds = {placed.question.key: placed.question.kind for placed in sample_document().questions()}
    assert not {key for key in of_people if kinds.get(key) in (Kind.NUMBER, Kind.SINGLE, Kind.MULTIPLE)}


@pytest.fixture
def over(pages):
    """The campaigns with name, confidential and of staff are closed, their personal data kept until yesterday."""
    ids = [pages.it.named.pk, pages.it.confidential.pk, pages.it.staff.pk]
    Campaign.objects.filter(pk__in=ids).update(
        state="closed", closed_at=datetime(2026, 11, 1, tzinfo=ROME), keep_until=date(2026, 11, 19)
    )
    target = Target.objects.filter(campaign=pages.it.staff).first()
    invitation = target.invitations.get()
    response = ResponseFactory(campaign=pages.it.staff, invitation=invitation, confirm_to="me@example.org")
    Coverage.objects.create(response=response, target=target, own=True, state="counted", since=SENT)
    Sending.objects.create(invitation=invitation, at=SENT, address=invitation.email)
    doubled = ResponseFactory(campaign=pages.it.staff)
    Coverage.objects.create(response=doubled, target=target, state="disputed", since=SENT)
    return pages


def erase_all():
    return [erase_campaign(SYSTEM, campaign_id=pk) for pk in campaigns_to_erase()]


def test_contacts_and_letters_go_and_how_many_answered_stays(over):
    before = sorted(Invitation.objects.values_list("campaign", "state"))
    assert erase_all() == [True, True, True]
    gone = Invitation.objects.filter(campaign__erased_at__isnull=False)
    assert set(gone.values_list("name", "email", "search_name")) == {("", "", "")}
    assert sorted(Invitation.objects.values_list("campaign", "state")) == before
    assert not Sending.objects.exists()
    assert not Delegate.objects.exclude(email="").exists()


def test_whose_an_answer_of_a_person_was_is_no_longer_known_and_its_counts_stay(over):
    erase_all()
    counted = Response.objects.get(campaign=over.it.staff, state="completed")
    assert (counted.invitation, counted.confirm_to, counted.coverages.count()) == (None, "", 0)
    assert counted.answers["satisfied"] == "l4"
    assert "notes" not in counted.answers
    assert "services" not in counted.answers
    assert Response.objects.filter(campaign=over.it.staff, state="excluded").count() == 1
    names = Target.objects.filter(campaign=over.it.staff).values_list("name", "key")
    assert all(name == "" and key.startswith("erased:") for name, key in names)


def test_the_answer_of_an_organisation_with_name_stays_its_own_without_what_is_personal(over):
    erase_all()
    response = Response.objects.get(campaign=over.it.named, state="completed")
    assert response.invitation.target.organisation == over.it.members["bakery"]
    assert "notes" not in response.answers
    assert response.answers["services"]
    confidential = Response.objects.get(campaign=over.it.confidential)
    assert (confidential.invitation, confidential.coverages.count()) == (None, 0)


def test_erasing_again_changes_nothing(over):
    erase_all()
    assert campaigns_to_erase() == []
    assert erase_campaign(SYSTEM, campaign_id=over.it.named.pk) is False
    assert not Campaign.objects.get(pk=over.it.closed.pk).erased_at
