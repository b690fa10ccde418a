"""The pages where roles are given and ended."""

import pytest

from contempo.core.outbox import kept_mails
from contempo.people.actions import invite
from contempo.people.models import Invitation
from contempo.people.queries import actor_for
from contempo.people.rules import NetworkRole, OrganisationRole
from contempo.people.tests.factories import (
    FORNO,
    GIRASOLE,
    MILANO,
    PersonFactory,
    RoleGrantFactory,
    in_milano,
)
from contempo.people.tests.reading import FORNO_PEOPLE, PEOPLE, errors, number_of, page, said


def test_the_coordinator_sees_who_does_what(cast, visit):
    shown = page(visit(cast.marta).get(PEOPLE))
    names = [each.get_text() for each in shown.select("tbody th")]
    assert names == [
        "Elena Fumagalli",
        "Giulio Restelli",
        "Ivo Bianchi",
        "Marta Colombo",
        "Nadia Greco",
        "Rosa Bianchi",
    ]
    assert "Forno Bianchi" in shown.get_text()
    assert "Chiara" not in shown.get_text()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=expert", {"Nadia Greco"}),
        ("q=bianchi", {"Ivo Bianchi", "Rosa Bianchi"}),
        ("q=MARTA.colombo@", {"Marta Colombo"}),
        ("role=editor&q=ivo", set()),
        ("role=emperor", None),
        ("q=%25", set()),
        ("ordina=person__password", None),
    ],
)
def test_the_list_is_filtered_by_role_and_by_name(cast, visit, query, names):
    shown = page(visit(cast.marta).get(f"{PEOPLE}?{query}"))
    found = {each.get_text() for each in shown.select("tbody th")}
    assert found == names if names is not None else len(found) in (0, 6)


def test_the_list_is_ordered(cast, visit):
    shown = page(visit(cast.marta).get(f"{PEOPLE}?ordina=-name"))
    names = [each.get_text() for each in shown.select("tbody th")]
    assert names == sorted(names, reverse=True)


def test_the_list_takes_as_many_statements_with_many_people_as_with_few(cast, visit, budget):
    browser = visit(cast.marta)
    for more in (0, 60):
        for person in PersonFactory.create_batch(more):
            RoleGrantFactory(person=person, role=OrganisationRole.EDITOR, organisation_id=GIRASOLE)
        browser.get(PEOPLE)
        with budget("people"):
            browser.get(PEOPLE)


def test_the_list_leaves_as_a_file(cast, visit):
    browser = visit(cast.marta)
    text = browser.get(f"{PEOPLE}?formato=csv&role=editor").getvalue().decode("utf-8-sig")
    heads, row, *rest = text.splitlines()
    assert heads == "Nome;E-mail;Ruolo;Organizzazione;Dal"
    assert row.startswith("Rosa Bianchi;rosa.bianchi@example.org;Redazione;Forno Bianchi;")
    assert rest == []
    assert browser.get(f"{PEOPLE}?formato=xlsx").getvalue()[:2] == b"PK"


def test_the_representative_sees_only_who_acts_for_the_organisation(cast, visit):
    browser = visit(cast.ivo)
    shown = page(browser.get(FORNO_PEOPLE))
    assert [each.get_text() for each in shown.select("tbody th")] == ["Ivo Bianchi", "Rosa Bianchi"]
    assert FORNO_PEOPLE in str(shown.select_one("header"))
    page(browser.get(PEOPLE), status=403)
    page(browser.get(f"/milano/organizzazione/{GIRASOLE}/persone/"), status=403)


MANAGERS = {
    PEOPLE: {"marta", "giulio"},
    f"{PEOPLE}invita/": {"marta", "giulio"},
    FORNO_PEOPLE: {"marta", "giulio", "ivo"},
    f"{FORNO_PEOPLE}invita/": {"marta", "giulio", "ivo"},
}


@pytest.mark.parametrize("path", MANAGERS)
def test_who_opens_what(cast, visit, path):
    for name in ("marta", "giulio", "ivo", "rosa", "elena", "nadia", "sara", "chiara"):
        expected = 200 if name in MANAGERS[path] else 403
        assert visit(getattr(cast, name)).get(path).status_code == expected, name
    assert visit(None).get(path)["Location"].startswith("/accesso/?next=")


def test_an_organisation_of_another_network_is_not_opened(cast, visit):
    for path in (
        "/milano/organizzazione/20/persone/",
        "/bergamo/organizzazione/10/persone/",
        "/bergamo/agenzia/persone/",
    ):
        page(visit(cast.marta).get(path), status=403)
    page(visit(cast.marta).get("/atlantide/agenzia/persone/"), status=404)


