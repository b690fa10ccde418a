"""Drafts: begun by anybody, never lost, never somebody else's, sent once."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import audit, files
from contempo.core.outbox import kept_mails
from contempo.core.testing import published
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.decisions import ask_changes
from contempo.network.actions.accession.drafts import (
    attach,
    begin_draft,
    claim_draft,
    detach,
    discard_draft,
    mail_draft_link,
    renew_secret,
    save_step,
    submit,
)
from contempo.network.events import RequestSubmitted
from contempo.network.models import AccessionRequest, RequestEntry
from contempo.network.rules.accession import LINK_MAILS, MAX_DOCUMENTS, State, Step
from contempo.network.tests.factories import REASON, OrganisationFactory, application, pdf

pytestmark = pytest.mark.django_db

TYPED = {"name": "Panificio Aurora", "tax_code": "non lo so ancora", "kind": "company"}


@pytest.fixture
def anonymous(world):
    """A draft begun without an account, and the secret that opens it."""
    return begin_draft(world.actor(None), language="it")


def row(request):
    return AccessionRequest.objects.get(id=request.id)


def test_anybody_may_begin_and_nobody_else_learns_the_secret(world, anonymous):
    request, secret = anonymous
    assert request.state == State.DRAFT
    assert request.applicant is None
    assert secret not in row(request).secret_digest


def test_what_was_typed_is_kept_right_or_wrong(world, anonymous):
    request, secret = anonymous
    visitor = world.actor(None)
    save_step(visitor, request_id=request.id, secret=secret, step=Step.ORGANISATION, values=TYPED)
    save_step(visitor, request_id=request.id, secret=secret, step=Step.AIMS, values={"aims": ""})
    assert row(request).answers == {"organizzazione": TYPED, "obiettivi": {"aims": ""}}
    assert row(request).name == "Panificio Aurora"


def test_typing_a_step_again_takes_the_place_of_what_was_there(world, anonymous):
    request, secret = anonymous
    for name in ("Forno", "Forno Aurora"):
        save_step(
            world.actor(None), request_id=request.id, secret=secret, step=Step.ORGANISATION, values={"name": name}
        )
    assert row(request).answers == {"organizzazione": {"name": "Forno Aurora"}}


@pytest.mark.parametrize("who", ["a visitor", "sara", "marta", "elena"])
def test_without_the_secret_nobody_opens_a_draft(world, anonymous, who):
    request, _secret = anonymous
    actor = world.everybody[who]
    for wrong in ("", "another", request.secret_digest):
        with pytest.raises(NotPermitted):
            save_step(actor, request_id=request.id, secret=wrong, step=Step.AIMS, values=TYPED)
    assert row(request).answers == {}


def test_a_draft_of_milan_is_not_there_in_bergamo(world, anonymous):
    request, secret = anonymous
    with pytest.raises(Refusal):
        save_step(world.actor(None, world.bergamo), request_id=request.id, secret=secret, step=Step.AIMS, values=TYPED)


def test_who_signs_in_takes_the_draft_and_its_secret_opens_it_no_longer(world, anonymous):
    request, secret = anonymous
    claim_draft(world.actor(world.ivo), request_id=request.id, secret=secret)
    assert row(request).applicant == world.ivo
    for who in (world.actor(None), world.actor(world.sara)):
        with pytest.raises(NotPermitted):
            save_step(who, request_id=request.id, secret=secret, step=Step.AIMS, values=TYPED)
    save_step(world.actor(world.ivo), request_id=request.id, secret="", step=Step.AIMS, values=TYPED)


def test_a_draft_is_taken_once(world, anonymous):
    request, secret = anonymous
    claim_draft(world.actor(world.ivo), request_id=request.id, secret=secret)
    with pytest.raises(NotPermitted):
        claim_draft(world.actor(world.sara), request_id=request.id, secret=secret)
    claim_draft(world.actor(world.ivo), request_id=request.id, secret=secret)
    assert row(request).applicant == world.ivo


def test_a_visitor_takes_no_draft(world, anonymous):
    request, secret = anonymous
    with pytest.raises(Refusal):
        claim_draft(world.actor(None), request_id=request.id, secret=secret)


def test_a_new_secret_takes_the_place_of_the_old_one(world, anonymous):
    request, secret = anonymous
    renewed = renew_secret(world.actor(None), request_id=request.id, secret=secret)
    with pytest.raises(NotPermitted):
        save_step(world.actor(None), request_id=request.id, secret=secret, step=Step.AIMS, values=TYPED)
    save_step(world.actor(None), request_id=request.id, secret=renewed, step=Step.AIMS, values=TYPED)


def test_a_draft_with_an_account_needs_no_secret(world):
    with pytest.raises(Refusal):
        renew_secret(world.actor(world.ivo), request_id=world.draft().id, secret="")


def test_the_link_goes_to_the_address_that_was_left(world, anonymous):
    request, secret = anonymous
    link = f"https://example.org/milano/adesione/riprendi/{request.key}/{secret}/"
    mail_draft_link(world.actor(None), request_id=request.id, secret=secret, email="sara@example.org", link=link)
    (mail,) = kept_mails(to="sara@example.org")
    assert link in mail.text
    assert mail.reply_to == world.milano.contact_email


def test_a_letter_box_is_not_flooded_whatever_the_draft_the_link_is_of(world):
    for number in range(LINK_MAILS + 1):
        request, secret = begin_draft(world.actor(None), language="it")
        sending = {"request_id": request.id, "secret": secret, "email": "sara@example.org", "link": "https://x/"}
        if number < LINK_MAILS:
            mail_draft_link(world.actor(None), **sending)
        else:
            with pytest.raises(Refusal) as refused:
                mail_draft_link(world.actor(None), **sending)
    assert refused.value.field == "email"
    assert len(kept_mails(to="sara@example.org")) == LINK_MAILS


def test_documents_are_kept_up_to_a_few(world, anonymous):
    request, secret = anonymous
    for number in range(MAX_DOCUMENTS):
        attach(world.actor(None), request_id=request.id, secret=secret, upload=pdf(f"statuto-{number}.pdf"))
    with pytest.raises(Refusal) as refused:
        attach(world.actor(None), request_id=request.id, secret=secret, upload=pdf("uno-di-troppo.pdf"))
    assert refused.value.field == "documents"
    assert len(files.attachments_of("accession", request.id)) == MAX_DOCUMENTS


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("statuto.pdf", b"MZ\x90\x00 a program"),
        SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        SimpleUploadedFile("vuoto.pdf", b""),
        SimpleUploadedFile("grande.pdf", b"%PDF-1.7\n" + b" " * files.MAX_BYTES),
    ],
    ids=["disguised", "drawing with a script", "empty", "too large"],
)
def test_a_file_that_cannot_be_accepted_gets_a_sentence_and_loses_nothing(world, anonymous, upload):
    request, secret = anonymous
    save_step(world.actor(None), request_id=request.id, secret=secret, step=Step.ORGANISATION, values=TYPED)
    attach(world.actor(None), request_id=request.id, secret=secret, upload=pdf())
    with pytest.raises(Refusal) as refused:
        attach(world.actor(None), request_id=request.id, secret=secret, upload=upload)
    assert refused.value.field == "documents"
    assert row(request).answers == {"organizzazione": TYPED}
    assert len(files.attachments_of("accession", request.id)) == 1


def test_a_document_is_taken_out_only_by_who_holds_the_draft(world, anonymous):
    request, secret = anonymous
    document = attach(world.actor(None), request_id=request.id, secret=secret, upload=pdf())
    with pytest.raises(NotPermitted):
        detach(world.actor(world.sara), request_id=request.id, secret="", key=document.key)
    detach(world.actor(None), request_id=request.id, secret=secret, key=document.key)
    assert files.attachments_of("accession", request.id) == ()


def test_a_document_of_another_draft_stays_where_it_is(world, anonymous):
    request, secret = anonymous
    mine = world.draft()
    document = attach(world.actor(None), request_id=request.id, secret=secret, upload=pdf())
    detach(world.actor(world.ivo), request_id=mine.id, secret="", key=document.key)
    assert files.attachments_of("accession", request.id) == (document,)


def test_an_erased_draft_leaves_nothing_behind(world, django_capture_on_commit_callbacks):
    request = world.draft()
    save_step(world.actor(world.ivo), request_id=request.id, secret="", step=Step.ORGANISATION, values=TYPED)
    document = attach(world.actor(world.ivo), request_id=request.id, secret="", upload=pdf("Carta di Ivo.pdf"))
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(world.actor(world.ivo), request_id=request.id, secret="")
    assert not AccessionRequest.objects.filter(id=request.id).exists()
    assert files.attachments_of("accession", request.id) == ()
    assert not document.path.exists()
    told = " ".join(
        f"{change.before} {change.after}"
        for thing in (request, document)
        for entry in audit.history(thing)
        for change in entry.changes
    )
    assert "Aurora" not in told
    assert "Ivo" not in told
    assert "Carta" not in told


def test_only_who_holds_it_erases_a_draft(world):
    request = world.draft()
    for who in (None, world.sara, world.marta):
        with pytest.raises(NotPermitted):
            discard_draft(world.actor(who), request_id=request.id, secret="")
    assert row(request).state == State.DRAFT


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT}))
def test_what_was_sent_is_not_erased(world, state):
    request = world.request(state)
    with pytest.raises(Refusal):
        discard_draft(world.actor(world.ivo), request_id=request.id, secret="")
    assert row(request).state == state


def test_a_request_that_is_sent_has_a_number_a_term_and_a_story(world, at):
    at("2026-11-20T10:00")
    request = world.draft()
    submit(world.actor(world.ivo), request_id=request.id, application=application(name="Forno Aurora"))
    sent = row(request)
    assert (sent.state, sent.number, sent.name) == (State.SUBMITTED, 1, "Forno Aurora")
    assert sent.due_on == date(2026, 12, 20)
    (entry,) = RequestEntry.objects.filter(request=sent)
    assert (entry.transition, entry.state, entry.person) == ("submit", State.SUBMITTED, world.ivo)
    assert published(RequestSubmitted) == [RequestSubmitted(request_id=sent.id)]


def test_requests_are_numbered_network_by_network(world):
    numbers = [world.request().number, world.request(applicant=world.sara).number]
    there, _secret = begin_draft(world.actor(world.ivo, world.bergamo), language="it")
    submit(world.actor(world.ivo, world.bergamo), request_id=there.id, application=application())
    assert (*numbers, row(there).number) == (1, 2, 1)


def test_a_draft_without_an_account_is_not_sent(world, anonymous):
    request, _secret = anonymous
    for who in (None, world.ivo):
        with pytest.raises(NotPermitted):
            submit(world.actor(who), request_id=request.id, application=application())
    assert row(request).state == State.DRAFT


@pytest.mark.parametrize("who", ["a visitor", "sara", "marta", "davide"])
def test_nobody_sends_the_draft_of_somebody_else(world, who):
    request = world.draft()
    with pytest.raises(NotPermitted):
        submit(world.everybody[who], request_id=request.id, application=application())


def test_what_contradicts_itself_is_not_sent_and_stays_a_draft(world):
    request = world.draft()
    with pytest.raises(Refusal) as refused:
        submit(world.actor(world.ivo), request_id=request.id, application=application(priorities=()))
    assert refused.value.field == "priorities"
    assert row(request).state == State.DRAFT
    assert row(request).application is None


def test_an_organisation_the_registry_knows_is_recognised_and_not_doubled(world):
    known = OrganisationFactory(network=world.milano, name="Forno storico")
    request = world.request(tax_code=known.tax_code)
    assert request.organisation == known


def test_the_registry_of_another_network_is_another_registry(world):
    elsewhere = OrganisationFactory(network=world.bergamo)
    assert world.request(tax_code=elsewhere.tax_code).organisation is None


def test_a_member_is_told_that_it_is_one(world):
    request = world.draft()
    with pytest.raises(Refusal) as refused:
        submit(world.actor(world.ivo), request_id=request.id, application=application(tax_code=world.comune.tax_code))
    assert refused.value.field == "tax_code"
    assert row(request).state == State.DRAFT


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_EXAMINATION, State.CHANGES_ASKED, State.ADMITTED])
def test_one_organisation_has_one_request_under_way(world, state):
    first = world.request(state)
    second = world.draft(world.sara)
    with pytest.raises(Refusal) as refused:
        submit(world.actor(world.sara), request_id=second.id, application=application(tax_code=first.tax_code))
    assert refused.value.field == "tax_code"


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.CEASED])
def test_after_an_end_one_may_ask_again(world, state):
    first = world.request(state)
    assert world.request(applicant=world.sara, tax_code=first.tax_code).state == State.SUBMITTED


def test_what_was_sent_cannot_be_changed_until_changes_are_asked(world):
    request = world.request(State.SUBMITTED)
    saving = {"request_id": request.id, "secret": "", "step": Step.AIMS, "values": {"aims": "Altro"}}
    with pytest.raises(NotPermitted):
        save_step(world.actor(world.ivo), **saving)
    with pytest.raises(NotPermitted):
        submit(world.actor(world.ivo), request_id=request.id, application=application())
    ask_changes(world.actor(world.marta), request_id=request.id, reason=REASON)
    save_step(world.actor(world.ivo), **saving)
    assert row(request).answers == {"obiettivi": {"aims": "Altro"}}


def test_while_changes_are_being_typed_the_agency_reads_the_name_that_was_sent(world):
    request = world.request(State.CHANGES_ASKED)
    save_step(
        world.actor(world.ivo),
        request_id=request.id,
        secret="",
        step=Step.ORGANISATION,
        values={"name": "Nome scritto a metà"},
    )
    assert row(request).name == "Panificio Aurora"


def test_changes_go_back_to_the_agency_under_the_same_number(world, at):
    at("2026-11-02T10:00")
    request = world.request(State.CHANGES_ASKED)
    assert request.due_on is None
    at("2026-11-09T10:00")
    answered = application(name="Panificio Aurora e figli", tax_code=request.tax_code)
    submit(world.actor(world.ivo), request_id=request.id, application=answered)
    back = row(request)
    assert (back.state, back.number, back.name) == (State.IN_EXAMINATION, request.number, "Panificio Aurora e figli")
    assert back.submitted_at == request.submitted_at
    assert back.due_on == date(2026, 12, 2) + timedelta(days=7)


def test_changes_may_put_a_wrong_tax_code_right(world):
    known = OrganisationFactory(network=world.milano)
    request = world.request(State.CHANGES_ASKED, tax_code=known.tax_code)
    assert request.organisation == known
    submit(world.actor(world.ivo), request_id=request.id, application=application())
    assert row(request).organisation is None


def test_changes_cannot_take_the_tax_code_of_a_member(world):
    request = world.request(State.CHANGES_ASKED)
    with pytest.raises(Refusal):
        submit(world.actor(world.ivo), request_id=request.id, application=application(tax_code=world.comune.tax_code))
    assert row(request).state == State.CHANGES_ASKED
