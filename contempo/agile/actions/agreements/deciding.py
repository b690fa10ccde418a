"""An agreement is sent, changed, approved or refused, and signed."""

import hashlib
import json
from datetime import date

from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.agreements.drafting import SENT
from contempo.agile.actions.agreements.story import (
    NOT_ELIGIBLE,
    locked,
    mirror_agile,
    move,
    name_of,
    overlapping,
    said,
    said_text,
    tell_managers,
    tell_worker,
)
from contempo.agile.actions.agreements.telling import owe
from contempo.agile.events import AgreementSigned
from contempo.agile.models import Agreement, Worker
from contempo.agile.rules.agreements import SIGNED, AgreementState, Who
from contempo.agile.rules.agreements.telling import Span, told_of_signing
from contempo.agile.rules.agreements.terms import Terms, problems
from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import SYSTEM, Actor

STATEMENT = N_(
    "I have read individual agreement number %(number)s on agile work with “%(organisation)s”, I agree to it and I "
    "sign it."
)
OVERLAPS = N_("Agreement %(number)s already holds on these days: renew or change that one.")
BEFORE_PREVIOUS = N_("The new agreement begins after the first day of the one it replaces.")


@action
def submit(actor: Actor, *, agreement_id: int) -> Agreement:
    """Send an agreement to who decides on it. Raises Refusal, in the field of the first thing that is wrong."""
    agreement, _part, whos = locked(actor, agreement_id)
    if agreement.state not in (AgreementState.DRAFT, AgreementState.CHANGES_REQUESTED):
        raise Refusal(SENT)
    if not agreement.worker.eligible:
        raise Refusal(NOT_ELIGIBLE)
    terms = agreement.terms()
    for problem in problems(terms, worked=agreement.worker.weekdays, today=clock.today()):
        raise Refusal(problem.reason, field=problem.field, **problem.params)
    _require_room(agreement, terms)
    agreement.unit, agreement.directorate_id = agreement.worker.unit, agreement.worker.directorate_id
    agreement.submitted_at = clock.now()
    move(actor, agreement, "submit", whos, terms=terms)
    tell_managers(
        actor,
        agreement,
        said(_("An agreement of %(name)s waits for you"), name=name_of(agreement.worker)),
        said(
            _("%(name)s asks for %(days)s agile days a month."),
            name=name_of(agreement.worker),
            days=terms.days_per_month,
        ),
    )
    return agreement


@action
def ask_changes(actor: Actor, *, agreement_id: int, text: str) -> Agreement:
    """Give an agreement back to the worker, saying what to change."""
    agreement, _part, whos = locked(actor, agreement_id)
    text = said_text(text, "text", N_("Say what is to be changed: the worker reads it."))
    _decided(actor, agreement)
    move(actor, agreement, "ask_changes", whos, text)
    tell_worker(
        actor,
        agreement,
        _("Your agreement needs changes"),
        said(_("Change it and send it again. What is asked: “%(text)s”"), text=text),
    )
    return agreement


@action
def approve(actor: Actor, *, agreement_id: int) -> Agreement:
    """Approve an agreement, which is the employer's signature: the worker signs next."""
    agreement, _part, whos = locked(actor, agreement_id)
    _decided(actor, agreement)
    move(actor, agreement, "approve", whos)
    tell_worker(
        actor,
        agreement,
        _("Your agreement is approved"),
        _("Read it once more and sign it: it holds from its first day."),
    )
    return agreement


@action
def refuse(actor: Actor, *, agreement_id: int, text: str) -> Agreement:
    """Refuse an agreement, saying why."""
    agreement, _part, whos = locked(actor, agreement_id)
    text = said_text(text, "text", N_("Say why: the worker reads it."))
    _decided(actor, agreement)
    move(actor, agreement, "refuse", whos, text)
    tell_worker(actor, agreement, _("Your agreement is refused"), said(_("The reason given: “%(text)s”"), text=text))
    return agreement


@action
def sign(actor: Actor, *, agreement_id: int, statement: str) -> Agreement:
    """Sign an approved agreement as the worker, by a recorded act: person, moment, sentence and digest of the text.

    It holds from its first day, or from today when that has passed. One it follows ends the day before. What the
    Ministry is owed is noted. Raises Refusal when the statement is not confirmed, or the days are taken by now.
    """
    agreement, _part, whos = locked(actor, agreement_id)
    if not statement.strip():
        raise Refusal(N_("To sign, confirm the statement."), field="statement")
    Worker.objects.select_for_update(no_key=True).get(pk=agreement.worker_id)
    today = clock.today()
    starts_on = max(agreement.starts_on or today, today)
    if agreement.until is not None and agreement.until <= starts_on:
        raise Refusal(N_("The last day of this agreement has passed: give it up and write a new one."))
    agreement.starts_on = starts_on
    terms = agreement.terms()
    _require_room(agreement, terms)
    agreement.signed_at = clock.now()
    agreement.signer_name = name_of(agreement.worker)
    agreement.statement = statement.strip()
    agreement.text_digest = digest(agreement, terms)
    move(actor, agreement, "sign", whos, terms=terms)
    before = _follow(agreement, starts_on)
    told = told_of_signing(today, Span(starts_on, agreement.until, agreement.term), before)
    owe(actor, agreement, told, _("The Ministry is to be told of agreement %(number)s"))
    mirror_agile([agreement.worker_id], today)
    publish(AgreementSigned(agreement_id=agreement.pk), network_id=agreement.employer.network_id)
    tell_managers(
        actor,
        agreement,
        said(_("%(name)s has signed the agreement"), name=name_of(agreement.worker)),
        said(_("It holds from %(day)s."), day=f"{starts_on:%d/%m/%Y}"),
    )
    return agreement


def digest(agreement: Agreement, terms: Terms) -> str:
    """SHA-256 of the text signed: parties, number and terms, in one order of keys."""
    text = {
        "employer": agreement.employer.organisation.name,
        "number": agreement.number,
        "worker": agreement.worker.number,
        "terms": terms.to_json(),
    }
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _decided(actor: Actor, agreement: Agreement) -> None:
    agreement.decided_by_id = actor.person_id
    agreement.decided_at = clock.now()


def _require_room(agreement: Agreement, terms: Terms) -> None:
    """The days of an agreement belong to no other one of the worker, the one it follows apart, which it cuts short."""
    if terms.starts_on is None:
        return
    if other := overlapping(agreement, terms.starts_on, terms.until):
        raise Refusal(OVERLAPS, field="starts_on", number=other.number)
    before = agreement.previous
    if before is None or before.state not in SIGNED or before.starts_on is None:
        return
    holds = before.until is None or before.until > terms.starts_on
    if holds and before.state != AgreementState.IN_FORCE:
        raise Refusal(OVERLAPS, field="starts_on", number=before.number)
    if holds and terms.starts_on <= before.starts_on:
        raise Refusal(BEFORE_PREVIOUS, field="starts_on")


def _follow(agreement: Agreement, starts_on: date) -> Span | None:
    """End the previous agreement where this one begins, at once when that is today; how long it would have held."""
    if agreement.previous_id is None:
        return None
    before = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.previous_id)
    if before.starts_on is None:
        return None
    span = Span(before.starts_on, before.until, before.term)
    if before.state == AgreementState.IN_FORCE and (before.until is None or before.until > starts_on):
        before.until = starts_on
        if starts_on <= clock.today():
            move(SYSTEM, before, "replace", {Who.CLOCK})
        else:
            before.save(update_fields=["until"])
    return span
