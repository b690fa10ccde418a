"""What the days do to agreements: they begin, are replaced and end, deadlines come near, their time of keeping passes.

Safe to run twice, and after any stop: each looks at what is due, not at what happened since.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import may_run_installation
from contempo.agile.actions.agreements.story import MINISTRY, keepers_of, locked, move, path, said, tell
from contempo.agile.events import AgreementEnded
from contempo.agile.models import (
    Agreement,
    AgreementMove,
    Communication,
    Employer,
    PriorityVerification,
    Worker,
)
from contempo.agile.models.agreements import in_force_on
from contempo.agile.rules.agreements import IN_THE_MAKING, SIGNED, AgreementState
from contempo.agile.rules.agreements.keeping import NEVER_SIGNED_KEPT, VERIFICATION_KEPT, kept_until
from contempo.agile.rules.agreements.telling import REMIND_BEFORE
from contempo.core import audit, clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import require
from contempo.people.public import Actor

BATCH = 500
_TEXTS = (
    "objectives",
    "activities",
    "rest",
    "tools",
    "place_words",
    "control",
    "training",
    "statement",
    "signer_name",
    "justified_reason",
    "self_evaluation",
    "evaluation",
)


def over_today(today: date) -> list[int]:
    """Agreements whose days are over, or whose worker has left, and that are still said to hold."""
    left = Q(worker__until__lte=today)
    over = Agreement.objects.filter(Q(until__lte=today) | left, state=AgreementState.IN_FORCE)
    return list(over.order_by("id").values_list("id", flat=True)[:BATCH])


@action
def end_over(actor: Actor, *, agreement_id: int) -> None:
    """End an agreement whose last day has passed: replaced when another goes on from it, ended otherwise."""
    require(may_run_installation(actor))
    agreement, _part, whos = locked(actor, agreement_id)
    today = clock.today()
    gone = agreement.worker.until
    if gone is not None and gone <= today and agreement.starts_on is not None:
        last = max(gone, agreement.starts_on + timedelta(days=1))
        agreement.until = min(agreement.until or last, last)
    if agreement.state != AgreementState.IN_FORCE or agreement.until is None or agreement.until > today:
        return
    followed = agreement.followers.filter(state__in=sorted(SIGNED), starts_on=agreement.until).exists()
    move(actor, agreement, "replace" if followed else "end", whos)
    if not followed:
        publish(AgreementEnded(agreement_id=agreement.pk), network_id=agreement.employer.network_id)


@action
def mirror_all(actor: Actor) -> int:
    """Bring `Worker.agile` in line with the agreements that hold today; tells how many workers changed."""
    require(may_run_installation(actor))
    today = clock.today()
    holding = Agreement.objects.filter(in_force_on(today), worker__present=True).values("worker_id")
    changed = Worker.objects.filter(agile=False, pk__in=holding).update(agile=True)
    return changed + Worker.objects.filter(agile=True).exclude(pk__in=holding).update(agile=False)


@action
def remind_telling(actor: Actor) -> int:
    """Tell human resources of what the Ministry is owed within two days, and of what is late; how many employers."""
    require(may_run_installation(actor))
    today = clock.today()
    near = Communication.objects.filter(told_on__isnull=True, due_on__lte=today + REMIND_BEFORE)
    fresh = near.exclude(reminded_on=today).select_for_update(skip_locked=True)
    rows: dict[int, list[date]] = {}
    keys = []
    for key, employer_id, due in fresh.order_by("id").values_list("id", "employer_id", "due_on"):
        keys.append(key)
        rows.setdefault(employer_id, []).append(due)
    Communication.objects.filter(pk__in=keys).update(reminded_on=today)
    for employer in Employer.objects.filter(pk__in=rows).select_related("network", "organisation").order_by("id"):
        owed = rows[employer.pk]
        tell(
            actor,
            employer,
            MINISTRY,
            keepers_of(employer),
            said(_("Communications to the Ministry: %(count)s to send by %(day)s"), count=len(owed), day=_day(owed)),
            said(_("Of these, %(late)s are late."), late=sum(due < today for due in owed)),
            path(employer, "comunicazioni/?stato=dovute"),
        )
    return len(rows)


def _day(days: list[date]) -> str:
    return f"{max(days):%d/%m/%Y}"


@action
def erase_old(actor: Actor) -> int:
    """Erase agreements kept as long as the law asks, and those never signed a year after; tells how many.

    Five years from the signature (Ministerial decree 149/2022). With them go their steps and communications, and the
    kept versions of their words.
    """
    require(may_run_installation(actor))
    now, today = clock.now(), clock.today()
    old = now - timedelta(days=5 * 365)
    signed = Agreement.objects.filter(state__in=sorted(SIGNED), signed_at__lt=old, until__lte=today)
    keys = [
        key
        for key, signed_at, until in signed.order_by("id").values_list("id", "signed_at", "until")[:BATCH]
        if kept_until(signed_at, until) <= today
    ]
    never = Agreement.objects.filter(
        state__in=sorted(IN_THE_MAKING | {AgreementState.REFUSED, AgreementState.DROPPED}),
        state_since__lt=now - NEVER_SIGNED_KEPT,
    )
    keys += never.order_by("id").values_list("id", flat=True)[:BATCH]
    Agreement.objects.filter(previous__in=keys).update(previous=None)
    AgreementMove.objects.filter(agreement__in=keys).delete()
    Agreement.objects.filter(pk__in=keys).delete()
    audit.forget(Agreement, keys, fields=_TEXTS)
    return len(keys)


@action
def erase_verifications(actor: Actor) -> int:
    """Erase grounds of priority a year after their end, and those of workers who left a year ago; tells how many."""
    require(may_run_installation(actor))
    before = clock.today() - VERIFICATION_KEPT
    over = PriorityVerification.objects.filter(Q(until__lte=before) | Q(worker__until__lte=before))
    keys = list(over.order_by("id").values_list("id", flat=True)[:BATCH])
    PriorityVerification.objects.filter(pk__in=keys).delete()
    audit.forget(PriorityVerification, keys, fields=("ground",))
    return len(keys)
