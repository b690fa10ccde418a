"""Appeals: what a worker says against a result."""

from django.utils.translation import gettext_lazy as _

from contempo.agile.access import may_act_as_worker, part_of
from contempo.agile.actions.ledger import locked_month
from contempo.agile.actions.months.telling import FOR_KEEPERS, keepers, month_path, tell
from contempo.agile.models import Account, Appeal, Clearing
from contempo.agile.rules.windows import may_appeal
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

LONGEST = 4000


@action
def appeal(actor: Actor, *, month_id: int, text: str) -> Appeal:
    """Say what is wrong with one's result: once for each clearing, while the window of appeals is open.

    Raises NotPermitted, and Refusal beside `text`.
    """
    month = locked_month(month_id)
    part = part_of(actor, month.employer)
    require(may_act_as_worker(part))
    account = Account.objects.select_for_update(of=("self",)).filter(month=month, worker=part.worker).first()
    if account is None:
        raise Refusal(N_("You have no account in this month: your work could not be done remotely when it was opened."))
    now = clock.now()
    verdict = may_appeal(month, now)
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)
    text = text.strip()
    if not text:
        raise Refusal(N_("Write what is wrong."), field="text")
    if len(text) > LONGEST:
        raise Refusal(N_("This text is too long: %(most)s characters at most."), field="text", most=LONGEST)
    clearing = Clearing.objects.filter(month=month).latest("number")
    if Appeal.objects.filter(account=account, clearing=clearing).exists():
        raise Refusal(N_("You have appealed against this result already."))
    made = Appeal.objects.create(account=account, month=month, clearing=clearing, text=text, made_at=now)
    tell(
        keepers(month) - {actor.person_id or 0},
        month,
        kind=FOR_KEEPERS,
        title=_("An appeal waits for an answer"),
        text=_("A worker appealed against the result of the bank of days."),
        url=f"{month_path(month, 'mesi')}ricorsi/{made.pk}/",
    )
    return made
