"""Closing a month: what is left expires, what may be carried over is granted anew."""

from datetime import datetime

from django.db import connection

from contempo.agile.actions.months.budgets import carry_over
from contempo.agile.actions.months.opening import kept_month
from contempo.agile.models import Appeal, Employer, Month
from contempo.agile.models.balances import PARTS
from contempo.agile.models.ledger import effect_sql
from contempo.agile.rules.agreements import Who
from contempo.agile.rules.months import MONTH, AppealState, MonthState
from contempo.agile.rules.policy import next_month
from contempo.agile.rules.windows import may_close
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def close_month(actor: Actor, *, month_id: int) -> Month:
    """Close a month that is over: available days expire, pools too; up to the cap of the rules they are granted in the
    month after, at once when that one is open already. Raises NotPermitted, and Refusal while appeals wait.
    """
    employer_id = Month.objects.filter(id=month_id).values_list("employer_id", flat=True).first()
    # Opening the month after takes the same lock first: what is carried over is neither lost nor given twice.
    Employer.objects.select_for_update(of=("self",)).filter(id=employer_id).first()
    month = kept_month(actor, month_id)
    state = MONTH.move(month.state, "close", {Who.CLOCK} if actor.is_system else {Who.HR})
    now = clock.now()
    verdict = may_close(month, now)
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)
    waiting = Appeal.objects.filter(month=month, state=AppealState.OPEN).count()
    if waiting:
        raise Refusal(N_("%(waiting)s appeals still wait for an answer."), waiting=waiting)
    _expire(month, now, actor.person_id)
    month.state, month.closed_at = state, now
    month.save(update_fields=["state", "closed_at"])
    following = Month.objects.filter(employer_id=employer_id, first_day=next_month(month.first_day)).exclude(
        state__in=[MonthState.DRAFT, MonthState.CLOSED]
    )
    for after in following.select_for_update(of=("self",)).select_related("policy"):
        carry_over(month, after, at=now, person_id=actor.person_id)
    return month


def _expire(month: Month, now: datetime, person_id: int | None) -> None:
    available = f"sum({effect_sql(PARTS[0], 'entry')})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO agile_entry (month_id, account_id, directorate_id, kind, days, asked, own, shared, reason,
                position, klass, held, person_id, at)
            SELECT %(month)s, account_id, NULL::bigint, 'expire', {available}, 0, 0, 0, 0, 0, 0, 0, %(person)s::bigint,
                %(now)s::timestamptz
            FROM agile_entry AS entry WHERE month_id = %(month)s AND account_id IS NOT NULL
            GROUP BY account_id HAVING {available} > 0
            UNION ALL
            SELECT month_id, NULL, directorate_id, 'expire', free, 0, CASE WHEN directorate_id IS NULL THEN 0 ELSE -free
                END, CASE WHEN directorate_id IS NULL THEN -free ELSE 0 END, 0, 0, 0, 0,
                %(person)s::bigint, %(now)s::timestamptz
            FROM agile_pool WHERE month_id = %(month)s AND free > 0
            """,
            {"month": month.pk, "person": person_id, "now": now},
        )
