"""What the agency decides on a request, and how the organisation withdraws, signs and leaves."""

import hashlib
from datetime import date

from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.action import action
from contempo.core.clock import ROME
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.network.access import may_act_as_agency, who_in
from contempo.network.actions.accession.reminders import send_reminder
from contempo.network.actions.accession.story import (
    Told,
    answer_by,
    locked_request,
    move,
    tell_agency,
    tell_applicant,
    tell_reason,
)
from contempo.network.actions.organisations import (
    add_organisation,
    close_membership,
    lock_organisation,
    lock_registry,
    open_membership,
    update_organisation,
    write_seats,
)
from contempo.network.events import OrganisationAdmitted
from contempo.network.models import (
    AccessionRequest,
    AgreementVersion,
    Contact,
    EntryKind,
    Municipality,
    Organisation,
    RequestEntry,
    Signature,
    SignatureMethod,
)
from contempo.network.rules.accession import MAX_REASON, REMIND_AFTER, Standing, State, Version, Who, in_force
from contempo.network.rules.application import Application
from contempo.people.public import SYSTEM, Actor, OrganisationRole, grant, names

SIGN_STATEMENT = N_(
    "As legal representative of “%(organisation)s” I have read version %(number)s of the territorial agreement of "
    "%(network)s and I sign it on behalf of the organisation."
)


@action
def examine(actor: Actor, *, request_id: int) -> AccessionRequest:
    """Take a request into examination; the coordinator who does it becomes its examiner."""
    request = _locked(actor, request_id)
    request.examiner_id = actor.person_id
    move(actor, request, "examine", who_in(actor, request))
    text = answer_by(
        request,
        _("The agency of %(network)s has begun to examine it and answers by %(day)s."),
        _("The agency of %(network)s has begun to examine it and answers as soon as it can."),
    )
    tell_applicant(request, _("Your request is being examined"), text)
    return request


@action
def ask_changes(actor: Actor, *, request_id: int, reason: str) -> AccessionRequest:
    """Give the answers back to the applicant, saying what to change; the term stops meanwhile."""
    request = _locked(actor, request_id)
    _examined_by(actor, request)
    move(actor, request, "ask_changes", who_in(actor, request), reason=reason)
    tell_reason(request, "ask_changes", reason)
    return request


@action
def admit(actor: Actor, *, request_id: int, organisation_id: int | None = None) -> AccessionRequest:
    """Admit the organisation: it enters the registry (or is recognised there) and may sign.

    `organisation_id` links the request to an organisation the registry has under a similar name and no other tax code.
    """
    # The registry before the request, as in `submit`: two who take both never wait for each other crosswise.
    lock_registry(actor.network_id)
    request = _locked(actor, request_id)
    _examined_by(actor, request)
    move(actor, request, "admit", who_in(actor, request))
    application = Application.from_json(request.application)
    request.organisation = _into_registry(actor, request, application, organisation_id)
    request.save(update_fields=["organisation"])
    publish(
        OrganisationAdmitted(request_id=request.id, organisation_id=request.organisation_id),
        network_id=request.network_id,
    )
    tell_applicant(
        request,
        _("Your organisation has been admitted"),
        _("One step is left: the legal representative signs the agreement of %(network)s, here or on paper."),
    )
    return request


@action
def refuse(actor: Actor, *, request_id: int, reason: str) -> AccessionRequest:
    """Refuse a request, saying why."""
    request = _locked(actor, request_id)
    _examined_by(actor, request)
    move(actor, request, "refuse", who_in(actor, request), reason=reason)
    tell_reason(request, "refuse", reason)
    return request


@action
def withdraw(actor: Actor, *, request_id: int, reason: str = "") -> AccessionRequest:
    """Take back a request that has not ended yet."""
    request = _locked(actor, request_id)
    move(actor, request, "withdraw", who_in(actor, request), reason=reason)
    tell_applicant(
        request,
        _("Your request has been withdrawn"),
        _("“%(name)s” no longer asks to join %(network)s. A new request can be sent at any time."),
    )
    tell_agency(request, Told.WITHDRAWN)
    return request


