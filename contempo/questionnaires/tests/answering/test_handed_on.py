"""A link that passed through other hands opens no answers: those who had it may have kept it."""

import pytest

from contempo.core.outbox import deliver_pending, kept_mails
from contempo.core.verdict import Refusal
from contempo.questionnaires.access import code_of
from contempo.questionnaires.actions.answering.beginning import begin
from contempo.questionnaires.actions.answering.leaving import hand_on
from contempo.questionnaires.actions.invitations.contacts import Contact, correct_contact
from contempo.questionnaires.actions.invitations.delegates import hand_to_delegate
from contempo.questionnaires.models import Delegate, Invitation, Response
from contempo.questionnaires.rules.doors import Door, digest, read_door
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState, Mode, ResponseState
from contempo.questionnaires.tests.answering.people import (
    FIRST,
    SECOND,
    THIRD,
    Respondent,
    attachment_of_answer,
    link_of,
    public_link,
    response_of,
)
from contempo.questionnaires.tests.factories import DelegateFactory, Surveys

pytestmark = pytest.mark.django_db

TYPED = 'value="12"'
BEGUN = "Qualcuno ha già iniziato con questo link"


@pytest.fixture
def delegate(surveys: Surveys) -> Delegate:
    """The trade union hands links of the confidential campaign on."""
    made: Delegate = DelegateFactory(campaign=surveys.confidential, organisation=surveys.union)
    return made


@pytest.fixture
def handed(surveys: Surveys, delegate: Delegate) -> Invitation:
    """An invitation of the confidential campaign that the trade union hands on."""
    invitation = surveys.invitation(surveys.confidential, "bergamo")
    hand_to_delegate(
        surveys.actor("marta"), campaign_id=surveys.confidential.pk, delegate_id=delegate.pk, chosen=[invitation.pk]
    )
    return surveys.invitation(surveys.confidential, "bergamo")


def secret_of(someone: Respondent) -> str:
    return someone.url.rstrip("/").rpartition("/")[2]


def test_the_page_says_that_only_an_address_of_ones_own_finds_the_answers(handed: Invitation, coop: Invitation) -> None:
    assert "Chi ti ha dato questo link può averne una copia" in Respondent(link_of(handed)).see().text
    assert "può averne una copia" not in Respondent(link_of(coop)).see().text


def test_who_begins_gets_an_address_and_goes_on_by_it(handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).begin()
    assert someone.url.startswith(link_of(handed))
    assert someone.url != link_of(handed)
    someone.page(1, **FIRST)
    assert TYPED in Respondent(someone.url).see("pagina/1/").text
    assert "Copia questo indirizzo" in someone.see("dopo/").text
    response = response_of(handed)
    assert bytes(response.key_hash or b"") == digest(secret_of(someone))
    assert (response.delegate_id, response.channel) == (handed.delegate_id, Channel.DELEGATE)


@pytest.mark.parametrize("path", ["", "unita/", "pagina/1/", "riepilogo/", "dopo/", "copia/", "ritira/", "inviate/"])
def test_the_bare_link_shows_nothing_of_what_was_begun(handed: Invitation, path: str) -> None:
    someone = Respondent(link_of(handed)).begin()
    someone.page(1, **FIRST)
    seen = Respondent(link_of(handed)).see(path)
    assert BEGUN in seen.text
    assert "Ricomincio da capo" in seen.text
    assert TYPED not in seen.text
    assert secret_of(someone) not in seen.text


def test_beginning_from_the_bare_link_changes_nothing_until_one_says_anew(surveys: Surveys, handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).begin()
    someone.page(1, **FIRST)
    other = Respondent(link_of(handed))
    assert other.send("") == ""
    assert (other.status, BEGUN in other.text) == (409, True)
    with pytest.raises(Refusal):
        begin(surveys.actor(None), door=Door(code_of(handed)), language="it")
    assert response_of(handed).answers["workers"] == 12


def test_beginning_anew_discards_the_half_done_answers_unseen(handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).begin()
    someone.page(1, **FIRST)
    proof = attachment_of_answer(response_of(handed))
    other = Respondent(link_of(handed))
    other.url = other.send("", anew="1").removesuffix("unita/")
    assert secret_of(other) != secret_of(someone)
    assert response_of(handed).answers == {}
    assert not type(proof).objects.filter(pk=proof.pk).exists()
    assert not type(proof.file).objects.filter(pk=proof.file_id).exists()
    assert TYPED not in other.see("pagina/1/").text
    assert BEGUN in someone.see("pagina/1/").text


