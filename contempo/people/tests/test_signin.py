"""Registering, signing in and out, codes, passwords, two steps: as a browser meets them."""

from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection

from contempo.core.outbox import kept_mails
from contempo.people.models import Consent, Person
from contempo.people.rules import NetworkRole, ports
from contempo.people.tests.factories import BERGAMO, PASSWORD, PersonFactory, RoleGrantFactory
from contempo.people.tests.reading import code_sent_to, confirm_identity, errors, page, said, signed_in

SIGN_IN, SIGN_UP, ASK_CODE = "/accesso/", "/accesso/registrati/", "/accesso/codice/"
WRITE_CODE, VERIFY = "/accesso/codice/conferma/", "/accesso/verifica-email/"
NEW = {"full_name": "Nuova Persona", "email": "Nuova@Example.org", "privacy": "on"}


def test_a_stranger_registers_with_name_address_and_a_code(visit):
    browser = visit(None)
    answer = browser.post(SIGN_UP, {**NEW, "next": "/milano/adesione/"})
    assert answer["Location"] == VERIFY
    assert signed_in(browser) is None
    answer = browser.post(VERIFY, {"action": "verify", "code": code_sent_to("nuova@example.org")})
    assert answer["Location"] == "/milano/adesione/"
    person = Person.objects.get(email="nuova@example.org")
    assert signed_in(browser) == str(person.pk)
    assert (person.full_name, person.language) == ("Nuova Persona", "it")
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert Consent.objects.get(person=person).document == "privacy"


def test_the_profile_takes_the_language_of_the_page(visit):
    browser = visit(None)
    browser.cookies["django_language"] = "en"
    browser.post(SIGN_UP, NEW)
    assert Person.objects.get().language == "en"
    assert kept_mails()[0].subject.endswith("is your code to register")


def test_a_draft_in_the_session_survives_registration(visit):
    browser = visit(None)
    session = browser.session
    session["draft"] = "il mio forno"
    session.save()
    browser.post(SIGN_UP, NEW)
    browser.post("/accesso/ricomincia/", {"signup": "1"})
    browser.post(SIGN_UP, {**NEW, "email": "altra@example.org"})
    browser.post(VERIFY, {"action": "verify", "code": code_sent_to("altra@example.org")})
    assert signed_in(browser)
    assert browser.session["draft"] == "il mio forno"


def test_registering_without_data_says_what_is_missing_and_keeps_the_rest(visit):
    answer = visit(None).post(SIGN_UP, {"full_name": "Nuova Persona", "email": "non è un indirizzo"})
    assert len(errors(answer)) == 2
    assert 'value="Nuova Persona"' in answer.content.decode()
    assert not Person.objects.exists()


def test_the_privacy_notice_must_be_read(visit):
    answer = visit(None).post(SIGN_UP, {**NEW, "privacy": ""})
    assert any("informativa" in each for each in errors(answer))


def test_an_address_already_known_looks_the_same_from_outside(visit, sara):
    stranger, newcomer = visit(None), visit(None)
    known = stranger.post(SIGN_UP, {**NEW, "email": "SARA@example.org"})
    new = newcomer.post(SIGN_UP, NEW)
    assert known["Location"] == new["Location"] == VERIFY

    def shown(browser, address):
        text = page(browser.get(VERIFY)).select_one("main").get_text()
        return text.replace(address, "")

    assert shown(stranger, "sara@example.org") == shown(newcomer, "nuova@example.org")
    assert Person.objects.count() == 2
    (mail,) = kept_mails(to="sara@example.org")
    assert mail.subject == "Hai già un profilo"
    assert ASK_CODE in mail.text


def test_a_wrong_code_may_be_written_three_times(visit):
    browser = visit(None)
    browser.post(SIGN_UP, NEW)
    for _attempt in range(2):
        answer = browser.post(VERIFY, {"action": "verify", "code": "0000-0000"})
        assert errors(answer) == ["Codice: Non è il codice che aspettiamo: controllalo e riscrivilo."]
    answer = browser.post(VERIFY, {"action": "verify", "code": "0000-0000"})
    assert answer["Location"] == SIGN_IN
    assert said(answer) == ["Troppi tentativi. Aspetta qualche minuto, poi riprova."]
    assert signed_in(browser) is None


def test_the_password_opens(visit, sara):
    browser = visit(None)
    answer = browser.post(SIGN_IN, {"login": "Sara@Example.org", "password": PASSWORD, "next": "/milano/scrivania/"})
    assert answer["Location"] == "/milano/scrivania/"
    assert signed_in(browser) == str(sara.pk)


def test_whoever_has_roles_in_one_network_lands_on_what_awaits_them(cast, visit, monkeypatch):
    monkeypatch.setattr(ports, "_landing", [lambda slug: f"/{slug}/scrivania/"])
    Person.objects.update(password=make_password(PASSWORD))

    def lands(person):
        return visit(None).post(SIGN_IN, {"login": person.email, "password": PASSWORD})["Location"]

    assert lands(cast.ivo) == "/milano/scrivania/"
    assert lands(cast.sara) == "/"
    RoleGrantFactory(person=cast.ivo, role=NetworkRole.EXPERT, network_id=BERGAMO)
    assert lands(cast.ivo) == "/"


