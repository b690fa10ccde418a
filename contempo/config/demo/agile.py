"""The agile work of an employer of a network: structure and staff from files, mapping, agreements, then its months."""

from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db.models import Count

from contempo.agile.actions.agreements.deciding import submit
from contempo.agile.actions.agreements.drafting import begin, save_step
from contempo.agile.actions.agreements.priorities import verify
from contempo.agile.actions.agreements.safety import publish_notice
from contempo.agile.actions.agreements.upkeep import mirror_all
from contempo.agile.actions.bringing import Signed, bring_agreements
from contempo.agile.actions.mapping.assessments import assess
from contempo.agile.actions.mapping.criteria import publish_criteria
from contempo.agile.actions.months.policies import publish_policy
from contempo.agile.actions.planning.presence import set_presence
from contempo.agile.actions.planning.seats import save_seat
from contempo.agile.actions.staff.linking import claim_worker
from contempo.agile.actions.staff.opening import open_employer
from contempo.agile.models import Employer, Seat, Unit, WorkActivity, Worker
from contempo.agile.rules.agreements import Term
from contempo.agile.rules.agreements.terms import STEP_FIELDS
from contempo.agile.rules.mapping import Met
from contempo.agile.rules.mapping.assessing import Answer
from contempo.agile.rules.mapping.criteria import PROPOSED, THRESHOLD
from contempo.agile.rules.months import Place
from contempo.agile.rules.policy import month_before, next_month, proposed
from contempo.config.demo import facts
from contempo.config.demo.agile_months import Moment, month_moments, use_until_today
from contempo.config.demo.agile_plan import load_work_plan
from contempo.config.demo.bringing import bring
from contempo.config.demo.networks import Stage
from contempo.core.clock import ROME, now, replaying, today
from contempo.people.public import SYSTEM

_FILES = {"agile.units": "units", "agile.staff": "staff", "agile.activities": "activities", "agile.shares": "shares"}
"""Kinds of imports in the order in which they stand on each other, and the files they are brought from."""
_MET = {"y": Met.YES, "p": Met.PARTLY, "n": Met.NO}
UNREAD = timedelta(days=7)
_TWO_YEARS = timedelta(days=730)


def load_agile(stage: Stage) -> int:
    """Replay the agile work of the employer of a network, if it has one; tells how many workers it has.

    Months are those before today's and the next one: dates follow the day of loading.
    """
    folder = f"{stage.slug}/agile"
    if not facts.exists(f"{folder}/agile.toml"):
        return 0
    told = facts.toml(f"{folder}/agile.toml")
    first = now().astimezone(ROME).date().replace(day=1)
    for _month in range(told["months"]):
        first = month_before(first)
    with replaying(datetime.combine(first - timedelta(days=75), datetime.min.time().replace(hour=9), ROME)):
        employer = open_employer(stage.actor(told["keeper"]), organisation_id=stage.organisations[told["employer"]])
        for kind, name in _FILES.items():
            bring(stage.actor(told["keeper"]), kind, employer.pk, f"{folder}/{name}.csv")
        facts.count_rows("agile")
        _assess(stage, told, folder, employer)
        _meet(stage, told, employer)
    with replaying(datetime.combine(first - timedelta(days=60), datetime.min.time().replace(hour=9), ROME)):
        _rule(stage, told, employer, first)
        _verify(stage, told, employer)
        _sign(stage, told, employer, first)
        load_work_plan(stage.actor(told["keeper"]), employer, told["work_plan"])
    moments: list[Moment] = [
        *month_moments(stage, told, employer, first),
        (now() - UNREAD, partial(stage.cast.read_all, stage.id)),
    ]
    for at, happens in sorted(moments, key=lambda moment: moment[0]):
        if at <= now():
            with replaying(at):
                happens()
    use_until_today(employer)
    mirror_all(SYSTEM)
    with replaying(now() - timedelta(days=2)):
        _ask_for_agreements(stage, told, employer)
    return Worker.objects.filter(employer=employer).count()


def _assess(stage: Stage, told: dict[str, Any], folder: str, employer: Employer) -> None:
    """Publish the criteria and assess every activity; `answers` has a letter for each criterion, in their order."""
    actor = stage.actor(told["keeper"])
    version = publish_criteria(actor, employer_id=employer.pk, criteria=PROPOSED, threshold=THRESHOLD)
    activities = dict(WorkActivity.objects.filter(employer=employer).values_list("code", "pk"))
    for row in facts.rows(f"{folder}/answers.csv"):
        answers = {
            criterion.key: Answer(_MET[letter], told["criteria"][criterion.key].get(_MET[letter].value, ""))
            for criterion, letter in zip(PROPOSED, row["answers"], strict=True)
        }
        assess(actor, activity_id=activities[row["activity"]], version=version.number, answers=answers)


