"""The months of the demo employer: opened, planned, given and asked, cleared, used and closed at their instants."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from contempo.agile.actions.appeals import reject, uphold
from contempo.agile.actions.bank.appealing import appeal
from contempo.agile.actions.bank.asking import ask
from contempo.agile.actions.bringing import Planned, bring_days, bring_gifts, bring_requests
from contempo.agile.actions.clearing.making import clear_again, clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.monitoring.presence import record_presence
from contempo.agile.actions.months.closing import close_month
from contempo.agile.actions.months.opening import open_month, prepare_month
from contempo.agile.actions.planning.settling import settle_presence
from contempo.agile.actions.planning.using import use_days
from contempo.agile.models import Account, Agreement, Appeal, Employer, Month, PlannedDay, PriorityVerification, Seat
from contempo.agile.models.balances import balances_of
from contempo.agile.models.planners import calendar_at, pattern_of
from contempo.agile.models.presence import rooms_of
from contempo.agile.rules.months import DayState, Place, Reason
from contempo.agile.rules.planning import days_of
from contempo.agile.rules.policy import next_month, proposed
from contempo.agile.rules.windows import ends
from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.core.clock import today
from contempo.people.public import SYSTEM

Moment = tuple[datetime, Callable[[], object]]

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Scene:
    """One month of the employer and what its people do in it, always the same for the same month."""

    stage: Stage
    told: dict[str, Any]
    employer: Employer
    first_day: date

    @property
    def month(self) -> Month:
        return Month.objects.get(employer=self.employer, first_day=self.first_day)

    def random(self, about: str) -> Random:
        return Random(f"{self.told['employer']} {self.first_day} {about}")


def month_moments(stage: Stage, told: dict[str, Any], employer: Employer, first: date) -> Iterator[Moment]:
    """What happens in each month from `first` to the one after today's, with its instant."""
    keeper, last = stage.actor(told["keeper"]), next_month(today().replace(day=1))
    number = 0
    while first <= last:
        scene, at = Scene(stage, told, employer, first), proposed().windows(first)
        yield at.plan_from - 3 * _DAY, partial(prepare_month, keeper, employer_id=employer.pk, first_day=first)
        yield at.plan_from - _DAY, partial(_open, scene)
        yield at.plan_from + 2 * _DAY, partial(_plan, scene)
        yield at.plan_until, partial(_settle, scene)
        yield at.bank_from + 2 * _HOUR, partial(_give_and_ask, scene)
        yield at.clear_at, partial(_clear, scene)
        yield at.publish_at, partial(_publish, scene)
        yield at.publish_at + 6 * _HOUR, partial(_use_awards, scene)
        for story in told.get("appeals", ()):
            if story["month"] == number:
                yield at.publish_at + _DAY, partial(_appeal, scene, story)
                if "answer" in story:
                    yield at.publish_at + 2 * _DAY, partial(_decide, scene, story)
        yield from _days_passing(scene)
        first, number = next_month(first), number + 1


def _days_passing(scene: Scene) -> Iterator[Moment]:
    """Used days are noted at the end of a month, and today for the one that is under way."""
    over = ends(Month(first_day=scene.first_day))
    yield over + _HOUR, partial(_use, scene)
    yield over + 9 * _HOUR, partial(_close, scene)


def use_until_today(employer: Employer) -> None:
    """Note the days of the running month that have passed."""
    running = Month.objects.filter(employer=employer, first_day=today().replace(day=1)).first()
    if running is not None:
        use_days(SYSTEM, month_id=running.pk)
        record_presence(SYSTEM, employer_id=employer.pk)


def _open(scene: Scene) -> None:
    open_month(scene.stage.actor(scene.told["keeper"]), month_id=scene.month.pk)


def _plan(scene: Scene) -> None:
    """Everybody plans a part of what they have, on their usual weekdays first."""
    random, month, crowd = scene.random("plan"), scene.month, scene.told["crowd"]
    seats = list(Seat.objects.filter(employer=scene.employer).order_by("id").values_list("pk", flat=True))
    usual = dict(Agreement.objects.filter(employer=scene.employer).values_list("worker_id", "weekdays"))
    calendar = calendar_at(scene.employer)
    planned = []
    for account in Account.objects.filter(month=month, agreement=True).select_related("worker").order_by("id"):
        working = pattern_of(account.worker, calendar).working_days(days_of(scene.first_day))
        liked = [day for day in working if day.weekday() in usual.get(account.worker_id, ())]
        others = [day for day in working if day not in liked]
        wanted = (account.entitled + account.carried) * random.choice(crowd["plans"]) // 100
        days = (liked + random.sample(others, k=len(others)))[:wanted]
        for day in sorted(days):
            at_seat = random.randrange(100) < crowd["at_seat"]
            where = (Place.SEAT, random.choice(seats)) if at_seat else ()
            planned.append(Planned(account.pk, day, *where))
    bring_days(SYSTEM, month_id=month.pk, days=planned)


