"""Publishing the result of a clearing."""

from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.agreements.story import said
from contempo.agile.actions.months.opening import kept_month
from contempo.agile.actions.months.telling import FOR_WORKERS, month_path, tell
from contempo.agile.events import ResultPublished
from contempo.agile.models import Clearing, Entry
from contempo.agile.rules.agreements import Who
from contempo.agile.rules.months import MONTH, MonthState
from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.people.public import Actor


@action
def publish_result(actor: Actor, *, month_id: int) -> Clearing:
    """Publish the last clearing of a month: its report, its file and the seed. Who asked is told afterwards."""
    month = kept_month(actor, month_id)
    month.state = MONTH.move(month.state, "publish", {Who.CLOCK} if actor.is_system else {Who.HR})
    month.published_at = clock.now()
    month.save(update_fields=["state", "published_at"])
    clearing = Clearing.objects.filter(month=month).latest("number")
    clearing.published_at = month.published_at
    clearing.save(update_fields=["published_at"])
    publish(ResultPublished(clearing.pk, after=0), network_id=month.employer.network_id)
    return clearing


AT_ONCE = 500


@action
def tell_who_asked(actor: Actor, *, clearing_id: int, after: int) -> None:
    """Tell the next persons, by their accounts, that the result is out, and have the others told in their turn.

    Whom nothing changed for in a later clearing is not told again; of a month that is closed by now nobody is.
    """
    clearing = Clearing.objects.select_related("month__employer__network", "month__employer__organisation").get(
        id=clearing_id
    )
    if clearing.month.state == MonthState.CLOSED:
        return
    entries = Entry.objects.filter(clearing=clearing, account_id__gt=after).order_by("account_id")
    if clearing.number > 1:
        entries = entries.exclude(days=0)
    rows = list(entries.values_list("account_id", "account__worker__person_id")[:AT_ONCE])
    tell(
        (person for _account, person in rows if person is not None),
        clearing.month,
        kind=FOR_WORKERS,
        title=said(_("The bank has given out the days of %(month)s"), month=f"{clearing.month.first_day:%m/%Y}"),
        text=_("See how many you got and why. You can appeal while the window is open."),
        url=month_path(clearing.month, "banca"),
    )
    if len(rows) == AT_ONCE:
        publish(ResultPublished(clearing.pk, after=rows[-1][0]), network_id=clearing.month.employer.network_id)