def _meet(stage: Stage, told: dict[str, Any], employer: Employer) -> None:
    """The persons of the cast say which rows are theirs, how they go to work, and what was verified of them."""
    for each in told["people"]:
        worker = claim_worker(stage.actor(each["person"]), employer_id=employer.pk)
        Worker.objects.filter(pk=worker.pk).update(
            safety_representative=each.get("safety", False),
            commute_means=each.get("means", ""),
            commute_km=each.get("km"),
        )


def _verify(stage: Stage, told: dict[str, Any], employer: Employer) -> None:
    """Grounds of priority that human resources looked at: the ones of the cast, and some of the crowd."""
    random, keeper = Random(told["employer"]), stage.actor(told["keeper"])
    grounds = {each["number"]: each["ground"] for each in told["people"] if "ground" in each}
    eligible = list(
        Worker.objects.filter(employer=employer, eligible=True, person=None)
        .order_by("number")
        .values_list("number", flat=True)
    )
    for ground, count in told["crowd"]["verified"].items():
        grounds |= dict.fromkeys(random.sample(eligible, k=count), ground)
    for number, ground in grounds.items():
        verify(keeper, employer_id=employer.pk, number=number, ground=ground, verified_on=today())


def _rule(stage: Stage, told: dict[str, Any], employer: Employer, first: date) -> None:
    actor = stage.actor(told["keeper"])
    publish_policy(actor, employer_id=employer.pk, rules=proposed(), first_month=first, note=told["policy"]["note"])
    for seat in told["seats"]:
        save_seat(actor, employer_id=employer.pk, since=first, until=None, **seat)
    for unit in Unit.objects.annotate(staff=Count("workers")).filter(employer=employer, staff=1):
        set_presence(actor, employer_id=employer.pk, unit_id=unit.pk, weekday=None, percent=0)
    for year in {first.year, now().year}:
        publish_notice(actor, employer_id=employer.pk, year=year, **told["notice"])


def _sign(stage: Stage, told: dict[str, Any], employer: Employer, first: date) -> None:
    """Agreements that hold from the first month, and some from a later one; commuting of those who declared it."""
    random, crowd, terms = Random(told["employer"]), told["crowd"], told["agreement"]
    cast = {each["number"]: each for each in told["people"]}
    signed, declared = [], []
    for worker in Worker.objects.filter(employer=employer, eligible=True).order_by("number"):
        mine = cast.get(worker.number, {})
        if random.randrange(100) < crowd["declared"]:
            worker.commute_means = random.choices([*crowd["means"]], [*crowd["means"].values()])[0]
            worker.commute_km = round(random.lognormvariate(2.2, 0.7), 1)
            declared.append(worker)
        if mine.get("agreement") == "asked" or (random.randrange(100) >= crowd["with_agreement"] and not mine):
            continue
        starts_on = first if mine or random.randrange(100) >= crowd["later"] else _later(random, first)
        fixed = not mine and random.randrange(3) > 0
        usual = mine.get("weekdays") or sorted(random.sample(worker.weekdays, k=min(2, len(worker.weekdays))))
        signed.append(
            Signed(
                worker.pk,
                {
                    **terms,
                    "weekdays": usual,
                    "places": [Place.HOME.value, Place.SEAT.value],
                    "term": (Term.FIXED if fixed else Term.OPEN).value,
                    "starts_on": starts_on,
                    "until": starts_on + _TWO_YEARS if fixed else None,
                    "signer_name": worker.number,
                },
                told_on=starts_on + timedelta(days=3),
            )
        )
    Worker.objects.bulk_update(declared, ["commute_means", "commute_km"], batch_size=500)
    seats = Seat.objects.filter(employer=employer).values_list("pk", flat=True)
    bring_agreements(SYSTEM, employer_id=employer.pk, signed=signed, seat_ids=list(seats))


def _ask_for_agreements(stage: Stage, told: dict[str, Any], employer: Employer) -> None:
    """Persons of the cast who have no agreement yet write one and send it."""
    terms: dict[str, Any] = {**told["agreement"], "term": Term.OPEN.value, "places": [Place.HOME.value]}
    terms["starts_on"] = next_month(today().replace(day=1))
    for each in told["people"]:
        if each.get("agreement") == "asked":
            actor = stage.actor(each["person"])
            agreement = begin(actor, employer_id=employer.pk)
            mine = {**terms, "weekdays": each["weekdays"]}
            for step, fields in STEP_FIELDS.items():
                values = {name: mine[name] for name in fields if name in mine}
                save_step(actor, agreement_id=agreement.pk, step=step, values=values)
            submit(actor, agreement_id=agreement.pk)


def _later(random: Random, first: date) -> date:
    return (first + timedelta(days=31 * random.randint(1, 4))).replace(day=1)