def test_the_address_one_kept_goes_on_also_from_the_first_page(handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).begin()
    someone.page(1, **FIRST)
    where = Respondent(someone.url).send("")
    assert where.startswith(someone.url)
    assert response_of(handed).answers["workers"] == 12


def test_who_declined_half_way_goes_on_by_their_address(handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).begin()
    someone.page(1, **FIRST)
    someone.send("non-rispondo/", reason="")
    assert someone.send("").startswith(someone.url)
    handed.refresh_from_db()
    assert (handed.state, response_of(handed).answers["workers"]) == (InvitationState.BEGUN, 12)


@pytest.mark.parametrize("path", ["", "pagina/1/", "riepilogo/", "copia/", "ritira/", "inviate/"])
def test_once_sent_the_bare_link_tells_only_that_it_was_used(handed: Invitation, path: str) -> None:
    Respondent(link_of(handed)).answer_all()
    seen = Respondent(link_of(handed)).see(path)
    assert "Questo indirizzo è già stato usato" in seen.text
    assert "Questo link non mostra le risposte" in seen.text
    for told in (TYPED, "Servirebbe", "Scarica le mie risposte", "Cambia le mie risposte", "Inviate il", BEGUN):
        assert told not in seen.text


def test_sent_answers_are_changed_and_taken_back_only_by_their_address(handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).answer_all()
    stranger = Respondent(link_of(handed))
    stranger.page(1, **{**FIRST, "workers": "99"})
    stranger.send("ritira/")
    stranger.send("inviate/", email="altri@example.org")
    stranger.send("", anew="1")
    response = response_of(handed)
    assert (response.answers["workers"], response.state) == (12, ResponseState.COMPLETED)
    assert response.confirm_to == ""
    someone.page(1, **{**FIRST, "workers": "15"})
    assert response_of(handed).answers["workers"] == 15
    someone.send("ritira/")
    assert BEGUN in Respondent(link_of(handed)).see().text
    assert someone.send("riepilogo/").endswith("inviate/")


def test_a_secret_opens_only_what_was_begun_by_its_own_link(surveys: Surveys, delegate: Delegate) -> None:
    campaign = surveys.confidential
    campaign.public_link, campaign.public_key = True, "aziende-milano"
    campaign.save()
    coop, company = (surveys.invitation(campaign, name) for name in ("coop", "company"))
    chosen = [coop.pk, company.pk]
    hand_to_delegate(surveys.actor("marta"), campaign_id=campaign.pk, delegate_id=delegate.pk, chosen=chosen)
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    for other in (link_of(company), public_link(campaign)):
        assert TYPED not in Respondent(f"{other}{secret_of(someone)}/").see("pagina/1/").text


def test_there_is_one_response_for_an_invitation_however_often_one_begins(handed: Invitation) -> None:
    people = []
    for _one in range(3):
        someone = Respondent(link_of(handed))
        someone.url = someone.send("", anew="1").removesuffix("unita/")
        people.append(someone)
    for number, page in enumerate((FIRST, SECOND, THIRD), 1):
        for someone in people:
            someone.page(number, **page)
    sent = [someone.send("riepilogo/").endswith("inviate/") for someone in people]
    assert sent == [False, False, True]
    assert Response.objects.filter(invitation=handed).count() == 1


def test_in_a_campaign_with_name_a_delegate_finds_no_answers_either(surveys: Surveys) -> None:
    bergamo = surveys.invitation(surveys.named, "bergamo")
    someone = Respondent(link_of(bergamo)).begin()
    someone.page(1, **FIRST)
    assert TYPED not in Respondent(link_of(bergamo)).see("pagina/1/").text


def test_what_is_passed_on_by_a_link_handed_on_begins_anew(surveys: Surveys, handed: Invitation) -> None:
    someone = Respondent(link_of(handed)).begin()
    someone.page(1, **FIRST)
    assert "with_answers" not in someone.see("passa/").text
    hand_on(
        surveys.actor(None),
        door=read_door(f"{code_of(handed)}/{secret_of(someone)}"),
        name="Ada Neri",
        email="ada@example.org",
        with_answers=True,
    )
    new = Invitation.objects.get(email="ada@example.org")
    assert (new.delegate_id, Response.objects.filter(invitation=new).count()) == (handed.delegate_id, 0)
    assert TYPED not in Respondent(link_of(new)).begin().see("pagina/1/").text
    assert "è passato ad altri" in someone.see().text


