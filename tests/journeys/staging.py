"""What journeys need in the database of the site: a month of the bank, the link of an invitation.

The month is one whose result was published two days ago, made by the actions at the instants of its windows. Journeys
have it staged in the database of the site, so that whatever the day there is a result to appeal against. Everybody with
an agreement asks for days, so that they are short: Sara before all others, Grazia after them.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from contempo.agile.actions.bringing import Planned, bring_days, bring_requests
from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.months.opening import open_month, prepare_month
from contempo.agile.actions.planning.settling import settle_presence
from contempo.agile.models import Account, Employer, Month
from contempo.agile.models.planners import calendar_at, pattern_of
from contempo.agile.rules.months import Reason
from contempo.agile.rules.planning import days_of
from contempo.core.clock import now, replaying
from contempo.people.models import Person
from contempo.people.public import SYSTEM, actor_for
from contempo.questionnaires.access import code_of
from contempo.questionnaires.models import Invitation
from contempo.questionnaires.rules.states import InvitationState

DAYS_AGO = {
    "plan_from": 12,
    "plan_until": 8,
    "bank_from": 7,
    "donate_until": 5,
    "request_until": 4,
    "clear_at": 3,
    "publish_at": 2,
    "appeal_until": -5,
}
CAST = {"grazia.lomuto@example.org": Reason.OTHER, "sara.moretti@example.org": Reason.CHILDREN}
_HOUR = timedelta(hours=1)


def stage(key: str) -> None:
    """Have the month `2027-02` opened, two dates planned by the cast, days asked for, cleared, published; all or
    nothing.
    """
    first_day = date.fromisoformat(f"{key}-01")
    employer = Employer.objects.get(organisation__slug="comune-di-milano")
    keeper = actor_for(Person.objects.get(email="paolo.ghezzi@example.org"), employer.network_id)
    at = {name: now() - timedelta(days=days) for name, days in DAYS_AGO.items()}

    def happens(moment: str, what: Callable[[], object], after: timedelta = _HOUR) -> None:
        with replaying(at[moment] + after):
            what()

    def prepare() -> Month:
        return prepare_month(keeper, employer_id=employer.pk, first_day=first_day, windows=at)

    with transaction.atomic():
        happens("plan_from", prepare, -2 * _HOUR)
        month_id = Month.objects.get(employer=employer, first_day=first_day).pk
        happens("plan_from", lambda: open_month(keeper, month_id=month_id), -_HOUR)
        accounts = Account.objects.filter(month=month_id, agreement=True).select_related("worker__person")
        happens("plan_from", lambda: _plan(employer, month_id, list(accounts), first_day))
        happens("plan_until", lambda: settle_presence(SYSTEM, month_id=month_id))
        happens("bank_from", lambda: _ask(month_id, list(accounts)))
        happens("clear_at", lambda: clear_bank(SYSTEM, month_id=month_id))
        happens("publish_at", lambda: publish_result(SYSTEM, month_id=month_id))


def _email(account: Account) -> str:
    return account.worker.person.email if account.worker.person else ""


def _plan(employer: Employer, month_id: int, accounts: list[Account], first_day: date) -> None:
    """The cast plans the first two working days."""
    calendar = calendar_at(employer)
    mine = [each for each in accounts if _email(each) in CAST]
    working = {each.pk: pattern_of(each.worker, calendar).working_days(days_of(first_day)) for each in mine}
    days = [Planned(each.pk, day) for each in mine for day in working[each.pk][:2]]
    bring_days(SYSTEM, month_id=month_id, days=days)


def _ask(month_id: int, accounts: list[Account]) -> None:
    """Everybody asks for three days, or for what the cap leaves."""
    room = {each: min(3, each.cap - each.entitled - each.carried) for each in accounts}
    asked = {each.pk: (CAST.get(_email(each), Reason.DISTANCE), days) for each, days in room.items() if days > 0}
    bring_requests(SYSTEM, month_id=month_id, asked=asked)


def waiting_link(title: str, place: int) -> str:
    """The address, without the site, by which who was invited in the running campaign with this title can answer.

    `place`, from 0 to 7, keeps journeys apart that go on at the same time: none gets the invitation of another.
    """
    asked = Invitation.objects.filter(campaign__title=title, state=InvitationState.SENT).order_by("pk")
    invitation = next(one for one in asked.select_related("campaign__network") if one.pk % 8 == place)
    return f"/{invitation.campaign.network.slug}/r/{code_of(invitation)}/"
