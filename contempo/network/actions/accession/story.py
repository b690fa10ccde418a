"""What every move of a request has in common: the change of state, its line in the story, who is told."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contempo.core.clock import now, today
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.network.models import AccessionRequest, EntryKind, RequestEntry
from contempo.network.rules.accession import ACCESSION, Move, due_on, reason_for
from contempo.network.rules.letters import LETTERS
from contempo.people.public import (
    Actor,
    Kind,
    NetworkRole,
    OrganisationRole,
    notify,
    persons_of_organisation,
    persons_with,
    register_notification_kind,
)
from contempo.web.templatetags.web import by_day

FOR_APPLICANTS = Kind("accession.mine", N_("My organisation's request to join"))
FOR_AGENCY = Kind("accession.agency", N_("Requests to examine"))


def register_kinds() -> None:
    """Make the notifications of this context known; called once when the application starts."""
    register_notification_kind(FOR_APPLICANTS)
    register_notification_kind(FOR_AGENCY)


def locked_request(actor: Actor, request_id: int) -> AccessionRequest:
    """The request of the actor's network, locked until the end of the transaction; Refusal when it is not there."""
    request = AccessionRequest.objects.select_for_update().filter(id=request_id, network_id=actor.network_id).first()
    if request is None:
        raise Refusal(N_("This request is not there any more."))
    return request


def move(
    actor: Actor,
    request: AccessionRequest,
    transition: str,
    whos: Collection[str],
    *,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Move a locked request along `transition`, or raise Refusal; writes the row, the story and the term."""
    at = at or now()
    reason = reason_for(transition, reason)
    request.state = ACCESSION.move(request.state, transition, whos)
    request.state_since = request.changed_at = at
    RequestEntry.objects.create(
        request=request,
        at=at,
        kind=EntryKind.MOVE,
        transition=transition,
        state=request.state,
        person_id=actor.person_id,
        text=reason,
    )
    moves = [Move(state, when) for state, when in _moves(request)]
    request.due_on = due_on(moves)
    request.save()


def _moves(request: AccessionRequest) -> list[tuple[str, datetime]]:
    return list(request.entries.filter(kind=EntryKind.MOVE).values_list("state", "at"))


def public_path(request: AccessionRequest) -> str:
    """Path of the page on which the applicant follows the request."""
    return f"/{request.network.slug}/adesione/{request.key}/"


def agency_path(request: AccessionRequest) -> str:
    """Path of the page on which the agency examines the request."""
    return f"/{request.network.slug}/agenzia/adesioni/{request.number}/"


def _fill(text: Promise, network: str, name: str, day: date | None, reason: str) -> str:
    return str(text) % {
        "network": network,
        "name": name,
        "day": by_day(day),
        "reason": reason,
    }


completed = lazy(_fill, str)
"""`_fill`, done in the language of whoever reads it."""


def filled(text: Promise, request: AccessionRequest, reason: str = "") -> Promise:
    """`text` with %(network)s, %(name)s, %(day)s and %(reason)s put in, in the language of whoever reads it."""
    return cast(Promise, completed(text, request.network.name, request.name, request.due_on, reason))


def answer_by(request: AccessionRequest, dated: Promise, undated: Promise) -> Promise:
    """`dated`, which names the day of the answer, unless that day has passed already."""
    return dated if request.due_on and request.due_on >= today() else undated


def tell_applicant(request: AccessionRequest, title: Promise, text: Promise, reason: str = "") -> None:
    """Tell the applicant and whoever speaks for the organisation; `text` is completed by `filled`.

    An organisation the registry knows thus learns at once of a request made in its name.
    """
    people = {request.applicant_id} if request.applicant_id else set()
    if request.organisation_id:
        speakers = (OrganisationRole.REPRESENTATIVE, OrganisationRole.DELEGATE)
        people |= {person.id for person in persons_of_organisation(request.organisation_id, *speakers)}
    notify(
        people,
        kind=FOR_APPLICANTS.name,
        network_id=request.network_id,
        title=format_lazy("{}: {}", title, request.name) if request.name else title,
        text=filled(text, request, reason),
        url=public_path(request),
    )


def tell_reason(request: AccessionRequest, transition: str, reason: str) -> None:
    """Tell the applicant of a decision that came with a reason, in the words of `rules.letters`."""
    letter = LETTERS[transition]
    tell_applicant(request, _(letter.title), _(letter.text), reason.strip())


class Told(StrEnum):
    """What the agency is told of."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    SIGNED_COPY = "signed_copy"
    SIGNED = "signed"
    CEASED = "ceased"


_TITLES = {
    Told.NEW: _("New request to join"),
    Told.CHANGED: _("A request to join has been changed"),
    Told.WITHDRAWN: _("A request to join has been withdrawn"),
    Told.SIGNED_COPY: _("A signed copy awaits your check"),
    Told.SIGNED: _("A new member has signed"),
    Told.CEASED: _("A member has left the network"),
}
_TEXTS = {
    Told.NEW: _("“%(name)s” awaits an answer by %(day)s."),
    Told.CHANGED: _("“%(name)s” has changed its answers and awaits an answer by %(day)s."),
    Told.WITHDRAWN: _("“%(name)s” has taken its request back."),
    Told.SIGNED_COPY: _("“%(name)s” has handed in the signed agreement: open it and confirm."),
    Told.SIGNED: _("“%(name)s” has signed the agreement and is a member of %(network)s."),
    Told.CEASED: _("“%(name)s” has ended its membership. Reason: “%(reason)s”."),
}


def tell_agency(request: AccessionRequest, told: Told, reason: str = "") -> None:
    """Tell the coordinators of the network."""
    notify(
        [person.id for person in persons_with(request.network_id, NetworkRole.COORDINATOR)],
        kind=FOR_AGENCY.name,
        network_id=request.network_id,
        title=format_lazy("{}: {}", _TITLES[told], request.name),
        text=filled(_TEXTS[told], request, reason),
        url=agency_path(request),
    )