def test_after_signing_in_pages_speak_the_language_of_the_profile(visit, sara):
    Person.objects.update(language="en")
    answer = visit(None).post(SIGN_IN, {"login": sara.email, "password": PASSWORD})
    assert answer.cookies["django_language"].value == "en"


def test_a_wrong_password_and_an_unknown_address_answer_alike(visit, sara):
    wrong = visit(None).post(SIGN_IN, {"login": "sara@example.org", "password": "sbagliata sbagliata"})
    unknown = visit(None).post(SIGN_IN, {"login": "nessuno@example.org", "password": "sbagliata sbagliata"})
    assert (
        errors(wrong)
        == errors(unknown)
        == ["E-mail e password non corrispondono. Controllale, oppure chiedi un codice."]
    )
    assert 'value="sara@example.org"' in wrong.content.decode()


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_off_the_site(visit, sara, away):
    answer = visit(None).post(SIGN_IN, {"login": sara.email, "password": PASSWORD, "next": away})
    assert answer["Location"] == "/"


def test_a_code_opens_too(visit, sara):
    browser = visit(None)
    answer = browser.post(ASK_CODE, {"email": "Sara@example.org", "next": "/milano/"})
    assert unquote(answer["Location"]) == f"{WRITE_CODE}?next=/milano/"
    answer = browser.post(WRITE_CODE, {"action": "verify", "code": code_sent_to(sara.email), "next": "/milano/"})
    assert answer["Location"] == "/milano/"
    assert signed_in(browser) == str(sara.pk)


def test_a_code_may_be_asked_with_the_address_typed_for_the_password(visit, sara):
    answer = visit(None).post(ASK_CODE, {"login": sara.email, "password": ""})
    assert answer["Location"] == WRITE_CODE
    assert code_sent_to(sara.email)


def test_a_code_works_once_and_only_where_it_was_asked(visit, sara):
    browser, elsewhere = visit(None), visit(None)
    browser.post(ASK_CODE, {"email": sara.email})
    code = code_sent_to(sara.email)
    assert elsewhere.post(WRITE_CODE, {"action": "verify", "code": code})["Location"] == ASK_CODE
    browser.post(WRITE_CODE, {"action": "verify", "code": code})
    browser.post("/accesso/esci/")
    assert browser.post(WRITE_CODE, {"action": "verify", "code": code})["Location"] == ASK_CODE


def test_another_code_takes_the_place_of_the_first(visit, sara):
    browser = visit(None)
    browser.post(ASK_CODE, {"email": sara.email})
    first = code_sent_to(sara.email)
    browser.post(WRITE_CODE, {"action": "resend"})
    second = code_sent_to(sara.email)
    assert second != first
    assert errors(browser.post(WRITE_CODE, {"action": "verify", "code": first}))
    browser.post(WRITE_CODE, {"action": "verify", "code": second.replace("-", " ")})
    assert signed_in(browser)


def test_asking_a_code_for_an_unknown_address_looks_the_same(visit, sara):
    known, unknown = visit(None), visit(None)
    assert known.post(ASK_CODE, {"email": sara.email})["Location"] == WRITE_CODE
    assert unknown.post(ASK_CODE, {"email": "nessuno@example.org"})["Location"] == WRITE_CODE
    (mail,) = kept_mails(to="nessuno@example.org")
    assert mail.subject == "Nessun profilo con questo indirizzo"
    assert SIGN_UP in mail.text