@action
def sign(actor: Actor, *, request_id: int, agreement_id: int, statement: str) -> Signature:
    """Sign the agreement on the platform, as the legal representative, by a recorded act.

    `agreement_id` is the version that was shown: when another is in force by now, the signature is refused and the
    page shows the new text. `statement` is the sentence agreed to, in the signer's language.
    """
    request = _locked(actor, request_id)
    move(actor, request, "sign", who_in(actor, request))
    if not statement.strip():
        raise Refusal(N_("To sign, confirm the statement."), field="statement")
    agreement = agreement_in_force(request.network_id)
    if agreement.id != agreement_id:
        raise Refusal(N_("A new version of the agreement is in force: read it before you sign."))
    return _signed(actor, request, agreement, SignatureMethod.PLATFORM, statement)


@action
def confirm_signed_copy(actor: Actor, *, request_id: int) -> Signature:
    """Confirm that the copy handed in is the agreement, duly signed; the organisation becomes a member.

    The version signed is the one in force on the day the copy was handed in.
    """
    request = _locked(actor, request_id)
    require(may_act_as_agency(actor, request))
    move(actor, request, "confirm", who_in(actor, request))
    if request.signed_copy is None:
        raise Refusal(N_("No signed copy has been handed in yet."))
    handed_in = request.entries.filter(kind=EntryKind.UPLOAD).latest("at").at
    agreement = agreement_in_force(request.network_id, on=handed_in.astimezone(ROME).date())
    return _signed(actor, request, agreement, SignatureMethod.UPLOAD, "")


@action
def cease(actor: Actor, *, request_id: int, reason: str) -> AccessionRequest:
    """End the membership that came from a request.

    Who acts for the organisation keeps their roles: its record and its past stay theirs, and it may join again.
    """
    request = _locked(actor, request_id)
    whos = who_in(actor, request)
    move(actor, request, "cease", whos, reason=reason)
    close_membership(lock_organisation(request.network_id, request.organisation_id), clock.today(), reason.strip())
    tell_reason(request, "cease", reason)
    if Who.AGENCY not in whos:
        tell_agency(request, Told.CEASED, reason.strip())
    return request


@action
def add_note(actor: Actor, *, request_id: int, text: str) -> RequestEntry:
    """Write an internal note, which only the agency reads."""
    request = _locked(actor, request_id)
    require(may_act_as_agency(actor, request))
    text = text.strip()
    if not text:
        raise Refusal(N_("Write the note first."), field="text")
    if len(text) > MAX_REASON:
        raise Refusal(
            N_("The note has %(count)s characters: at most %(most)s are allowed."),
            field="text",
            count=len(text),
            most=MAX_REASON,
        )
    return RequestEntry.objects.create(
        request=request, at=clock.now(), kind=EntryKind.NOTE, person_id=actor.person_id, text=text, internal=True
    )


@action
def remind(actor: Actor, *, request_id: int) -> AccessionRequest:
    """Remind the applicant of the step that is theirs; at most once a day."""
    request = _locked(actor, request_id)
    require(may_act_as_agency(actor, request))
    moment = clock.now()
    if request.state not in REMIND_AFTER:
        raise Refusal(N_("Nothing is awaited from the organisation now."))
    if request.reminded_at and (moment - request.reminded_at).days < 1:
        raise Refusal(N_("A reminder left less than a day ago."))
    send_reminder(actor, request)
    return request


def agreement_in_force(network_id: int, on: date | None = None) -> AgreementVersion:
    """The version of the agreement in force on a day, today unless told; Refusal when there was none."""
    versions = {version.id: version for version in AgreementVersion.objects.filter(network_id=network_id)}
    known = (Version(version.id, version.number, version.in_force_from) for version in versions.values())
    if version := in_force(known, on or clock.today()):
        return versions[version.id]
    raise Refusal(N_("The network has not published its agreement yet."))


def _locked(actor: Actor, request_id: int) -> AccessionRequest:
    request = locked_request(actor, request_id)
    if request.state == State.DRAFT:
        raise Refusal(N_("This request has not been sent yet."))
    return request


