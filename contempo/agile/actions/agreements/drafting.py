"""A worker writes an agreement: from nothing, or from the one that is to be renewed or changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Max

from contempo.agile.access import may_act_as_worker
from contempo.agile.actions.agreements.story import NOT_ELIGIBLE, locked, locked_employer, move
from contempo.agile.models import Agreement, AgreementMove, AgreementWords, Policy, Seat, Share, Worker
from contempo.agile.rules.agreements import IN_THE_MAKING, SIGNED, AgreementState, Term, Who
from contempo.agile.rules.agreements.terms import STEP_FIELDS, Step, Terms, bands_of, next_step
from contempo.agile.rules.mapping import Remoteness
from contempo.agile.rules.policy import read
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

NOT_YOURS = N_("Only who the agreement is for writes it.")
SENT = N_("The agreement has been sent: it can be changed only when changes are asked for.")


@action
def begin(actor: Actor, *, employer_id: int, previous: int | None = None) -> Agreement:
    """Begin an agreement of the actor with an employer; the one in the making, if there is one, is given back instead.

    What is known is filled in: activities from the mapping, the employer's own words, the days its rules give; all of
    the agreement numbered `previous` when one is renewed or changed. Raises NotPermitted when the actor is not on the
    staff, Refusal when the mapping leaves too little to do remotely.
    """
    employer, part = locked_employer(actor, employer_id)
    require(may_act_as_worker(part))
    worker = Worker.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=part.worker.pk)
    making = Agreement.objects.filter(worker=worker, state__in=sorted(IN_THE_MAKING)).first()
    if making is not None:
        return making
    before = _previous(worker, previous)
    if not worker.eligible:
        raise Refusal(NOT_ELIGIBLE)
    terms = _renewed(before) if before else _proposed(worker)
    last = Agreement.objects.filter(employer=employer).aggregate(Max("number"))["number__max"] or 0
    moment = clock.now()
    agreement = Agreement(
        employer=employer,
        number=last + 1,
        worker=worker,
        unit=worker.unit,
        directorate_id=worker.directorate_id,
        previous=before,
        state_since=moment,
        created_at=moment,
        step=Step.WORK.value,
    )
    _write(agreement, terms.to_json() | {"starts_on": terms.starts_on, "until": terms.until}, terms.to_json())
    AgreementMove.objects.create(
        agreement=agreement, at=moment, transition="draft", state=AgreementState.DRAFT, person_id=actor.person_id
    )
    return agreement


@action
def save_step(actor: Actor, *, agreement_id: int, step: str, values: Mapping[str, Any]) -> Agreement:
    """Keep what a step of the wizard says, right or incomplete; `values` are fields of `Terms`, those left out stay."""
    agreement = _mine(actor, agreement_id)
    known = STEP_FIELDS[Step(step)]
    following = next_step(step)
    agreement.step = following.value if following else "riepilogo"
    _write(agreement, values, known)
    return agreement


@action
def drop(actor: Actor, *, agreement_id: int) -> Agreement:
    """Give an agreement up before it is signed."""
    agreement, _part, whos = locked(actor, agreement_id)
    move(actor, agreement, "drop", whos)
    return agreement


def _mine(actor: Actor, agreement_id: int) -> Agreement:
    agreement, _part, whos = locked(actor, agreement_id)
    if Who.WORKER not in whos:
        raise NotPermitted(NOT_YOURS)
    if agreement.state not in (AgreementState.DRAFT, AgreementState.CHANGES_REQUESTED):
        raise Refusal(SENT)
    return agreement


def _previous(worker: Worker, number: int | None) -> Agreement | None:
    if number is None:
        return None
    found = Agreement.objects.filter(worker=worker, number=number, state__in=sorted(SIGNED)).first()
    if found is None:
        raise Refusal(N_("The agreement to renew is not there any more."))
    return found


def _renewed(before: Agreement) -> Terms:
    """The terms of the agreement before, beginning when it ends; without its end, which is to be said anew."""
    terms = before.terms()
    today = clock.today()
    begins = max(terms.until, today) if terms.until else None
    return replace(terms, starts_on=begins, until=None)


def _proposed(worker: Worker) -> Terms:
    """What is known of a worker, and the words of the employer."""
    words = AgreementWords.objects.filter(employer_id=worker.employer_id).first() or AgreementWords()
    shares = Share.objects.filter(worker=worker).exclude(activity__result__in=("", Remoteness.NOT))
    titles = shares.order_by("-percent", "activity__title").values_list("activity__title", flat=True)
    return Terms(
        activities="\n".join(titles),
        objectives=words.objectives,
        days_per_month=_days_of(worker),
        contact_bands=bands_of(words.contact_bands),
        rest=words.rest,
        tools=words.tools,
        control=words.control,
        training=words.training,
        notice_days=words.notice_days,
    )


def _days_of(worker: Worker) -> int | None:
    """The agile days a month the rules of the employer give this worker, by category and working time; None without
    rules.
    """
    policies = Policy.objects.filter(employer_id=worker.employer_id, first_month__lte=clock.today())
    policy = policies.order_by("-number").first()
    if policy is None:
        return None
    rules = read(policy.document)
    days = rules.days.get(worker.category, rules.days_otherwise)
    return (days * worker.part_time_percent + 50) // 100 or None


def _write(agreement: Agreement, values: Mapping[str, Any], names: Any) -> None:
    """Write the fields `names` of an agreement from `values`; one without an end date has none."""
    for name in names:
        if name == "seats" or name not in values:
            continue
        value = values[name]
        setattr(agreement, name, list(value) if isinstance(value, tuple) else value)
    if agreement.term == Term.OPEN:
        agreement.until = None
    if agreement.until and agreement.starts_on and agreement.until <= agreement.starts_on:
        raise Refusal(N_("The last day is not before the first."), field="until")
    agreement.save()
    if "seats" in values and "seats" in names:
        agreement.seats.set(Seat.objects.filter(employer_id=agreement.employer_id, pk__in=values["seats"]))
