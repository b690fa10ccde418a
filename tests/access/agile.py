"""An employer with its staff, for the matrix to ask about."""

from datetime import date, timedelta

from contempo.agile.actions.mapping.activities import add_activity
from contempo.agile.actions.mapping.assessments import assess
from contempo.agile.actions.mapping.criteria import publish_criteria
from contempo.agile.actions.monitoring.plans import Written, add_action, adopt_plan, create_plan
from contempo.agile.actions.months.opening import open_month, prepare_month
from contempo.agile.actions.months.policies import publish_policy
from contempo.agile.models import (
    Account,
    Appeal,
    Clearing,
    Communication,
    Feed,
    Month,
    PlannedDay,
    PresenceRule,
    PriorityVerification,
    SafetyNotice,
    Seat,
    Worker,
)
from contempo.agile.rules.agreements import AgreementState, Ground, Told
from contempo.agile.rules.mapping import PROPOSED, THRESHOLD, Answer, Met
from contempo.agile.rules.months import DayState
from contempo.agile.rules.policy import month_before, proposed
from contempo.agile.rules.windows import INSTANTS
from contempo.agile.tests.agreements.samples import AgreementFactory
from contempo.agile.tests.factories import EmployerWorld, make_employer
from contempo.core import clock
from contempo.network.models import Organisation
from contempo.people.models import Person
from contempo.people.public import actor_for
from tests.access.imports import import_parts

Parts = dict[str, dict[str, object]]


def agile_parts(organisation_id: object, cast: dict[str, Person]) -> Parts:
    """The employer is the organisation of the cast, whose human resources manager keeps it.

    `worker` works in an office, `head` heads the directorate of that office, `safety` represents the workers for safety
    in another directorate.
    """
    organisation = Organisation.objects.select_related("network").get(pk=organisation_id)
    known = {"anna": cast["worker"], "diana": cast["head"], "sergio": cast["safety"]}
    world = make_employer(organisation, family=organisation.network.slug, known=known)
    employer = {"employer": organisation.slug}
    return {
        "employer": employer,
        **_staff_parts(world, employer),
        **_mapping_parts(world, employer, cast),
        **_agreement_parts(world, employer, cast),
        **_work_plan_parts(world, employer, cast),
        **_month_parts(world, employer, cast),
        **import_parts(actor_for(cast["hr_manager"], world.employer.network_id), employer_id=world.employer.pk),
    }


def _staff_parts(world: EmployerWorld, employer: dict[str, object]) -> Parts:
    """An office, and its worker of the cast."""
    return {
        "agile_unit": {**employer, "unit_id": world.counter.pk},
        "agile_worker": {**employer, "worker_id": world.anna.pk},
    }


def _mapping_parts(world: EmployerWorld, employer: dict[str, object], cast: dict[str, Person]) -> Parts:
    """The first criteria, and an activity of the office, assessed under them."""
    actor = actor_for(cast["hr_manager"], world.employer.network_id)
    publish_criteria(actor, employer_id=world.employer.pk, criteria=PROPOSED, threshold=THRESHOLD)
    activity = add_activity(actor, employer_id=world.employer.pk, unit_id=world.counter.pk, title="Certificati")
    answers = {each.key: Answer(Met.YES) for each in PROPOSED}
    assess(actor, activity_id=activity.pk, version=1, answers=answers)
    return {
        "agile_criteria": {**employer, "number": 1},
        "agile_activity": {**employer, "activity_id": activity.pk},
    }


def _agreement_parts(world: EmployerWorld, employer: dict[str, object], cast: dict[str, Person]) -> Parts:
    """The worker has an agreement about to end and a draft, a colleague one that waits for the head, the safety
    representative one to sign; a communication, a notice of the year, a verified ground.
    """
    today = clock.today()
    month, year = timedelta(days=30), timedelta(days=365)
    ahead = {"starts_on": today + month, "until": today + year}
    held = {"starts_on": today - year, "until": today + timedelta(days=20)}
    signed = AgreementFactory(worker=world.anna, number=1, state=AgreementState.IN_FORCE.value, **held)
    AgreementFactory(worker=world.anna, number=2, **ahead)
    AgreementFactory(worker=world.bruno, number=3, state=AgreementState.SUBMITTED.value, **ahead)
    AgreementFactory(worker=world.sergio, number=4, state=AgreementState.APPROVED.value, **ahead)
    owed = Communication.objects.create(
        employer=world.employer, agreement_id=signed.pk, kind=Told.STARTED.value, happened_on=today - year, due_on=today
    )
    notice = SafetyNotice.objects.create(
        employer=world.employer, year=today.year, title="Rischi", text="Attenzione.", published_at=clock.now()
    )
    ground = PriorityVerification.objects.create(
        worker=world.bruno,
        ground=Ground.CHILD_TO_12.value,
        verified_on=today - month,
        verified_by=cast["hr_manager"],
    )
    Worker.objects.filter(pk=world.anna.pk).update(agile=True, eligible=True)
    return {
        "agile_agreement": {**employer, "number": 1},
        "agile_agreement_draft": {**employer, "number": 2},
        "agile_agreement_step": {**employer, "number": 2, "step": "riposo"},
        "agile_agreement_sent": {**employer, "number": 3},
        "agile_agreement_approved": {**employer, "number": 4},
        "agile_communication": {**employer, "communication_id": owed.pk},
        "agile_communication_kind": {**employer, "kind": Told.STARTED.value},
        "agile_notice": {**employer, "year": notice.year},
        "agile_ground": {**employer, "verification_id": ground.pk},
    }


