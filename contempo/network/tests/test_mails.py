"""Each step tells the right people, each in their language, in the page and by mail."""

import pytest
from django.utils.translation import gettext, override

from contempo.core.outbox import kept_mails
from contempo.network.actions.accession.decisions import (
    add_note,
    admit,
    ask_changes,
    cease,
    confirm_signed_copy,
    examine,
    refuse,
    remind,
    withdraw,
)
from contempo.network.actions.accession.drafts import begin_draft, mail_draft_link, submit, upload_signed_copy
from contempo.network.rules.accession import Standing, State
from contempo.network.tests.factories import REASON, OrganisationFactory, application, give, pdf
from contempo.people.models import Notification, Person
from contempo.people.public import OrganisationRole

pytestmark = pytest.mark.django_db

STEPS = {
    "submit": (
        State.DRAFT,
        lambda world, number: submit(world.actor(world.ivo), request_id=number, application=application()),
        "We have received your request",
        "New request to join",
    ),
    "examine": (
        State.SUBMITTED,
        lambda world, number: examine(world.actor(world.marta), request_id=number),
        "Your request is being examined",
        None,
    ),
    "ask_changes": (
        State.IN_EXAMINATION,
        lambda world, number: ask_changes(world.actor(world.marta), request_id=number, reason=REASON),
        "Your request needs some changes",
        None,
    ),
    "answer": (
        State.CHANGES_ASKED,
        lambda world, number: submit(world.actor(world.ivo), request_id=number, application=application()),
        "We have received your changes",
        "A request to join has been changed",
    ),
    "admit": (
        State.IN_EXAMINATION,
        lambda world, number: admit(world.actor(world.marta), request_id=number),
        "Your organisation has been admitted",
        None,
    ),
    "refuse": (
        State.IN_EXAMINATION,
        lambda world, number: refuse(world.actor(world.marta), request_id=number, reason=REASON),
        "Your request has not been accepted",
        None,
    ),
    "withdraw": (
        State.IN_EXAMINATION,
        lambda world, number: withdraw(world.actor(world.ivo), request_id=number),
        "Your request has been withdrawn",
        "A request to join has been withdrawn",
    ),
    "sign": (
        State.ADMITTED,
        lambda world, number: world.sign(number),
        "Welcome to the network",
        "A new member has signed",
    ),
    "cease by the agency": (
        State.SIGNED,
        lambda world, number: cease(world.actor(world.marta), request_id=number, reason=REASON),
        "The membership has ended",
        None,
    ),
    "cease by the organisation": (
        State.SIGNED,
        lambda world, number: cease(world.actor(world.ivo), request_id=number, reason=REASON),
        "The membership has ended",
        "A member has left the network",
    ),
    "remind": (
        State.ADMITTED,
        lambda world, number: remind(world.actor(world.marta), request_id=number),
        "One step is left",
        None,
    ),
}


def titled(message, language="it"):
    """The title that `message` (as the sources write it) gives in a language."""
    with override(language):
        return f"{gettext(message)}: Panificio Aurora"


def told_by(world, deed):
    """Titles of what `deed` tells, by who is told."""
    before = set(Notification.objects.values_list("id", flat=True))
    deed()
    told: dict[str, list[str]] = {}
    for each in Notification.objects.exclude(id__in=before).select_related("person"):
        told.setdefault(each.person.get_short_name().lower(), []).append(each.title)
    return told


@pytest.mark.parametrize("step", STEPS)
def test_each_step_tells_the_applicant_and_the_coordinators_what_concerns_them(world, step):
    state, deed, to_applicant, to_agency = STEPS[step]
    request = world.request(state)
    expected = {"ivo": [titled(to_applicant)]}
    if to_agency:
        expected |= {"marta": [titled(to_agency)], "giulio": [titled(to_agency)]}
    assert told_by(world, lambda: deed(world, request.id)) == expected


@pytest.mark.parametrize("step", STEPS)
def test_and_a_mail_leaves_for_each_of_them(world, step):
    state, deed, to_applicant, to_agency = STEPS[step]
    request = world.request(state)
    deed(world, request.id)
    assert kept_mails(to=world.ivo.email)[0].subject == titled(to_applicant)
    if to_agency:
        assert kept_mails(to=world.giulio.email)[0].subject == titled(to_agency)
    for stranger in (world.sara, world.elena, world.davide, world.chiara):
        assert kept_mails(to=stranger.email) == ()