def test_answers_passed_on_are_not_given_to_a_delegate(surveys: Surveys, delegate: Delegate) -> None:
    coop = surveys.invitation(surveys.confidential, "coop")
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    someone.send("passa/", name="Ada Neri", email="ada@example.org", with_answers="on")
    new = Invitation.objects.get(email="ada@example.org")
    with pytest.raises(Refusal):
        hand_to_delegate(surveys.actor("marta"), campaign_id=new.campaign_id, delegate_id=delegate.pk, chosen=[new.pk])
    assert TYPED in Respondent(link_of(new)).see("pagina/1/").text


def test_nobody_is_named_in_place_of_who_has_begun(surveys: Surveys) -> None:
    coop = surveys.invitation(surveys.confidential, "coop")
    Respondent(link_of(coop)).begin().page(1, **FIRST)
    marta = surveys.actor("marta")
    with pytest.raises(Refusal, match="has begun to answer"):
        correct_contact(marta, invitation_id=coop.pk, contact=Contact("Io", "marta2@example.org"), write=True)
    again = correct_contact(marta, invitation_id=coop.pk, contact=Contact("Ada Neri", coop.email), write=True)
    deliver_pending()
    assert (again.generation, [mail.to for mail in kept_mails()]) == (1, [coop.email])
    assert TYPED in Respondent(link_of(coop)).see("pagina/1/").text


def test_nor_where_the_answers_were_left_to_them_and_they_did_not_open_the_link_yet(surveys: Surveys) -> None:
    coop = surveys.invitation(surveys.confidential, "coop")
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    someone.send("passa/", name="Ada Neri", email="ada@example.org", with_answers="on")
    new = Invitation.objects.get(email="ada@example.org")
    with pytest.raises(Refusal):
        correct_contact(
            surveys.actor("marta"), invitation_id=new.pk, contact=Contact("Io", "marta2@example.org"), write=True
        )


def test_who_reads_answers_with_name_may_correct_the_address_of_who_has_begun(surveys: Surveys) -> None:
    company = surveys.invitation(surveys.named, "company")
    contact = Contact("Ugo Blu", "ugo@example.org")
    moved = correct_contact(surveys.actor("marta"), invitation_id=company.pk, contact=contact, write=False)
    assert 'value="320"' in Respondent(link_of(moved)).see("pagina/1/").text


def test_a_corrected_link_that_was_handed_on_needs_its_own_address_too(surveys: Surveys, handed: Invitation) -> None:
    contact = Contact("Ugo Blu", "ugo@example.org")
    moved = correct_contact(surveys.actor("marta"), invitation_id=handed.pk, contact=contact, write=True)
    someone = Respondent(link_of(moved)).begin()
    assert len(secret_of(someone)) == 32
    assert BEGUN in Respondent(link_of(moved)).see().text


def test_who_keeps_a_confidential_campaign_sees_no_link_of_a_letter(surveys: Surveys, handed: Invitation) -> None:
    coop = surveys.invitation(surveys.confidential, "coop")
    marta = Respondent(surveys.url(surveys.confidential))
    marta.client.force_login(surveys.world.marta)
    pages = [f"inviti/{coop.pk}/", f"inviti/{coop.pk}/contatto/", "inviti/", "inviti/solleciti/", "delegati/"]
    pages += [f"delegati/{handed.delegate_id}/", "inviti/?formato=csv", "tassi/", "ritardi/", "copertura/", "carta/"]
    for page in pages:
        answer = marta.client.get(marta.url + page, follow=True)
        shown = b"".join(answer) if answer.streaming else answer.content
        assert code_of(coop).encode() not in shown.lower().replace(b"-", b""), page
        assert answer.status_code == 200, page
    assert code_of(handed) in marta.see(f"inviti/{handed.pk}/").text


def test_a_campaign_in_preparation_shows_no_link_since_its_mode_may_still_change(surveys: Surveys) -> None:
    coop = surveys.invitation(surveys.named, "coop")
    marta = Respondent(surveys.url(surveys.named))
    marta.client.force_login(surveys.world.marta)
    assert code_of(coop) in marta.see(f"inviti/{coop.pk}/").text
    surveys.named.state, surveys.named.mode = CampaignState.DRAFT.value, Mode.IDENTIFIED.value
    surveys.named.save()
    assert code_of(coop) not in marta.see(f"inviti/{coop.pk}/").text
