"""The pages of notifications and choices."""

import pytest

from contempo.people.actions.mails import stop_path
from contempo.people.models import NotificationChoice
from contempo.people.rules import DIGEST, INVITATION_KIND, ROLE_KIND
from contempo.people.tests.reading import errors, page, said, tell


def test_notifications_are_listed_opened_and_marked(cast, visit):
    first, second = tell(cast.sara, "La prima"), tell(cast.sara, "La seconda")
    browser = visit(cast.sara)
    shown = page(browser.get("/milano/notifiche/"))
    assert "2 ancora da leggere" in shown.get_text()
    assert [each.get_text() for each in shown.select("h2.tile-title")] == ["La seconda", "La prima"]
    assert shown.select_one("header .count-dot").get_text().startswith("2")
    assert browser.get(f"/milano/notifiche/{first.pk}/")["Location"] == "/milano/"
    browser.post(f"/milano/notifiche/{second.pk}/letta/")
    assert "0 ancora da leggere" in page(browser.get("/milano/notifiche/")).get_text()


def test_everything_is_marked_at_once(cast, visit):
    tell(cast.sara)
    tell(cast.sara)
    browser = visit(cast.sara)
    assert browser.post("/milano/notifiche/lette/")["Location"] == "/milano/notifiche/"
    assert "0 ancora da leggere" in page(browser.get("/milano/notifiche/")).get_text()


def test_what_another_was_told_is_not_opened(cast, visit):
    told = tell(cast.sara)
    answer = visit(cast.marta).get(f"/milano/notifiche/{told.pk}/")
    assert answer.status_code == 409
    assert "Questa notifica non c’è più" in answer.content.decode()
    told.refresh_from_db()
    assert told.read_at is None


def test_an_empty_list_says_what_will_be_there(cast, visit):
    assert "Ancora nessuna novità" in page(visit(cast.sara).get("/milano/notifiche/")).get_text()


@pytest.mark.parametrize(("number", "expected"), [("1", 20), ("2", 5), ("99", 5), ("zero", 20), ("-1", 5)])
def test_the_list_has_pages_and_as_many_statements_on_each(cast, visit, number, expected, budget):
    NotificationChoice.objects.create(person=cast.sara, kind=ROLE_KIND.name, delivery="never")
    for count in range(25):
        tell(cast.sara, f"Notizia {count}")
    browser = visit(cast.sara)
    browser.get("/milano/notifiche/")
    with budget("notifications"):
        answer = browser.get(f"/milano/notifiche/?pagina={number}")
    assert len(page(answer).select("h2.tile-title")) == expected


def test_choices_are_kept(cast, visit):
    browser = visit(cast.sara)
    fields = {each["name"] for each in page(browser.get("/profilo/notifiche/")).select("input[type=radio]")}
    assert {"people-role", "people-invitation"} <= fields
    answer = browser.post("/profilo/notifiche/", dict.fromkeys(fields, "digest"))
    assert said(answer) == ["Le tue scelte sono salvate."]
    assert set(NotificationChoice.objects.values_list("delivery", flat=True)) == {"digest"}
    assert len(errors(browser.post("/profilo/notifiche/", {"people-role": "pigeon"}))) == len(fields)


def test_a_link_in_the_mail_stops_a_kind_with_one_click_and_no_sign_in(cast, visit, settings):
    link = stop_path(cast.sara.pk, INVITATION_KIND.name)
    stranger = visit(None)
    stranger.handler.enforce_csrf_checks = True
    shown = page(stranger.get(link))
    assert "Risposte ai tuoi inviti" in shown.get_text()
    assert not NotificationChoice.objects.exists()
    answer = stranger.post(link, {"List-Unsubscribe": "One-Click"})
    assert "Non scriveremo più su questo" in page(answer).get_text()
    assert NotificationChoice.objects.get().delivery == "never"


def test_the_link_of_the_summary_names_it(cast, visit):
    assert "Riassunto del mattino" in page(visit(None).get(stop_path(cast.sara.pk, DIGEST))).get_text()


def test_a_forged_link_stops_nothing(cast, visit):
    for token in ("abc", stop_path(cast.sara.pk, ROLE_KIND.name)[len("/notifiche/ferma/") : -2]):
        page(visit(None).post(f"/notifiche/ferma/{token}/"), status=404)
    page(visit(None).post(stop_path(cast.sara.pk, "test.unknown")), status=404)
    assert not NotificationChoice.objects.exists()
