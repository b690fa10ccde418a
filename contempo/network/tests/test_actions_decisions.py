"""What the agency decides on a request, what it notes and of what it reminds."""

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.decisions import (
    add_note,
    admit,
    ask_changes,
    cease,
    confirm_signed_copy,
    examine,
    refuse,
    remind,
)
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.models import AccessionRequest, RequestEntry
from contempo.network.rules.accession import State
from contempo.network.tests.factories import (
    REASON,
    OrganisationFactory,
    give,
    pdf,
)
from contempo.people.public import NetworkRole, OrganisationRole

pytestmark = pytest.mark.django_db


def row(request):
    return AccessionRequest.objects.get(id=request.id)


def test_the_coordinator_who_begins_the_examination_is_its_examiner(world):
    request = world.request(State.SUBMITTED)
    examine(world.actor(world.giulio), request_id=request.id)
    assert (row(request).state, row(request).examiner) == (State.IN_EXAMINATION, world.giulio)


def test_a_second_click_is_told_that_something_changed(world):
    request = world.request(State.IN_EXAMINATION)
    with pytest.raises(Refusal) as refused:
        examine(world.actor(world.giulio), request_id=request.id)
    assert not isinstance(refused.value, NotPermitted)
    assert row(request).examiner == world.marta


def test_a_decision_taken_at_once_makes_an_examiner_too(world):
    request = world.request(State.SUBMITTED)
    refuse(world.actor(world.giulio), request_id=request.id, reason=REASON)
    assert row(request).examiner == world.giulio


@pytest.mark.parametrize("decide", [ask_changes, refuse])
def test_no_request_for_changes_and_no_refusal_without_a_reason(world, decide):
    request = world.request(State.IN_EXAMINATION)
    with pytest.raises(Refusal) as refused:
        decide(world.actor(world.marta), request_id=request.id, reason="  no  ")
    assert refused.value.field == "reason"
    assert row(request).state == State.IN_EXAMINATION


def test_the_reason_stands_in_the_story(world):
    request = world.request(State.REFUSED)
    assert RequestEntry.objects.filter(request=request).latest("id").text == REASON


def test_a_request_may_be_refused_while_changes_are_awaited(world):
    request = world.request(State.CHANGES_ASKED)
    refuse(world.actor(world.marta), request_id=request.id, reason="I documenti non sono mai arrivati.")
    assert row(request).state == State.REFUSED


def test_the_term_runs_while_the_agency_has_the_next_move(world):
    for state in State:
        if state != State.DRAFT:
            request = world.request(state, name=f"In stato {state}")
            assert (request.due_on is not None) == (state in (State.SUBMITTED, State.IN_EXAMINATION))


DECISIONS = {
    "examine": (State.SUBMITTED, lambda actor, number: examine(actor, request_id=number)),
    "ask_changes": (State.IN_EXAMINATION, lambda actor, number: ask_changes(actor, request_id=number, reason=REASON)),
    "admit": (State.IN_EXAMINATION, lambda actor, number: admit(actor, request_id=number)),
    "refuse": (State.IN_EXAMINATION, lambda actor, number: refuse(actor, request_id=number, reason=REASON)),
    "confirm": (State.ADMITTED, lambda actor, number: confirm_signed_copy(actor, request_id=number)),
    "cease": (State.SIGNED, lambda actor, number: cease(actor, request_id=number, reason=REASON)),
    "note": (State.IN_EXAMINATION, lambda actor, number: add_note(actor, request_id=number, text="Sentita.")),
    "remind": (State.CHANGES_ASKED, lambda actor, number: remind(actor, request_id=number)),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_nobody_but_the_agency_of_the_network_decides(world, decision):
    state, decide = DECISIONS[decision]
    request = world.request(state)
    allowed = {"marta", "giulio", *(["ivo"] if decision == "cease" else [])}
    if decision == "confirm":
        upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    for name, actor in world.everybody.items():
        if name not in allowed:
            with pytest.raises(NotPermitted):
                decide(actor, request.id)
    assert row(request).state == state
    decide(world.actor(world.giulio), request.id)


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_coordinator_of_bergamo_does_not_find_the_requests_of_milan(world, decision):
    state, decide = DECISIONS[decision]
    request = world.request(state)
    with pytest.raises(Refusal):
        decide(world.actor(world.davide, world.bergamo), request.id)
    assert row(request).state == state


@pytest.mark.parametrize("decision", DECISIONS)
def test_nothing_is_decided_on_a_draft(world, decision):
    _state, decide = DECISIONS[decision]
    request = world.draft()
    with pytest.raises(Refusal):
        decide(world.actor(world.marta), request.id)
    assert not RequestEntry.objects.filter(request=request).exists()


def test_a_coordinator_does_not_decide_on_a_request_of_their_own(world):
    request = world.request(State.SUBMITTED, applicant=world.giulio)
    for decide in (
        lambda: examine(world.actor(world.giulio), request_id=request.id),
        lambda: admit(world.actor(world.giulio), request_id=request.id),
        lambda: add_note(world.actor(world.giulio), request_id=request.id, text="Va bene così."),
    ):
        with pytest.raises(NotPermitted):
            decide()
    examine(world.actor(world.marta), request_id=request.id)


@pytest.mark.parametrize("role", OrganisationRole)
def test_nor_on_the_request_of_an_organisation_they_have_a_role_in(world, role):
    known = OrganisationFactory(network=world.milano)
    give(world.giulio, role, world.milano, known.id)
    request = world.request(State.SUBMITTED, tax_code=known.tax_code)
    with pytest.raises(NotPermitted):
        admit(world.actor(world.giulio), request_id=request.id)


def test_a_member_of_the_steering_group_reads_and_does_not_decide(world):
    give(world.renato, NetworkRole.OBSERVER, world.milano)
    request = world.request(State.SUBMITTED)
    with pytest.raises(NotPermitted):
        examine(world.actor(world.renato), request_id=request.id)


def test_a_note_is_internal_and_moves_nothing(world):
    request = world.request(State.IN_EXAMINATION)
    note = add_note(world.actor(world.giulio), request_id=request.id, text=" Sentita al telefono. \n")
    assert (note.text, note.internal, note.person) == ("Sentita al telefono.", True, world.giulio)
    assert row(request).state == State.IN_EXAMINATION


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_an_empty_or_endless_note_is_refused(world, text):
    request = world.request(State.IN_EXAMINATION)
    with pytest.raises(Refusal) as refused:
        add_note(world.actor(world.marta), request_id=request.id, text=text)
    assert refused.value.field == "text"


@pytest.mark.parametrize("state", [State.CHANGES_ASKED, State.ADMITTED])
def test_the_agency_reminds_once_a_day(world, at, state):
    at("2026-11-20T10:00")
    request = world.request(state)
    remind(world.actor(world.marta), request_id=request.id)
    at("2026-11-21T09:59")
    with pytest.raises(Refusal):
        remind(world.actor(world.giulio), request_id=request.id)
    at("2026-11-21T10:00")
    remind(world.actor(world.giulio), request_id=request.id)
    assert RequestEntry.objects.filter(request=request, kind="reminder").count() == 2


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.CHANGES_ASKED, State.ADMITTED}))
def test_nobody_is_reminded_of_what_is_not_theirs_to_do(world, state):
    request = world.request(state)
    with pytest.raises(Refusal):
        remind(world.actor(world.marta), request_id=request.id)
