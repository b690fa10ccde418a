"""What the Ministry is to be told of agreements, and what it was told."""

from collections.abc import Collection
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import may_keep, part_of
from contempo.agile.actions.agreements.story import locked_employer, said, tell_keepers
from contempo.agile.models import Agreement, Communication
from contempo.agile.rules.agreements import Told
from contempo.agile.rules.agreements.telling import due_on
from contempo.core import clock
from contempo.core.action import action
from contempo.core.calendar import local_day
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


def owe(actor: Actor, agreement: Agreement, told: tuple[Told, date] | None, title: Promise) -> None:
    """Note that the Ministry is to be told `told`, a thing and the day it happened, if anything; `title` tells who
    keeps the register.
    """
    if told is None:
        return
    kind, happened = told
    due = due_on(happened, public_body=agreement.employer.public_body)
    Communication.objects.create(
        employer=agreement.employer, agreement=agreement, kind=kind.value, happened_on=happened, due_on=due
    )
    by = said(_("By %(day)s."), day=f"{due:%d/%m/%Y}")
    tell_keepers(actor, agreement.employer, said(title, number=agreement.number), by, "comunicazioni/")


@action
def note_exported(actor: Actor, *, employer_id: int, communication_ids: Collection[int]) -> int:
    """Note that communications left as a file; they are owed until told. Tells how many had not left before."""
    employer, part = locked_employer(actor, employer_id)
    require(may_keep(part))
    fresh = Communication.objects.filter(employer=employer, pk__in=communication_ids, exported_at__isnull=True)
    return fresh.update(exported_at=clock.now())


@action
def mark_told(actor: Actor, *, communication_id: int, told_on: date, protocol: str) -> Communication:
    """Note that the Ministry was told, on which day, and the code of its receipt, which changes and ends refer to.

    A mistake is mended by saying it again. Raises Refusal beside `told_on` or `protocol`.
    """
    owed = (
        Communication.objects.select_for_update(of=("self",))
        .select_related("employer", "agreement")
        .filter(pk=communication_id, employer__network_id=actor.network_id)
        .first()
    )
    if owed is None:
        raise Refusal(N_("This communication is not there any more."))
    require(may_keep(part_of(actor, owed.employer)))
    if told_on > clock.today():
        raise Refusal(N_("This day is still to come."), field="told_on")
    signed_on = local_day(owed.agreement.signed_at) if owed.agreement.signed_at else owed.happened_on
    if told_on < min(owed.happened_on, signed_on):
        raise Refusal(N_("The Ministry cannot have been told before it happened."), field="told_on")
    if not protocol.strip():
        raise Refusal(N_("Write the code of the receipt."), field="protocol")
    owed.told_on, owed.protocol = told_on, protocol.strip()
    owed.save(update_fields=["told_on", "protocol"])
    return owed
