"""The municipality with criteria published and three activities."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from contempo.agile.actions.mapping.activities import add_activity
from contempo.agile.actions.mapping.assessments import assess
from contempo.agile.actions.mapping.criteria import publish_criteria
from contempo.agile.actions.mapping.shares import set_shares
from contempo.agile.models import Assessment, CriteriaVersion, Share, Unit, WorkActivity, Worker
from contempo.agile.rules.mapping import PROPOSED, THRESHOLD, Answer, Criterion, Met, standing
from contempo.agile.rules.mapping import Part as SharedPart
from contempo.agile.tests.conftest import Comune
from contempo.people.models import Person

ALL_YES = {each.key: Answer(Met.YES) for each in PROPOSED}
AT_THE_COUNTER = {**ALL_YES, "presence": Answer(Met.NO, "Lo sportello è in sede.")}
ON_PAPER = {**ALL_YES, "tools": Answer(Met.PARTLY, "I fascicoli vecchi sono di carta.")}


@dataclass(frozen=True)
class Mapped:
    """`cards` and `archive` belong to the office of the counter, `meals` to that of the nurseries; none is assessed."""

    comune: Comune
    cards: WorkActivity
    archive: WorkActivity
    meals: WorkActivity

    def assess(
        self, activity: WorkActivity, answers: Mapping[str, Answer], who: Person | str = "paolo", **more: int
    ) -> Assessment:
        version = CriteriaVersion.objects.filter(employer=self.comune.it.employer).order_by("-number").first()
        assert version is not None
        actor = self.comune.actor(who)
        return assess(actor, activity_id=activity.pk, version=version.number, answers=answers, **more)

    def share(self, worker: Worker, who: Person | str = "paolo", **percent: int) -> Worker:
        """`share(anna, cards=60, archive=40)`."""
        shares = {getattr(self, name).pk: value for name, value in percent.items()}
        return set_shares(self.comune.actor(who), worker_id=worker.pk, shares=shares)

    def publish(self, threshold: int, criteria: tuple[Criterion, ...] = PROPOSED) -> CriteriaVersion:
        return publish_criteria(
            self.comune.actor("paolo"),
            employer_id=self.comune.it.employer.pk,
            criteria=criteria,
            threshold=threshold,
            note="Così si legge meglio.",
        )

    def add(self, unit: Unit, title: str, who: Person | str = "paolo") -> WorkActivity:
        actor = self.comune.actor(who)
        return add_activity(actor, employer_id=self.comune.it.employer.pk, unit_id=unit.pk, title=title)


def said(worker: Worker) -> tuple[int | None, bool]:
    """What the row of a worker mirrors."""
    fresh = Worker.objects.get(pk=worker.pk)
    return fresh.remote_percent, fresh.eligible


def by_the_rule(worker: Worker) -> tuple[int | None, bool]:
    """What the rule says of the worker's shares as they are."""
    version = CriteriaVersion.objects.filter(employer=worker.employer_id).order_by("-number").first()
    rows = Share.objects.filter(worker=worker).select_related("activity")
    parts = [SharedPart(row.percent, row.activity.result, row.activity.until is not None) for row in rows]
    found = standing(parts, version.threshold if version else None)
    return found.remote, found.eligible


@pytest.fixture
def mapped(comune: Comune) -> Mapped:
    """The municipality on 20 November 2026, its first criteria published that day."""
    actor = comune.actor("paolo")
    employer = comune.it.employer
    publish_criteria(actor, employer_id=employer.pk, criteria=PROPOSED, threshold=THRESHOLD)

    def made(unit: Unit, title: str) -> WorkActivity:
        return add_activity(actor, employer_id=employer.pk, unit_id=unit.pk, title=title)

    return Mapped(
        comune,
        made(comune.it.counter, "Rilascio delle carte d’identità"),
        made(comune.it.counter, "Archivio dei cartellini"),
        made(comune.it.nurseries, "Menu dei nidi"),
    )
