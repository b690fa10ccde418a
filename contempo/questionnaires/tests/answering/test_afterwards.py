"""After sending: a copy, changing, taking back; and what closing does to who is writing."""

import pytest

from contempo.core.outbox.models import Mail
from contempo.core.testing import At
from contempo.questionnaires.models import Campaign, Coverage, Invitation, Response, Target
from contempo.questionnaires.rules.states import InvitationState, ResponseState
from contempo.questionnaires.tests.answering.people import (
    FIRST,
    SECOND,
    THIRD,
    Respondent,
    link_of,
    public_link,
    response_of,
)
from contempo.questionnaires.tests.factories import Surveys

pytestmark = pytest.mark.django_db


def test_the_copy_is_a_pdf(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    answer = someone.client.get(someone.url + "copia/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_letter_holds_the_address_of_the_copy_and_no_answer(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    someone.send("inviate/", email="coop@example.org")
    mail = Mail.objects.get(to="coop@example.org")
    assert link_of(coop) in mail.text
    assert "Servirebbe" not in mail.text
    assert response_of(coop).confirm_to == "coop@example.org"


def test_a_link_writes_no_more_than_a_few_letters(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    for number in range(5):
        someone.send("inviate/", email=f"sconosciuto{number}@example.org")
    assert Mail.objects.filter(kind="questionnaires.copy").count() == 3


def test_sent_answers_are_changed_page_by_page_and_stay_sent(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    someone.page(1, **{**FIRST, "workers": "15"})
    response = response_of(coop)
    assert (response.answers["workers"], response.state) == (15, ResponseState.COMPLETED)


def test_a_wrong_change_of_sent_answers_changes_nothing(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    before = response_of(coop).answers
    assert someone.page(1, **{**FIRST, "since": "2021-05-05", "workers": ""}) == ""
    assert response_of(coop).answers == before


def test_where_answers_may_not_be_changed_they_stay(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    Campaign.objects.filter(pk=coop.campaign_id).update(editable=False)
    someone.page(1, **{**FIRST, "workers": "99"})
    assert response_of(coop).answers["workers"] == 12
    assert "Cambia le mie risposte" not in someone.see("inviate/").text


def test_what_is_taken_back_counts_no_more_and_can_be_sent_again(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    someone.send("ritira/")
    coop.refresh_from_db()
    assert (coop.state, response_of(coop).state) == (InvitationState.BEGUN, ResponseState.BEGUN)
    assert not Coverage.objects.filter(target=coop.target).exists()
    assert not Target.objects.get(pk=coop.target_id).covered
    assert someone.send("riepilogo/").endswith("inviate/")
    assert Target.objects.get(pk=coop.target_id).covered


def test_what_is_written_while_the_campaign_closes_is_kept_and_told(at: At, coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    at("2026-12-18T18:05")
    assert someone.page(2, **SECOND) == ""
    assert "è chiuso" in someone.text
    assert "è salvato" in someone.text
    assert response_of(coop).answers["rated"] == 8
    assert someone.send("riepilogo/") == ""
    assert response_of(coop).state == ResponseState.BEGUN


def test_a_day_after_closing_nothing_is_kept_any_more(at: At, coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    at("2026-12-20T18:05")
    someone.page(1, **FIRST)
    assert response_of(coop).answers == {}


def test_a_campaign_not_open_yet_says_from_when(at: At, coop: Invitation) -> None:
    at("2026-10-30T10:00")
    assert "non è ancora aperto" in Respondent(link_of(coop)).see().text


def test_sent_answers_can_be_read_after_closing(at: At, coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    at("2027-01-20T10:00")
    assert "Scarica le mie risposte" in someone.see().text
    assert someone.client.get(someone.url + "copia/").status_code == 200


def test_who_answers_by_the_public_link_finds_their_answers_by_their_own_address(surveys: Surveys) -> None:
    someone = Respondent(public_link(surveys.public)).begin()
    someone.page(1, **FIRST)
    assert 'value="12"' in Respondent(someone.url).see("pagina/1/").text
    assert "Copia questo indirizzo" in someone.see("dopo/").text


def test_a_browser_that_has_answered_is_told_so_and_may_answer_again(surveys: Surveys) -> None:
    someone = Respondent(public_link(surveys.public)).answer_all()
    someone.url = public_link(surveys.public)
    assert "Da questo dispositivo" in someone.see().text
    assert "Da questo dispositivo" not in Respondent(public_link(surveys.public)).see().text
    someone.answer_all()
    assert Response.objects.filter(campaign=surveys.public, state=ResponseState.COMPLETED.value).count() == 2


def test_one_place_cannot_begin_without_end(surveys: Surveys) -> None:
    someone = Respondent(public_link(surveys.public))
    for _one in range(61):
        someone.send("")
    assert someone.status == 429
    assert "In questo momento in tanti" in someone.text


def test_a_file_is_kept_served_to_who_holds_the_link_and_taken_off(coop: Invitation) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    someone = Respondent(link_of(coop)).begin()
    someone.page(3, **THIRD, proof=SimpleUploadedFile("verbale.pdf", b"%PDF-1.7 verbale"))
    (number,) = response_of(coop).answers["proof"]
    assert "verbale.pdf" in someone.see("pagina/3/").text
    served = someone.client.get(f"{someone.url}allegati/{number}/")
    assert b"".join(served.streaming_content) == b"%PDF-1.7 verbale"  # type: ignore[attr-defined]
    someone.page(3, **THIRD, proof=[str(number)], **{"proof.remove": str(number)})
    assert "proof" not in response_of(coop).answers


def test_a_file_of_another_kind_is_refused_beside_its_question(coop: Invitation) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    someone = Respondent(link_of(coop)).begin()
    assert someone.page(3, **THIRD, proof=SimpleUploadedFile("gioco.exe", b"MZ" + bytes(200))) == ""
    assert 'href="#f-proof"' in someone.text
    assert response_of(coop).answers["notes"] == THIRD["notes"]


def test_a_file_of_somebody_else_is_not_theirs(surveys: Surveys, coop: Invitation) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    someone = Respondent(link_of(coop)).begin()
    someone.page(3, **THIRD, proof=SimpleUploadedFile("verbale.pdf", b"%PDF-1.7 verbale"))
    (number,) = response_of(coop).answers["proof"]
    other = Respondent(link_of(surveys.invitation(surveys.named, "unione"))).begin()
    assert other.client.get(f"{other.url}allegati/{number}/").status_code == 404
    assert other.page(3, **THIRD, proof=[str(number)]) == ""
