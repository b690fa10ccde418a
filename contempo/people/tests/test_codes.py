"""Getting in with a mailed code inside another flow, with an account or without."""

import pytest
from allauth.account.models import EmailAddress

from contempo.core.clock import now
from contempo.core.outbox import kept_mails
from contempo.people.actions import forget_expired
from contempo.people.models import Consent, Person
from contempo.people.rules import SYSTEM, UNVERIFIED_KEPT
from contempo.people.tests.codes import BACK, read
from contempo.people.tests.reading import code_sent_to, signed_in
from contempo.people.tests.test_two_steps import digits, turn_on_two_steps

NEW = "nuova@example.org"
WRONG = "Non è il codice che aspettiamo: controllalo e riscrivilo."
USED_UP = "Questo codice non vale più. Fattene mandare un altro: quello che hai scritto è conservato."
TOO_MANY = "Troppi tentativi. Aspetta qualche minuto, poi riprova."


@pytest.fixture
def flow(visit, settings):
    """`flow(person)` is a browser in which the flow of another context is open."""

    def open_flow(person=None):
        browser = visit(person)
        settings.ROOT_URLCONF = "contempo.people.tests.codes"
        return browser

    return open_flow


def ask(browser, email=NEW, **more):
    return read(browser.post("/chiedi/", {"email": email, "typed": "la mia domanda", **more}))


def enter(browser, code):
    return read(browser.post("/codice/", {"code": code}))


def test_an_unknown_address_is_registered_and_verified_by_the_code(flow):
    browser = flow()
    assert ask(browser, email=" Nuova@Example.org ")["awaited"] == NEW
    person = Person.objects.get()
    assert (person.email, person.full_name, str(person)) == (NEW, "", NEW)
    assert Consent.objects.get(person=person).document == "privacy"
    assert not EmailAddress.objects.get(user=person).verified
    assert enter(browser, code_sent_to(NEW)) == {"awaited": "", "person": person.pk, "typed": "la mia domanda"}
    assert EmailAddress.objects.get(user=person).verified
    assert signed_in(browser) == str(person.pk)


def test_the_name_is_kept_when_it_is_given(flow):
    ask(flow(), full_name=" Nuova Persona ")
    assert str(Person.objects.get()) == "Nuova Persona"


def test_a_known_address_gets_in_without_a_second_account(flow, sara):
    browser = flow()
    ask(browser, email="SARA@example.org", full_name="Un Altro Nome")
    assert enter(browser, code_sent_to(sara.email))["person"] == sara.pk
    assert Person.objects.get().full_name == "Sara Moretti"


def test_known_and_unknown_addresses_look_alike(flow, sara):
    known, unknown = flow(), flow()
    first, second = ask(known, email=sara.email), ask(unknown)
    assert {**first, "awaited": ""} == {**second, "awaited": ""}
    subjects = {kept_mails(to=each)[0].subject[9:] for each in (sara.email, NEW)}
    assert len(subjects) == 1


def test_the_address_of_an_account_that_may_not_sign_in_gets_no_code(flow, sara):
    Person.objects.update(is_active=False)
    browser = flow()
    assert ask(browser, email=sara.email)["awaited"] == sara.email
    assert kept_mails(to=sara.email)[0].subject == "Nessun profilo con questo indirizzo"
    assert enter(browser, "")["refused"] == WRONG
    assert Person.objects.count() == 1


def test_a_wrong_code_may_be_written_three_times_and_loses_nothing(flow):
    browser = flow()
    ask(browser)
    right = code_sent_to(NEW)
    for _attempt in range(2):
        answer = enter(browser, "0000-0000")
        assert (answer["refused"], answer["field"], answer["typed"]) == (WRONG, "code", "la mia domanda")
    assert enter(browser, "0000-0000")["refused"] == USED_UP
    assert enter(browser, right)["refused"] == USED_UP
    assert signed_in(browser) is None
    ask(browser)
    assert enter(browser, code_sent_to(NEW).replace("-", " "))["person"]


def test_a_code_holds_for_fifteen_minutes(flow, settings):
    browser = flow()
    ask(browser)
    code = code_sent_to(NEW)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    assert read(browser.get("/guarda/"))["awaited"] == ""
    assert enter(browser, code)["refused"] == USED_UP


def test_another_code_replaces_the_one_before(flow):
    browser = flow()
    ask(browser)
    before = code_sent_to(NEW)
    ask(browser)
    after = code_sent_to(NEW)
    assert before != after
    assert enter(browser, before)["refused"] == WRONG
    assert enter(browser, after)["person"]


def test_another_address_replaces_the_one_before(flow, sara):
    browser = flow()
    ask(browser, email=sara.email)
    before = code_sent_to(sara.email)
    assert ask(browser)["awaited"] == NEW
    assert enter(browser, before)["refused"] == WRONG


def test_a_code_opens_only_where_it_was_asked_for(flow):
    browser, other = flow(), flow()
    ask(browser)
    assert enter(other, code_sent_to(NEW))["refused"] == USED_UP


def test_codes_to_one_address_are_limited(flow):
    answers = [ask(each) for each in (flow(), flow(), flow(), flow())]
    assert [each.get("refused") for each in answers] == [None, None, None, TOO_MANY]
    assert answers[-1]["field"] == "email"
    assert len(kept_mails(to=NEW)) == 3


def test_whoever_uses_two_steps_writes_the_second_and_comes_back(flow, sara):
    secret = turn_on_two_steps(flow(sara))
    browser = flow()
    ask(browser, email=sara.email)
    answer = browser.post("/codice/", {"code": code_sent_to(sara.email)})
    assert answer["Location"] == "/accesso/due-passaggi/codice/"
    assert signed_in(browser) is None
    answer = browser.post(answer["Location"], {"code": digits(secret)})
    assert answer["Location"] == BACK
    assert read(browser.get("/guarda/")) == {"awaited": "", "person": sara.pk, "typed": "la mia domanda"}


def test_whoever_signed_in_in_the_meantime_is_waited_for_no_longer(flow, sara):
    browser = flow()
    ask(browser)
    code = code_sent_to(NEW)
    browser.force_login(sara)
    assert read(browser.get("/guarda/"))["awaited"] == ""
    assert enter(browser, code)["refused"] == USED_UP
    assert signed_in(browser) == str(sara.pk)


def test_an_address_never_verified_is_erased_after_seven_days(flow):
    ask(flow())
    forget_expired(SYSTEM, at=now() + UNVERIFIED_KEPT)
    assert not Person.objects.exists()
    assert not EmailAddress.objects.exists()
