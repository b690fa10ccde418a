"""Two who do the same thing at the same moment: one wins, the other gets a sentence, nothing is written twice.

The first holds its transaction open until the second waits for it (or has ended), so that they truly overlap.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import date

import pytest
from django.db import connection, transaction

from contempo.core.verdict import Refusal
from contempo.network.actions.accession.decisions import admit, cease, confirm_signed_copy, refuse, withdraw
from contempo.network.actions.accession.drafts import begin_draft, claim_draft, submit, upload_signed_copy
from contempo.network.actions.accession.upkeep import remind_idle
from contempo.network.actions.networks import declare_facts, open_network, publish_agreement
from contempo.network.actions.organisations import (
    begin_membership,
    change_organisation,
    register_organisation,
    set_contacts,
    set_seats,
)
from contempo.network.models import (
    AccessionRequest,
    AgreementVersion,
    DeclaredFact,
    Membership,
    Network,
    Organisation,
    RequestEntry,
    Signature,
)
from contempo.network.queries.tallies import tallies
from contempo.network.rules.accession import State
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import (
    MILANO,
    REASON,
    SESTO,
    OrganisationFactory,
    application,
    pdf,
    tax_code_number,
)
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)

Deed = Callable[[], object]
PATIENCE = 30


def overlap(first: Deed, second: Deed) -> Refusal | None:
    """Do `first` and, before it is committed, `second`; the refusal `second` got, None when it succeeded too."""
    connected: Future[int] = Future()

    def follow() -> Refusal | None:
        try:
            connection.ensure_connection()
            connected.set_result(connection.connection.info.backend_pid)
            second()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            first()
            latter = beside.submit(copy_context().run, follow)
            until_it_waits(connected.result(PATIENCE), latter)
        return latter.result(PATIENCE)


def until_it_waits(pid: int, latter: Future[Refusal | None]) -> None:
    """Come back when the connection `pid` waits for a lock, or what it does has ended."""
    with connection.cursor() as cursor:
        while not wait([latter], timeout=0.01).done:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [pid])
            if cursor.fetchone() != (0,):
                return


def test_two_coordinators_who_admit_the_same_request_admit_it_once(world):
    request = world.request(State.IN_EXAMINATION)
    lost = overlap(
        lambda: admit(world.actor(world.marta), request_id=request.id),
        lambda: admit(world.actor(world.giulio), request_id=request.id),
    )
    assert lost is not None
    assert Organisation.objects.filter(tax_code=request.tax_code).count() == 1
    assert RequestEntry.objects.filter(request=request, transition="admit").count() == 1


def test_one_who_admits_and_one_who_refuses_do_not_both_decide(world):
    request = world.request(State.IN_EXAMINATION)
    lost = overlap(
        lambda: refuse(world.actor(world.marta), request_id=request.id, reason=REASON),
        lambda: admit(world.actor(world.giulio), request_id=request.id),
    )
    assert lost is not None
    assert AccessionRequest.objects.get(id=request.id).state == State.REFUSED
    assert not Organisation.objects.filter(tax_code=request.tax_code).exists()


def test_an_admission_and_a_withdrawal_do_not_cross(world):
    request = world.request(State.IN_EXAMINATION)
    lost = overlap(
        lambda: withdraw(world.actor(world.ivo), request_id=request.id),
        lambda: admit(world.actor(world.giulio), request_id=request.id),
    )
    assert lost is not None
    assert AccessionRequest.objects.get(id=request.id).state == State.WITHDRAWN


def test_two_who_send_the_same_organisation_send_it_once(world):
    code = tax_code_number(7001)
    mine, hers = world.draft(), world.draft(world.sara)
    lost = overlap(
        lambda: submit(world.actor(world.ivo), request_id=mine.id, application=application(tax_code=code)),
        lambda: submit(world.actor(world.sara), request_id=hers.id, application=application(tax_code=code)),
    )
    assert lost is not None
    assert lost.field == "tax_code"
    assert AccessionRequest.objects.get(id=hers.id).state == State.DRAFT


def test_two_requests_sent_at_once_have_two_numbers(world):
    mine, hers = world.draft(), world.draft(world.sara)
    lost = overlap(
        lambda: submit(world.actor(world.ivo), request_id=mine.id, application=application()),
        lambda: submit(world.actor(world.sara), request_id=hers.id, application=application()),
    )
    assert lost is None
    assert set(AccessionRequest.objects.values_list("number", flat=True)) == {1, 2}


def test_a_double_click_sends_once(world):
    request, sent = world.draft(), application()
    lost = overlap(
        lambda: submit(world.actor(world.ivo), request_id=request.id, application=sent),
        lambda: submit(world.actor(world.ivo), request_id=request.id, application=sent),
    )
    assert lost is not None
    assert RequestEntry.objects.filter(request=request).count() == 1


def test_changes_that_arrive_while_the_agency_refuses_come_too_late(world):
    request = world.request(State.CHANGES_ASKED)
    answered = application(tax_code=request.tax_code)
    lost = overlap(
        lambda: refuse(world.actor(world.marta), request_id=request.id, reason=REASON),
        lambda: submit(world.actor(world.ivo), request_id=request.id, application=answered),
    )
    assert lost is not None
    assert AccessionRequest.objects.get(id=request.id).state == State.REFUSED


def test_two_who_take_the_same_draft_do_not_share_it(world):
    request, secret = begin_draft(world.actor(None), language="it")
    lost = overlap(
        lambda: claim_draft(world.actor(world.ivo), request_id=request.id, secret=secret),
        lambda: claim_draft(world.actor(world.sara), request_id=request.id, secret=secret),
    )
    assert lost is not None
    assert AccessionRequest.objects.get(id=request.id).applicant == world.ivo


def test_one_signs_on_the_platform_while_the_agency_confirms_the_copy(world):
    request = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    lost = overlap(
        lambda: world.sign(request.id),
        lambda: confirm_signed_copy(world.actor(world.marta), request_id=request.id),
    )
    assert lost is not None
    assert Signature.objects.count() == 1
    assert Membership.objects.filter(organisation_id=request.organisation_id).count() == 1


def test_a_membership_ends_once(world):
    request = world.request(State.SIGNED)
    lost = overlap(
        lambda: cease(world.actor(world.marta), request_id=request.id, reason=REASON),
        lambda: cease(world.actor(world.ivo), request_id=request.id, reason=REASON),
    )
    assert lost is not None


def test_a_reminder_leaves_once_from_two_workers(world, at):
    at("2026-11-01T10:00")
    request = world.request(State.ADMITTED)
    at("2026-12-01T10:00")
    overlap(
        lambda: remind_idle(SYSTEM, request_id=request.id),
        lambda: remind_idle(SYSTEM, request_id=request.id),
    )
    assert RequestEntry.objects.filter(request=request, kind="reminder").count() == 1


def opening(name):
    return lambda: open_network(SYSTEM, slug="lodi", name=name, short_name="Lodi", contact_email="lodi@example.org")


def test_two_networks_of_one_address_are_one(world):
    lost = overlap(opening("La prima"), opening("La seconda"))
    assert lost is not None
    assert lost.field == "slug"
    assert Network.objects.get(slug="lodi").name == "La prima"


def registering(world, name, tax_code=""):
    record = {"name": name, "kind": OrganisationKind.SCHOOL, "tax_code": tax_code}
    return lambda: register_organisation(world.actor(world.marta), record=record)


def test_two_organisations_of_one_name_registered_at_once_have_each_its_address(world):
    assert overlap(registering(world, "Girasole"), registering(world, "Girasole")) is None
    assert set(Organisation.objects.filter(name="Girasole").values_list("slug", flat=True)) == {
        "girasole",
        "girasole-2",
    }


def test_two_organisations_of_one_tax_code_are_one(world):
    code = tax_code_number(7002)
    lost = overlap(registering(world, "Girasole", code), registering(world, "Tulipano", code))
    assert lost is not None
    assert lost.field == "tax_code"


def test_a_tax_code_is_not_given_to_two_in_the_same_moment(world):
    one, other = OrganisationFactory(network=world.milano), OrganisationFactory(network=world.milano)
    taking = {"tax_code": tax_code_number(7003)}
    lost = overlap(
        lambda: change_organisation(world.actor(world.marta), organisation_id=one.id, changes=taking),
        lambda: change_organisation(world.actor(world.giulio), organisation_id=other.id, changes=taking),
    )
    assert lost is not None
    assert lost.field == "tax_code"


def test_nor_to_one_who_changes_and_one_who_is_registered(world):
    known, code = OrganisationFactory(network=world.milano), tax_code_number(7004)
    lost = overlap(
        registering(world, "Girasole", code),
        lambda: change_organisation(world.actor(world.giulio), organisation_id=known.id, changes={"tax_code": code}),
    )
    assert lost is not None
    assert lost.field == "tax_code"


def test_an_admission_and_a_registration_of_one_tax_code_make_one_organisation(world):
    request = world.request(State.IN_EXAMINATION)
    lost = overlap(
        registering(world, "Registrata a mano", request.tax_code),
        lambda: admit(world.actor(world.giulio), request_id=request.id),
    )
    assert lost is None
    assert Organisation.objects.filter(tax_code=request.tax_code).count() == 1


def test_a_membership_begins_once(world):
    known = OrganisationFactory(network=world.milano)

    def begin(who):
        return lambda: begin_membership(
            world.actor(who), organisation_id=known.id, since=date(2026, 1, 1), agreement_id=None
        )

    assert overlap(begin(world.marta), begin(world.giulio)) is not None
    assert Membership.objects.filter(organisation=known).count() == 1


def test_two_versions_published_at_once_have_two_numbers(world):
    def publish(text):
        return lambda: publish_agreement(
            world.actor(world.marta), text_it=text, text_en="", in_force_from=date(2026, 1, 1)
        )

    assert overlap(publish("# Una"), publish("# Altra")) is None
    assert set(AgreementVersion.objects.filter(network=world.milano).values_list("number", flat=True)) == {1, 2, 3}


def test_of_two_lists_written_at_once_the_later_stands_whole(world):
    def seats(*places):
        rows = [{"municipality_id": place} for place in places]
        return lambda: set_seats(world.actor(world.omar), organisation_id=world.comune.id, seats=rows)

    def contacts(*called):
        rows = [{"full_name": name} for name in called]
        return lambda: set_contacts(world.actor(world.omar), organisation_id=world.comune.id, contacts=rows)

    assert overlap(seats(MILANO, SESTO), seats(SESTO)) is None
    assert overlap(contacts("Ada", "Zoe"), contacts("Eva")) is None
    assert [seat.municipality_id for seat in world.comune.seats.all()] == [SESTO]
    assert [contact.full_name for contact in world.comune.contacts.all()] == ["Eva"]


def test_and_of_two_lists_of_declared_figures(world):
    def declare(value):
        fact = {"key": "incontri", "group": "agency", "value": value, "label_it": "", "label_en": "", "source": ""}
        return lambda: declare_facts(world.actor(world.marta), facts=[fact])

    assert overlap(declare(1), declare(2)) is None
    assert DeclaredFact.objects.get(network=world.milano).value == 2


def test_two_members_more_are_two_in_the_figures(world):
    first, second = world.request(State.ADMITTED), world.request(State.ADMITTED, applicant=world.sara)
    assert overlap(lambda: world.sign(first.id), lambda: world.sign(second.id, world.sara)) is None
    assert tallies(world.milano.id, "members")["members"] == {"all": 3}