def _work_plan_parts(world: EmployerWorld, employer: dict[str, object], cast: dict[str, Person]) -> Parts:
    """An agile work plan that was adopted, and the draft of another with an action."""
    actor = actor_for(cast["hr_manager"], world.employer.network_id)
    kept = {"employer_id": world.employer.pk}
    for year in (2026, 2027):
        create_plan(actor, **kept, title="Piano", first_year=year, last_year=year)
        done = add_action(actor, **kept, year=year, written=Written("training", "Corso"))
    adopt_plan(actor, **kept, year=2026, adopted_on=date(2026, 1, 31), act="Delibera 1")
    draft = {**employer, "year": 2027}
    return {
        "agile_plan": {**employer, "year": 2026},
        "agile_plan_draft": draft,
        "agile_plan_section": {**draft, "section": "training"},
        "agile_plan_action": {**draft, "action_id": done.pk},
    }


def _month_parts(world: EmployerWorld, employer: dict[str, object], cast: dict[str, Person]) -> Parts:
    """This month, open and being planned; a colleague asks for an exception on a day of it; a seat, a minimum of the
    office, a calendar address of the worker.
    """
    actor, pk = actor_for(cast["hr_manager"], world.employer.network_id), world.employer.pk
    first_day, hour = clock.today().replace(day=1), timedelta(hours=1)
    publish_policy(actor, employer_id=pk, rules=proposed(), first_month=first_day)
    now = clock.now()
    windows = {name: now + number * hour for number, name in enumerate(INSTANTS)} | {"plan_from": now - hour}
    Worker.objects.filter(pk__in=[world.anna.pk, world.bruno.pk]).update(eligible=True, remote_percent=80)
    month = prepare_month(actor, employer_id=pk, first_day=first_day, windows=windows)
    open_month(actor, month_id=month.pk)
    asked = PlannedDay.objects.create(
        account=Account.objects.get(month=month, worker=world.bruno),
        worker=world.bruno,
        unit=world.counter,
        day=first_day,
        state=DayState.ASKED.value,
        exception_asked="Consegna",
        planned_at=now,
        changed_at=now,
    )
    seat = Seat.objects.create(employer=world.employer, name="Municipio", since=first_day)
    rule = PresenceRule.objects.create(unit=world.counter, minimum_percent=50)
    feed = Feed.objects.create(worker=world.anna, token_hash=f"hash-{pk}", created_at=now)
    named = {**employer, "month": f"{first_day:%Y-%m}"}
    return {
        "agile_month_pool": {**named, "unit_id": world.civic.pk},
        **_result_parts(world, employer, month),
        "agile_month": named,
        "agile_day": {**named, "day": 15},
        "agile_instead": {**named, "day": 15, "instead": f"{first_day}"},
        "agile_conflict": {**named, "unit_id": world.counter.pk, "day": 1},
        "agile_exception": {**employer, "planned_id": asked.pk},
        "agile_seat": {**employer, "seat_id": seat.pk},
        "agile_seat_month": {**named, "seat_id": seat.pk},
        "agile_presence_rule": {**employer, "rule_id": rule.pk},
        "agile_feed": {**employer, "feed_id": feed.pk},
    }


def _result_parts(world: EmployerWorld, employer: dict[str, object], month: Month) -> Parts:
    """The month before, published, with a clearing nobody asked in and the appeal of a colleague."""
    first_day = month_before(month.first_day)
    past = {name: getattr(month, name) - timedelta(days=31) for name in INSTANTS}
    made = past["clear_at"]
    before = Month.objects.create(
        employer=world.employer,
        first_day=first_day,
        policy=month.policy,
        state="published",
        seed=b"seed",
        salt=b"salt",
        published_at=past["publish_at"],
        **past,
    )
    clearing = Clearing.objects.create(
        month=before,
        number=1,
        made_at=made,
        published_at=past["publish_at"],
        supply={"pools": [], "shared": 0, "caps": {}, "asked": {}},
        summary={"persons": 0, "asked": 0, "awarded": 0, "pools": {}, "shared_pool": 0, "lines": [], "ends": {}},
    )
    account = Account.objects.create(
        month=before,
        worker=world.bruno,
        unit=world.counter,
        directorate=world.civic,
        sex="m",
        agreement=True,
        pseudonym=world.bruno.pk,
    )
    appeal = Appeal.objects.create(account=account, month=before, clearing=clearing, text="Rivedete", made_at=made)
    named = {**employer, "month": f"{first_day:%Y-%m}"}
    return {"agile_appeal": {**named, "appeal_id": appeal.pk}, "agile_result": {**named, "number": 1}}