def test_codes_for_one_address_are_limited_across_browsers(visit, sara):
    answers = [visit(None).post(ASK_CODE, {"email": sara.email}) for _attempt in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert errors(answers[-1]) == ["E-mail: Troppi tentativi. Aspetta qualche minuto, poi riprova."]


def test_guessing_a_password_is_limited_and_the_limit_is_in_the_database(visit, sara):
    wrong = {"login": sara.email, "password": "sbagliata sbagliata"}
    for _attempt in range(5):
        visit(None).post(SIGN_IN, wrong)
    answer = visit(None).post(SIGN_IN, {**wrong, "password": PASSWORD})
    assert errors(answer) == ["Troppi tentativi. Aspetta qualche minuto, poi riprova."]
    assert "DatabaseCache" in type(cache._connections["default"]).__name__
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_limit")
        assert cursor.fetchone()[0] > 0


def test_too_many_visits_get_a_page_that_says_so(visit, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    browser = visit(None)
    browser.post(SIGN_UP, {})
    answer = browser.post(SIGN_UP, {})
    assert answer.status_code == 429
    assert "Troppi tentativi" in answer.content.decode()


def test_a_closed_account_opens_to_nobody(visit, sara):
    Person.objects.filter(pk=sara.pk).update(is_active=False)
    browser = visit(None)
    browser.post(SIGN_IN, {"login": sara.email, "password": PASSWORD})
    browser.post(ASK_CODE, {"email": sara.email})
    assert signed_in(browser) is None
    assert "chiuso" in page(browser.get("/accesso/chiuso/")).get_text()


def test_signing_out_asks_for_a_post(visit, sara):
    browser = visit(sara)
    page(browser.get("/accesso/esci/"))
    assert signed_in(browser)
    answer = browser.post("/accesso/esci/")
    assert answer["Location"] == "/"
    assert said(answer) == ["Hai chiuso la sessione."]
    assert signed_in(browser) is None


def test_a_forgotten_password_is_chosen_anew_with_a_code(visit, sara):
    browser = visit(None)
    answer = browser.post("/accesso/password/dimenticata/", {"email": sara.email})
    assert answer["Location"] == "/accesso/password/dimenticata/codice/"
    answer = browser.post(answer["Location"], {"code": code_sent_to(sara.email)})
    assert answer["Location"] == "/accesso/password/dimenticata/nuova/"
    new = "pane burro e marmellata"
    assert errors(browser.post(answer["Location"], {"password1": "corta", "password2": "corta"}))
    browser.post(answer["Location"], {"password1": new, "password2": new})
    assert signed_in(browser) == str(sara.pk)
    sara.refresh_from_db()
    assert sara.check_password(new)
    assert kept_mails(to=sara.email)[0].subject == "La tua password è cambiata"


def test_a_forgotten_password_of_nobody_looks_the_same(visit, sara):
    answer = visit(None).post("/accesso/password/dimenticata/", {"email": "nessuno@example.org"})
    assert answer["Location"] == "/accesso/password/dimenticata/codice/"


def test_whoever_came_with_a_code_sets_a_password_later(visit):
    person = PersonFactory()
    browser = visit(person)
    assert browser.get("/accesso/password/")["Location"] == "/accesso/password/scegli/"
    answer = browser.post("/accesso/password/scegli/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/profilo/"
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert signed_in(browser)


def test_changing_the_password_asks_for_the_present_one_and_tells(visit, sara):
    browser = visit(sara)
    new = {"password1": "pane burro e marmellata", "password2": "pane burro e marmellata"}
    wrong = browser.post("/accesso/password/", {"oldpassword": "sbagliata", **new})
    assert errors(wrong) == ["Password attuale: Questa non è la tua password attuale."]
    answer = browser.post("/accesso/password/", {"oldpassword": PASSWORD, **new})
    assert answer["Location"] == "/profilo/"
    assert kept_mails(to=sara.email)[0].subject == "La tua password è cambiata"
    assert signed_in(browser)


def test_a_new_address_counts_when_its_code_is_written(visit, sara):
    browser = visit(sara)
    confirm_identity(browser)
    answer = browser.post("/accesso/email/", {"email": "Sara.Nuova@example.org", "action_add": "1"})
    assert answer["Location"] == VERIFY
    sara.refresh_from_db()
    assert sara.email == "sara@example.org"
    answer = browser.post(VERIFY, {"action": "verify", "code": code_sent_to("sara.nuova@example.org")})
    assert answer["Location"] == "/profilo/"
    sara.refresh_from_db()
    assert sara.email == "sara.nuova@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(sara.email, True, True)]
    assert kept_mails(to="sara@example.org")[0].subject == "Il tuo indirizzo è cambiato"


def test_the_address_of_another_person_cannot_be_taken(visit, sara):
    other = PersonFactory(email="altra@example.org")
    browser = visit(sara)
    confirm_identity(browser)
    browser.post("/accesso/email/", {"email": other.email, "action_add": "1"})
    answer = browser.post(VERIFY, {"action": "verify", "code": code_sent_to(other.email)})
    assert errors(answer) == ["Codice: Questo indirizzo non si può usare: appartiene a un altro profilo."]
    sara.refresh_from_db()
    assert sara.email == "sara@example.org"


@pytest.mark.parametrize(
    "path",
    [
        "/accesso/email/",
        "/accesso/password/",
        "/accesso/conferma-identita/",
        "/accesso/due-passaggi/",
        "/accesso/due-passaggi/attiva/",
        "/accesso/due-passaggi/disattiva/",
        "/accesso/due-passaggi/recupero/",
        "/accesso/due-passaggi/recupero/nuovi/",
        "/accesso/due-passaggi/recupero/scarica/",
    ],
)
def test_a_stranger_is_sent_to_sign_in(visit, path):
    answer = visit(None).get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("path", ["/accesso/webauthn/", "/accesso/confirm-email/", "/accesso/login/", "/accesso/2fa/"])
def test_nothing_of_allauth_is_reachable_beyond_what_we_use(visit, sara, path):
    assert visit(sara).get(path).status_code == 404
