"""What every step of an agreement has in common: the lock, the change of state, its line in the story, who is told."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.utils.functional import Promise, lazy

from contempo.agile.access import Part, part_of, parts_in_agreement
from contempo.agile.models import Agreement, AgreementMove, Employer, Worker
from contempo.agile.models.agreements import in_force_on
from contempo.agile.rules.agreements import AGREEMENT, SIGNED, Who
from contempo.agile.rules.agreements.terms import Terms
from contempo.core import clock
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import (
    Actor,
    Kind,
    OrganisationRole,
    notify,
    persons_of_organisation,
    register_notification_kind,
)

MINE = Kind("agile.agreement", N_("My agreement on agile work"))
TEAM = Kind("agile.team", N_("Agreements of my team"))
MINISTRY = Kind("agile.ministry", N_("Agreements to tell the Ministry of"))
SAFETY = Kind("agile.safety", N_("Safety notices of agile work"))

GONE = N_("This agreement is not there any more.")
MOST_TEXT = 2000


def register_kinds() -> None:
    """Make the notifications about agreements known; called once when the application starts."""
    for kind in (MINE, TEAM, MINISTRY, SAFETY):
        register_notification_kind(kind)


def locked_employer(actor: Actor, employer_id: int) -> tuple[Employer, Part]:
    """An employer of the actor's network, locked, with the actor's part there; Refusal when it is not there."""
    employer = (
        Employer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("network", "organisation")
        .filter(pk=employer_id, network_id=actor.network_id)
        .first()
    )
    if employer is None:
        raise Refusal(N_("This employer is not there any more."))
    return employer, part_of(actor, employer)


def locked(actor: Actor, agreement_id: int) -> tuple[Agreement, Part, frozenset[Who]]:
    """An agreement of the actor's network, locked, with the actor's part and parts in its steps.

    Locks are taken in one order everywhere: agreement, worker, other agreements by id. Refusal when it is not there, or
    not for the actor.
    """
    agreement = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("employer__network", "employer__organisation", "worker__unit", "unit", "previous")
        .filter(pk=agreement_id, **({} if actor.is_system else {"employer__network_id": actor.network_id}))
        .first()
    )
    if agreement is None:
        raise Refusal(GONE)
    if actor.is_system:
        return agreement, Part(agreement.employer, hr=True), frozenset({Who.CLOCK})
    part = part_of(actor, agreement.employer)
    whos = parts_in_agreement(part, agreement)
    if not whos:
        raise Refusal(GONE)
    return agreement, part, whos


def move(
    actor: Actor, agreement: Agreement, transition: str, whos: Iterable[str], text: str = "", terms: Terms | None = None
) -> None:
    """Move a locked agreement along `transition`, save it, and write its line in the story. Raises Refusal and
    NotPermitted.
    """
    agreement.state = AGREEMENT.move(agreement.state, transition, whos)
    agreement.state_since = clock.now()
    agreement.save()
    AgreementMove.objects.create(
        agreement=agreement,
        at=agreement.state_since,
        transition=transition,
        state=agreement.state,
        person_id=actor.person_id,
        text=text,
        terms=terms.to_json() if terms else {},
    )


def said_text(text: str, field: str, missing: str) -> str:
    """A text that somebody else will read: not empty, and no longer than a page. Raises Refusal beside `field`."""
    text = text.strip()
    if not text:
        raise Refusal(missing, field=field)
    if len(text) > MOST_TEXT:
        raise Refusal(
            N_("The text has %(count)s characters: at most %(most)s are allowed."),
            field=field,
            count=len(text),
            most=MOST_TEXT,
        )
    return text


def mirror_agile(worker_ids: Iterable[int], today: date) -> None:
    """Write into `Worker.agile` whether an agreement of each worker holds today."""
    wanted = set(worker_ids)
    holding = set(Agreement.objects.filter(in_force_on(today), worker__in=wanted).values_list("worker_id", flat=True))
    Worker.objects.filter(pk__in=wanted & holding, agile=False).update(agile=True)
    Worker.objects.filter(pk__in=wanted - holding, agile=True).update(agile=False)


def overlapping(agreement: Agreement, since: date, until: date | None) -> Agreement | None:
    """Another signed agreement of the worker, besides the previous one, that holds on a day of `[since, until)`."""
    others = Agreement.objects.filter(worker_id=agreement.worker_id, state__in=sorted(SIGNED), starts_on__isnull=False)
    others = others.exclude(pk__in=[agreement.pk, agreement.previous_id or 0])
    if until is not None:
        others = others.filter(starts_on__lt=until)
    return others.exclude(until__lte=since).order_by("starts_on").first()


def _fill(text: Promise, params: dict[str, Any]) -> str:
    return str(text) % {key: str(value) for key, value in params.items()}


_filled = lazy(_fill, str)


def said(text: Promise, /, **params: object) -> Promise:
    """`text` (lazily translated) with `params` put in, in the language of whoever reads it."""
    return cast(Promise, _filled(text, params))


def path(employer: Employer, rest: str) -> str:
    """Path of a page of an employer."""
    return f"/{employer.network.slug}/lavoro-agile/{employer.organisation.slug}/{rest}"


def agreement_path(agreement: Agreement) -> str:
    """Path of the page of an agreement."""
    return path(agreement.employer, f"accordi/{agreement.number}/")


def managers_of(agreement: Agreement) -> set[int]:
    """The persons an agreement waits for: the nearest head above the worker, else human resources."""
    above = [int(part) for part in agreement.unit.path.strip("/").split("/") if part]
    heads = dict(
        Worker.objects.filter(unit__in=above, heads_unit=True, present=True, person__isnull=False)
        .exclude(pk=agreement.worker_id)
        .values_list("unit_id", "person_id")
    )
    nearest = next((heads[unit] for unit in reversed(above) if unit in heads), None)
    return {nearest} if nearest is not None else keepers_of(agreement.employer)


def keepers_of(employer: Employer) -> set[int]:
    """The persons who keep the agile work of an employer: its human resources."""
    return {person.id for person in persons_of_organisation(employer.organisation_id, OrganisationRole.HR_MANAGER)}


def tell_worker(actor: Actor, agreement: Agreement, title: Promise, text: Promise) -> None:
    """Tell the worker, unless it is who acts."""
    tell(actor, agreement.employer, MINE, {agreement.worker.person_id or 0}, title, text, agreement_path(agreement))


def tell_managers(actor: Actor, agreement: Agreement, title: Promise, text: Promise) -> None:
    """Tell who decides on the agreement."""
    tell(actor, agreement.employer, TEAM, managers_of(agreement), title, text, agreement_path(agreement))


def tell_keepers(actor: Actor, employer: Employer, title: Promise, text: Promise, rest: str) -> None:
    """Tell human resources of what the Ministry is owed."""
    tell(actor, employer, MINISTRY, keepers_of(employer), title, text, path(employer, rest))


def tell(
    actor: Actor, employer: Employer, kind: Kind, people: set[int], title: Promise, text: Promise, url: str
) -> None:
    """Tell these persons, the actor left out."""
    notify(
        people - {0, actor.person_id or 0},
        kind=kind.name,
        network_id=employer.network_id,
        title=title,
        text=text,
        url=url,
    )


def name_of(worker: Worker) -> str:
    """The name a worker is told of by: that of the linked person, else the staff number."""
    return (worker.person.full_name if worker.person else "") or worker.number


NOT_ELIGIBLE = N_("The mapping says that too little of your work can be done remotely: see how this was reckoned.")
