"""A good practice is told only while who described it agrees."""

import re

import pytest

from contempo.core import search
from contempo.core.outbox.models import Mail
from contempo.core.testing import published
from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.actions import practices as actions
from contempo.questionnaires.events import PracticePublished
from contempo.questionnaires.models import Practice, Response
from contempo.questionnaires.rules.document import Kind, Page, read, to_json
from contempo.questionnaires.rules.states import PracticeState
from contempo.questionnaires.tests.factories import CampaignFactory, ResponseFactory, VersionFactory
from contempo.questionnaires.tests.samples import option, question, sample_answers, words
from contempo.questionnaires.tests.sharing.conftest import words as text_of

SAID = {"title": "Nido in azienda", "text": "Un nido per i figli di chi lavora.", "topic": "childcare"}


def of(campaign):
    return Response.objects.filter(campaign=campaign, state="completed").first()


def find(pages, campaign, **changes):
    said = {**SAID, "email": "forno@example.org", **changes}
    marta = pages.it.actor("marta")
    return actions.find_practice(marta, campaign_id=campaign.pk, response_id=of(campaign).pk, **said)


def link(mail):
    return re.search(r"/milano/(buone-pratiche/consenso/\S+/)", mail.text)[1]


def asking(pages, mode, consent):
    """A campaign whose questionnaire asks whether what is told may be published, and one answer to it."""
    document = read(pages.it.version.document)
    ask = question(
        "may",
        Kind.SINGLE,
        "Possiamo raccontarlo?",
        measure="consent",
        options=(option("yes", "Sì"), option("no", "No")),
    )
    more = Page(key="consent", title=words("Consenso"), items=(ask,))
    kept = to_json(document.__class__(languages=document.languages, pages=(*document.pages, more)))
    version = VersionFactory(questionnaire=pages.it.questionnaire, number=2, document=kept)
    campaign = CampaignFactory(version=version, mode=mode, state="closed")
    ResponseFactory(campaign=campaign, answers=sample_answers(may=consent))
    return campaign


def test_a_practice_is_told_once_who_described_it_agrees_by_the_link_mailed(pages):
    marta = pages.it.actor("marta")
    practice = find(pages, pages.it.named)
    assert practice.organisation == pages.it.members["bakery"]
    actions.ask_consent(marta, practice_id=practice.pk)
    mail = Mail.objects.get(kind="questionnaires.consent")
    assert mail.to == "forno@example.org"
    assert SAID["text"] in mail.text
    with pytest.raises(Refusal):
        actions.publish_practice(marta, practice_id=practice.pk)
    assert "Nido in azienda" in text_of(pages.see(link(mail)))
    assert pages.post(link(mail), agree="yes").status_code == 302
    assert pages.get(f"buone-pratiche/{practice.pk}/").status_code == 404
    actions.publish_practice(marta, practice_id=practice.pk)
    assert published(PracticePublished) == [PracticePublished(practice.pk)]
    told = text_of(pages.see(f"buone-pratiche/{practice.pk}/"))
    assert "Un nido per i figli" in told
    assert "Panificio Rondine" in told


def test_what_is_taken_back_is_gone_at_once_from_library_file_and_search(pages):
    marta = pages.it.actor("marta")
    practice = find(pages, pages.it.named)
    actions.ask_consent(marta, practice_id=practice.pk)
    where = link(Mail.objects.get(kind="questionnaires.consent"))
    pages.post(where, agree="yes")
    actions.publish_practice(marta, practice_id=practice.pk)
    milano = pages.it.world.milano
    assert search.find(network_id=milano.pk, text="nido", public_only=True).total == 1
    pages.post(where, agree="no")
    assert Practice.objects.get().state == PracticeState.DECLINED
    assert pages.get(f"buone-pratiche/{practice.pk}/").status_code == 404
    assert pages.get(f"buone-pratiche/{practice.pk}/", "marta").status_code == 404
    assert "Nido in azienda" not in text_of(pages.see("buone-pratiche/"))
    assert b"Nido in azienda" not in b"".join(pages.get("buone-pratiche/", formato="csv").streaming_content)
    assert search.find(network_id=milano.pk, text="nido", public_only=True).total == 0


def test_nothing_is_agreed_without_the_link(pages):
    practice = find(pages, pages.it.named)
    assert pages.get("buone-pratiche/consenso/inventato/").status_code == 404
    assert pages.get(f"buone-pratiche/consenso/{practice.pk}/").status_code == 404
    with pytest.raises(Refusal):
        actions.answer_consent(pages.it.actor("marta"), token=str(practice.pk), agrees=True)


def test_words_somebody_was_asked_about_change_no_more(pages):
    marta = pages.it.actor("marta")
    practice = find(pages, pages.it.named)
    actions.write_practice(marta, practice_id=practice.pk, **{**SAID, "title": "Nido aziendale"}, email="a@example.org")
    actions.ask_consent(marta, practice_id=practice.pk)
    with pytest.raises(Refusal):
        actions.write_practice(marta, practice_id=practice.pk, **SAID, email="a@example.org")
    assert Practice.objects.get().title == "Nido aziendale"


def test_nobody_is_asked_without_an_address(pages):
    practice = find(pages, pages.it.named, email="")
    with pytest.raises(Refusal) as told:
        actions.ask_consent(pages.it.actor("marta"), practice_id=practice.pk)
    assert told.value.field == "email"


def test_without_a_name_nobody_is_asked_and_nothing_told(pages):
    with pytest.raises(Refusal):
        find(pages, pages.it.confidential)
    assert not Practice.objects.exists()


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_consent_given_in_the_questionnaire_is_enough_and_names_nobody(pages, mode):
    practice = find(pages, asking(pages, mode, "yes"))
    assert practice.state == PracticeState.AGREED
    assert (practice.email, practice.organisation) == ("", None)
    actions.publish_practice(pages.it.actor("marta"), practice_id=practice.pk)
    assert "Nido in azienda" in text_of(pages.see("buone-pratiche/", bisogno="childcare"))
    assert not Mail.objects.exists()


def test_consent_refused_in_the_questionnaire_is_a_refusal(pages):
    with pytest.raises(Refusal):
        find(pages, asking(pages, "anonymous", "no"))


def test_who_keeps_the_campaign_takes_it_out_when_told_by_other_ways(pages):
    marta = pages.it.actor("marta")
    practice = find(pages, asking(pages, "anonymous", "yes"))
    actions.publish_practice(marta, practice_id=practice.pk)
    actions.withdraw_practice(marta, practice_id=practice.pk)
    assert pages.get(f"buone-pratiche/{practice.pk}/").status_code == 404


def test_only_who_coordinates_proposes(pages):
    response = of(pages.it.named)
    for who in ("elena", "chiara", "lucia", None):
        with pytest.raises(NotPermitted):
            actions.find_practice(
                pages.it.actor(who), campaign_id=pages.it.named.pk, response_id=response.pk, **SAID, email=""
            )


def test_the_practices_of_staff_stay_with_the_employer(pages):
    response = ResponseFactory(campaign=pages.it.staff)
    with pytest.raises(NotPermitted):
        actions.find_practice(
            pages.it.actor("paolo"), campaign_id=pages.it.staff.pk, response_id=response.pk, **SAID, email=""
        )


def test_a_title_and_a_text_are_needed(pages):
    with pytest.raises(Refusal) as told:
        find(pages, pages.it.named, title=" ")
    assert told.value.field == "title"
    assert not Practice.objects.exists()