def test_the_coordinator_invites(cast, visit):
    browser = visit(cast.marta)
    answer = browser.post(f"{PEOPLE}invita/", {"email": "Nuova@example.org", "role": "evaluator"})
    assert answer["Location"] == PEOPLE
    assert said(answer) == ["L’invito è in viaggio verso Nuova@example.org."]
    assert "nuova@example.org" in page(browser.get(PEOPLE)).get_text()
    assert kept_mails(to="nuova@example.org")


def test_the_representative_invites_to_three_roles(cast, visit):
    browser = visit(cast.ivo)
    offered = {each["value"] for each in page(browser.get(f"{FORNO_PEOPLE}invita/")).select("input[name=role]")}
    assert offered == {"editor", "hr_manager", "delegate"}
    answer = browser.post(f"{FORNO_PEOPLE}invita/", {"email": "nuova@example.org", "role": "delegate"})
    assert answer["Location"] == FORNO_PEOPLE
    assert Invitation.objects.get().organisation_id == FORNO
    assert errors(browser.post(f"{FORNO_PEOPLE}invita/", {"email": "b@example.org", "role": "representative"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "", "role": "expert"},
        {"email": "non è", "role": "expert"},
        {"email": "a@example.org", "role": ""},
        {"email": "a@example.org", "role": "editor"},
        {"email": "a@example.org\nbcc: b@example.org", "role": "expert"},
        {"email": "NADIA.greco@example.org", "role": "expert"},
    ],
)
def test_a_wrong_invitation_is_not_sent_and_keeps_what_was_typed(cast, visit, wrong):
    answer = visit(cast.marta).post(f"{PEOPLE}invita/", wrong)
    assert errors(answer)
    assert page(answer).select_one("input[name=email]").get("value", "") == wrong["email"]
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_and_withdrawn_from_the_list(cast, visit):
    number = invite(in_milano(cast.marta), email="a@example.org", role=NetworkRole.EXPERT, network_id=MILANO)
    browser = visit(cast.giulio)
    again = browser.post(f"/milano/inviti/{number}/rimanda/", {"next": PEOPLE})
    assert again["Location"] == PEOPLE
    assert len(kept_mails(to="a@example.org")) == 2
    browser.post(f"/milano/inviti/{number}/ritira/", {"next": PEOPLE})
    assert "a@example.org" not in page(browser.get(PEOPLE)).select_one("main").get_text()


def test_strangers_do_not_touch_invitations(cast, visit):
    number = invite(in_milano(cast.marta), email="a@example.org", role=NetworkRole.EXPERT, network_id=MILANO)
    for what in ("rimanda", "ritira"):
        assert visit(None).post(f"/milano/inviti/{number}/{what}/")["Location"].startswith("/accesso/")
        assert visit(cast.marta).get(f"/milano/inviti/{number}/{what}/").status_code == 405
        for nobody in (cast.ivo, cast.elena, cast.chiara):
            page(visit(nobody).post(f"/milano/inviti/{number}/{what}/"), status=403)
        page(visit(cast.marta).post(f"/bergamo/inviti/{number}/{what}/"), status=403)
    assert Invitation.objects.get().revoked_at is None
    assert len(kept_mails(to="a@example.org")) == 1


def test_a_role_is_ended_after_a_question(cast, visit):
    path = f"/milano/ruoli/{number_of(cast.nadia, NetworkRole.EXPERT)}/termina/"
    browser = visit(cast.marta)
    assert "Nadia Greco non avrà più il ruolo: Persona esperta." in page(browser.get(path)).get_text()
    answer = browser.post(path)
    assert answer["Location"] == PEOPLE
    assert said(answer) == ["Nadia Greco non ha più il ruolo: Persona esperta."]
    page(browser.get(path), status=404)


def test_the_representative_ends_the_editors_role_and_comes_back_to_the_organisation(cast, visit):
    path = f"/milano/ruoli/{number_of(cast.rosa, OrganisationRole.EDITOR)}/termina/"
    assert visit(cast.ivo).post(path)["Location"] == FORNO_PEOPLE


def test_ending_the_last_representative_says_why_not(cast, visit):
    path = f"/milano/ruoli/{number_of(cast.ivo, OrganisationRole.REPRESENTATIVE)}/termina/"
    answer = visit(cast.marta).post(path, headers={"referer": f"http://testserver{path}"})
    assert answer["Location"].endswith(path)
    assert said(answer)[0].startswith("Un’organizzazione non può restare senza rappresentanza legale")


def test_roles_out_of_reach_are_not_there(cast, visit):
    expert = f"ruoli/{number_of(cast.nadia, NetworkRole.EXPERT)}/termina/"
    for nobody in (cast.ivo, cast.rosa, cast.nadia, cast.sara, cast.chiara):
        page(visit(nobody).post(f"/milano/{expert}"), status=404)
    page(visit(cast.chiara).post(f"/bergamo/{expert}"), status=404)
    page(visit(cast.marta).post(f"/bergamo/{expert}"), status=404)
    assert actor_for(cast.nadia, MILANO).roles
