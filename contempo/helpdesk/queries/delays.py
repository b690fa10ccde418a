"""Promises that were broken: what the page on which the reason is written shows."""

from dataclasses import dataclass
from datetime import datetime

from contempo.core.verdict import require
from contempo.helpdesk.access import may_work_at_desk, visible_questions
from contempo.helpdesk.models import Promise, Question
from contempo.people.public import Actor, names


@dataclass(frozen=True)
class Delay:
    """A broken promise of a question; `reason` and `by` are empty until somebody has written why."""

    question_id: int
    number: str
    subject: str
    promised_by: datetime
    answered_at: datetime | None
    reason: str
    by: str
    url: str
    list_url: str


def delay_of(actor: Actor, *, network: str, number: int) -> Delay | None:
    """The first broken promise of question `number` that nobody explained, else the last explained. Four SQL at most.

    `network` is the slug. None when there is no such question for the actor, or nothing was late. Raises NotPermitted
    for who is not the desk.
    """
    require(may_work_at_desk(actor))
    desk = f"/{network}/esperti/domande/"
    question = visible_questions(actor, Question.objects.all()).filter(number=number).only("number", "subject").first()
    if question is None:
        return None
    broken = list(Promise.objects.filter(question=question, breached_at__isnull=False).order_by("number"))
    if not broken:
        return None
    row = next((one for one in broken if one.breach_explained_by_id is None), broken[-1])
    by = row.breach_explained_by_id
    return Delay(
        question_id=question.pk,
        number=str(number),
        subject=question.subject,
        promised_by=row.breached_at,
        answered_at=row.answered_at,
        reason=row.breach_reason,
        by=names([by]).get(by, "") if by else "",
        url=f"{desk}{number}/",
        list_url=desk,
    )