def _examined_by(actor: Actor, request: AccessionRequest) -> None:
    if request.examiner_id is None:
        request.examiner_id = actor.person_id


def _into_registry(
    actor: Actor, request: AccessionRequest, application: Application, organisation_id: int | None
) -> Organisation:
    registry = Organisation.objects.filter(network_id=request.network_id)
    known = registry.filter(tax_code=application.tax_code).first() if application.tax_code else None
    if known is None and organisation_id is not None:
        known = registry.filter(id=organisation_id, tax_code="").first()
    if organisation_id is not None and (known is None or known.id != organisation_id):
        raise Refusal(N_("The organisation chosen has another tax code: it is not the same."))
    record = {
        "name": application.name,
        "kind": application.kind,
        "legal_form": application.legal_form,
        "tax_code": application.tax_code,
        "vat_number": application.vat_number,
        "ipa_code": application.ipa_code,
        "ateco_code": application.ateco_code,
        "municipality_id": application.municipality,
        "headcount": application.headcount,
        "website": application.website,
        "pec": application.pec,
        "email": application.email,
        "phone": application.phone,
        "description": application.description,
        "experience_kinds": list(application.experience_kinds),
        "experience": application.experience,
        "territory": application.territory,
        "aims": application.aims,
        "priorities": list(application.priorities),
        "published": list(application.published),
    }
    if known:
        organisation = lock_organisation(request.network_id, known.id)
        if organisation.member_since:
            raise Refusal(N_("This organisation is a member already."))
        update_organisation(organisation, {field: value for field, value in record.items() if _says(field, value)})
    else:
        organisation = add_organisation(request.network_id, record)
    _write_seat_and_contact(organisation, application)
    return organisation


def _says(field: str, value: object) -> bool:
    """Whether an answer adds to what the registry knows; publishing nothing is an answer too."""
    return field == "published" or value not in ("", None, [])


def _write_seat_and_contact(organisation: Organisation, application: Application) -> None:
    place = Municipality.objects.get(istat_code=application.municipality)
    if not organisation.seats.exists():
        seat = {
            "address": application.address,
            "postcode": application.postcode,
            "municipality": place,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
        write_seats(organisation, [seat])
    if not organisation.contacts.filter(email__iexact=application.contact_email).exists():
        Contact.objects.create(
            organisation=organisation,
            full_name=application.contact_name,
            position=application.contact_position,
            email=application.contact_email,
            phone=application.contact_phone,
            is_main=not organisation.contacts.exists(),
        )


def _signed(
    actor: Actor, request: AccessionRequest, agreement: AgreementVersion, method: str, statement: str
) -> Signature:
    application = Application.from_json(request.application)
    signer = request.applicant_id if method == SignatureMethod.UPLOAD else actor.person_id
    name = names([signer])[signer]
    if method == SignatureMethod.UPLOAD and application.standing == Standing.DELEGATE:
        name = application.representative_name
    signature = Signature.objects.create(
        organisation_id=request.organisation_id,
        request=request,
        agreement=agreement,
        method=method,
        signed_at=clock.now(),
        signer_id=signer,
        signer_name=name,
        statement=statement,
        text_digest=hashlib.sha256(agreement.text_it.encode()).hexdigest(),
        copy=request.signed_copy if method == SignatureMethod.UPLOAD else None,
    )
    organisation = lock_organisation(request.network_id, request.organisation_id)
    open_membership(organisation, clock.today(), agreement.id)
    # Only now: what was admitted may still be withdrawn, and would leave a role behind.
    if request.applicant and request.applicant.is_active:
        grant(
            SYSTEM,
            person_id=request.applicant_id,
            role=OrganisationRole(application.standing),
            network_id=request.network_id,
            organisation_id=request.organisation_id,
        )
    tell_applicant(
        request,
        _("Welcome to the network"),
        _("“%(name)s” is a member of %(network)s from today. Its page is public: choose what it shows."),
    )
    tell_agency(request, Told.SIGNED)
    return signature