def _settle(scene: Scene) -> None:
    facts.count_rows("agile")
    settle_presence(SYSTEM, month_id=scene.month.pk)


def _give_and_ask(scene: Scene) -> None:
    """Some who have days left give them; some who have none ask for more. The persons of the cast ask by themselves."""
    random, month, crowd = scene.random("bank"), scene.month, scene.told["crowd"]
    cast = {each["number"]: each for each in scene.told["people"]}
    accounts = list(Account.objects.filter(month=month, agreement=True).select_related("worker").order_by("id"))
    balances = balances_of([account.pk for account in accounts])
    rules, gifts, asked = proposed(), {}, {}
    grounds = {
        worker: Reason(crowd["backs"][ground])
        for worker, ground in PriorityVerification.objects.filter(worker__employer=scene.employer).values_list(
            "worker", "ground"
        )
    }
    names, weights = zip(*crowd["reasons"].items(), strict=True)
    for account in accounts:
        mine, balance = cast.get(account.worker.number), balances[account.pk]
        room = min(rules.bank_cap, balance.room(account.cap))
        if mine is not None:
            if "asks" in mine and room > 0:
                reason, days = Reason(mine["asks"]), min(mine["days"], room)
                ask(scene.stage.actor(mine["person"]), month_id=month.pk, reason=reason, days=days)
        elif balance.available > 2 and random.randrange(100) < crowd["gives"]:
            gifts[account.pk] = random.randint(1, balance.available - 1)
        elif room > 0 and random.randrange(100) < crowd["asks"]:
            backed = grounds.get(account.worker_id)
            asked[account.pk] = (backed or Reason(random.choices(names, weights)[0]), random.randint(1, room))
    bring_gifts(SYSTEM, month_id=month.pk, days=gifts)
    bring_requests(SYSTEM, month_id=month.pk, asked=asked)


def _clear(scene: Scene) -> None:
    clear_bank(SYSTEM, month_id=scene.month.pk)


def _publish(scene: Scene) -> None:
    publish_result(SYSTEM, month_id=scene.month.pk)


def _use_awards(scene: Scene) -> None:
    """Who got days from the bank plans them where the unit has room."""
    month, calendar = scene.month, calendar_at(scene.employer)
    accounts = list(
        Account.objects.filter(month=month, entries__kind="award", entries__days__gt=0)
        .select_related("worker", "unit")
        .order_by("id")
        .distinct()
    )
    taken: dict[int, set[date]] = {}
    kept = PlannedDay.objects.filter(account__in=accounts, state__in=[DayState.PLANNED, DayState.USED])
    for worker_id, day in kept.values_list("worker_id", "day"):
        taken.setdefault(worker_id, set()).add(day)
    balances = balances_of([account.pk for account in accounts])
    days = days_of(scene.first_day)
    rooms = {
        at: room.free for at, room in rooms_of({each.unit_id for each in accounts}, days, proposed().presence).items()
    }
    planned = []
    for account in accounts:
        working = pattern_of(account.worker, calendar).working_days(days)
        mine = taken.get(account.worker_id, set())
        free = [day for day in working if day not in mine and rooms[account.unit_id, day] > 0]
        for day in free[: balances[account.pk].available]:
            rooms[account.unit_id, day] -= 1
            planned.append(Planned(account.pk, day))
    bring_days(SYSTEM, month_id=month.pk, days=planned)


def _appeal(scene: Scene, story: dict[str, Any]) -> None:
    appeal(scene.stage.actor(story["person"]), month_id=scene.month.pk, text=story["text"])


def _decide(scene: Scene, story: dict[str, Any]) -> None:
    keeper = scene.stage.actor(scene.told["keeper"])
    found = Appeal.objects.get(month=scene.month, account__worker__person=scene.stage.cast.number(story["person"]))
    if not story["upheld"]:
        reject(keeper, appeal_id=found.pk, answer=story["answer"])
        return
    reason = Reason(story["reason"])
    uphold(keeper, appeal_id=found.pk, answer=story["answer"], reason=reason, days=story["days"])
    clear_again(keeper, month_id=scene.month.pk, why=story["why"])
    publish_result(keeper, month_id=scene.month.pk)


def _use(scene: Scene) -> None:
    use_days(SYSTEM, month_id=scene.month.pk)
    record_presence(SYSTEM, employer_id=scene.employer.pk)


def _close(scene: Scene) -> None:
    close_month(SYSTEM, month_id=scene.month.pk)