def test_everybody_is_told_in_their_own_language(world):
    Person.objects.filter(id__in=[world.ivo.id, world.giulio.id]).update(language="en")
    told = told_by(world, lambda: world.request(State.SUBMITTED))
    assert told["ivo"] == ["We have received your request: Panificio Aurora"]
    assert told["giulio"] == ["New request to join: Panificio Aurora"]
    assert told["marta"] == [titled("New request to join")] != told["giulio"]


def test_the_day_of_the_answer_is_written_as_people_say_it(world, at):
    at("2026-11-20T10:00")
    world.request(State.SUBMITTED)
    assert "20 dicembre 2026" in kept_mails(to=world.ivo.email)[0].text
    assert "20 dicembre 2026" in kept_mails(to=world.marta.email)[0].text


def test_no_day_that_has_passed_is_promised(world, at):
    at("2026-09-01T10:00")
    request = world.request(State.SUBMITTED)
    at("2026-11-20T10:00")
    examine(world.actor(world.marta), request_id=request.id)
    assert "ottobre" not in kept_mails(to=world.ivo.email)[0].text


def test_the_reason_is_in_the_mail(world):
    world.request(State.CHANGES_ASKED)
    assert REASON in kept_mails(to=world.ivo.email)[0].text


def test_the_mail_leads_to_the_page_of_the_request(world):
    request = world.request(State.SUBMITTED)
    assert f"/milano/adesione/{request.key}/" in kept_mails(to=world.ivo.email)[0].text
    assert f"/milano/agenzia/adesioni/{request.number}/" in kept_mails(to=world.marta.email)[0].text


def test_an_organisation_the_registry_knows_learns_of_a_request_in_its_name(world):
    known = OrganisationFactory(network=world.milano)
    give(world.sara, OrganisationRole.REPRESENTATIVE, world.milano, known.id)
    give(world.teresa, OrganisationRole.DELEGATE, world.milano, known.id)
    give(world.omar, OrganisationRole.EDITOR, world.milano, known.id)
    told = told_by(world, lambda: world.request(State.SUBMITTED, tax_code=known.tax_code))
    assert told.keys() == {"ivo", "sara", "teresa", "marta", "giulio"}


def test_who_represents_the_member_is_told_of_its_end_whoever_applied(world):
    request = world.request(State.SIGNED)
    give(world.sara, OrganisationRole.REPRESENTATIVE, world.milano, request.organisation_id)
    told = told_by(world, lambda: cease(world.actor(world.marta), request_id=request.id, reason=REASON))
    assert told.keys() == {"ivo", "sara"}


def test_a_signed_copy_calls_the_coordinators(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Rosa Ticozzi")
    told = told_by(world, lambda: upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf()))
    assert told.keys() == {"marta", "giulio"}
    told = told_by(world, lambda: confirm_signed_copy(world.actor(world.marta), request_id=request.id))
    assert told.keys() == {"ivo", "marta", "giulio"}


def test_a_note_tells_nobody(world):
    request = world.request(State.IN_EXAMINATION)
    assert told_by(world, lambda: add_note(world.actor(world.marta), request_id=request.id, text="Sentita.")) == {}


def test_a_name_is_only_a_name(world):
    world.request(State.SUBMITTED, name="100% Pane {aurora} %(day)s\nBcc: tutti@example.org")
    (mail,) = kept_mails(to=world.ivo.email)
    assert mail.subject.endswith(": 100% Pane {aurora} %(day)s Bcc: tutti@example.org")


def test_the_link_of_a_draft_goes_in_the_language_of_the_page(world):
    subjects = []
    for language in ("it", "en"):
        request, secret = begin_draft(world.actor(None), language=language)
        sending = {"request_id": request.id, "secret": secret, "email": "sara@example.org", "link": "https://x/"}
        with override(language):
            mail_draft_link(world.actor(None), **sending)
        subjects.append(kept_mails(to="sara@example.org")[0].subject)
    assert subjects[1] == "Your request to join Milano: go on when you like" != subjects[0]
