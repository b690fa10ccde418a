"""Pages of campaigns, as those who keep them, hand links on, or only pass by see them."""

import pytest

from contempo.questionnaires.models import Campaign, Invitation, Target
from contempo.questionnaires.tests.campaigns.conftest import Desk, words
from contempo.questionnaires.tests.factories import InvitationFactory

CAMPAIGN_PAGES = (
    "impostazioni/",
    "impostazioni/domande/",
    "impostazioni/periodo/",
    "impostazioni/riapri/",
    "popolazione/",
    "popolazione/prendi/",
    "inviti/",
    "inviti/solleciti/",
    "delegati/",
    "delegati/nuovo/",
)


@pytest.mark.parametrize("path", CAMPAIGN_PAGES)
def test_who_keeps_a_campaign_opens_all_its_pages(desk: Desk, path: str) -> None:
    for campaign in (desk.it.named, desk.it.anonymous, desk.it.draft, desk.it.closed):
        assert desk.see(campaign, path)


@pytest.mark.parametrize("path", CAMPAIGN_PAGES)
def test_others_do_not_set_a_campaign_up(desk: Desk, path: str) -> None:
    assert desk.get(desk.it.url(desk.it.named, path), "sara").status_code == 403
    assert desk.get(desk.it.url(desk.it.staff, path), "marta").status_code == 403
    assert desk.get(desk.it.url(desk.it.staff, path), "paolo").status_code == 200


def test_a_visitor_finds_what_is_open_to_all_and_results_that_are_public(desk: Desk) -> None:
    text = words(desk.see(None, who=None))
    assert "Bisogni delle famiglie" in text
    assert "Mappatura 2025" in text
    assert "Mappatura con nome" not in text


def test_the_list_tells_how_many_were_invited_and_answered(desk: Desk) -> None:
    row = next(row for row in desk.see(None).select("tbody tr") if "Mappatura con nome" in row.text)
    assert [cell.get_text(strip=True) for cell in row.select("td.numeric")] == ["6", "1"]
    assert "Lavoro agile in Comune" not in words(desk.see(None))
    assert "Lavoro agile in Comune" in words(desk.see(None, who="paolo"))


def test_the_list_of_campaigns_is_a_file_too(desk: Desk) -> None:
    file = b"".join(desk.get("/milano/questionari/", formato="csv")).decode("utf-8-sig")
    assert "Mappatura con nome" in file


def test_a_campaign_is_made_step_by_step_and_opens(desk: Desk) -> None:
    client = desk.client("marta")
    typed = {
        "version_id": desk.it.version.pk,
        "title": "Misure 2027",
        "intro": "Per il piano.",
        "mode": "identified",
    }
    answer = client.post("/milano/questionari/nuova/", typed)
    made = Campaign.objects.get(title="Misure 2027")
    assert answer.url == desk.it.url(made, "popolazione/")
    assert client.get(desk.it.url(made, "popolazione/"), {"fonte": "organisations"}).status_code == 200
    answer = client.post(desk.it.url(made, "popolazione/?fonte=organisations"), {"kind": ["company"]})
    assert answer.url == desk.it.url(made, "popolazione/prendi/")
    assert "3 unità" in words(desk.see(made, "popolazione/prendi/")) or "3" in words(
        desk.see(made, "popolazione/prendi/")
    )
    client.post(desk.it.url(made, "popolazione/prendi/"))
    assert Target.objects.filter(campaign=made).count() == 3
    client.post(desk.it.url(made, "impostazioni/apri/"))
    made.refresh_from_db()
    assert made.state == "open"


def test_wrong_input_stays_on_the_page_with_its_sentence(desk: Desk) -> None:
    answer = desk.post(
        desk.it.draft,
        "impostazioni/periodo/",
        opens_on="2026-12-01",
        opens_time="09:00",
        closes_at="2026-11-25",
        closes_time="18:00",
        reminders="7, abc",
    )
    assert answer.status_code == 200
    assert "7, abc" in answer.content.decode()
    desk.it.draft.refresh_from_db()
    assert desk.it.draft.closes_at.month == 12


def test_every_state_is_listed_as_long_as_its_figure_says(desk: Desk) -> None:
    page = desk.see(desk.it.named, "inviti/")
    for figure in page.select(".stat"):
        link = figure.select_one("a")
        query = link["href"].partition("?")[2]
        listed = desk.see(desk.it.named, "inviti/", stato=query.removeprefix("stato="))
        assert len(listed.select("#list tbody tr")) == int(figure.select_one(".stat-value").text)


def test_a_delegate_sees_its_own_list_with_who_answered_and_no_other(desk: Desk) -> None:
    page = desk.see(desk.it.named, f"delegati/{desk.it.delegate.pk}/", who="lucia")
    assert "Tessitura Serio" in words(page)
    assert "/r/" in words(page)
    assert "Panificio" not in words(page)
    other = desk.it.invitation(desk.it.named, "bakery")
    assert desk.get(desk.it.url(desk.it.named, f"inviti/{other.pk}/"), "lucia").status_code == 404
    assert desk.get(desk.it.url(desk.it.named, f"delegati/{desk.it.delegate.pk}/"), "omar").status_code == 403


def test_a_delegate_has_no_link_of_what_was_begun(desk: Desk) -> None:
    mine = desk.it.invitation(desk.it.named, "bergamo")
    Invitation.objects.filter(pk=mine.pk).update(state="begun")
    assert "/r/" not in words(desk.see(desk.it.named, f"delegati/{desk.it.delegate.pk}/", who="lucia"))
    page = desk.see(desk.it.named, f"inviti/{mine.pk}/", who="lucia")
    assert page.select_one("#link") is None


def test_letters_of_a_delegate_are_a_document_with_a_code_for_each(desk: Desk) -> None:
    InvitationFactory(campaign=desk.it.named, delegate=desk.it.delegate, channel="delegate", email="", state="prepared")
    answer = desk.get(desk.it.url(desk.it.named, f"delegati/{desk.it.delegate.pk}/lettere/"), "lucia")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    file = b"".join(
        desk.get(desk.it.url(desk.it.named, f"delegati/{desk.it.delegate.pk}/"), "lucia", formato="csv")
    ).decode("utf-8-sig")
    assert file.count("/milano/r/") == 2


def test_the_public_link_has_its_picture(desk: Desk) -> None:
    page = desk.see(desk.it.public, "link/")
    assert page.select_one("#public-link")["value"].endswith("/milano/r/p/famiglie-milano/")
    assert page.select_one("svg") is not None
