"""After any sequence of actions the row of a worker says what the rule says."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.agile.actions.mapping.activities import end_activity, reopen_activity
from contempo.agile.actions.mapping.shares import set_shares
from contempo.agile.models import WorkActivity, Worker
from contempo.agile.tests.mapping.conftest import ALL_YES, AT_THE_COUNTER, ON_PAPER, Mapped, by_the_rule, said
from contempo.core.verdict import Refusal

pytestmark = pytest.mark.django_db

activities, people = st.sampled_from(["cards", "archive", "meals"]), st.sampled_from(["anna", "bruno", "carla"])
steps = st.one_of(
    st.tuples(st.just("assess"), activities, st.sampled_from([ALL_YES, AT_THE_COUNTER, ON_PAPER])),
    st.tuples(st.just("share"), people, st.dictionaries(activities, st.integers(0, 70))),
    st.tuples(st.just("publish"), st.integers(1, 100), st.none()),
    st.tuples(st.just("end"), activities, st.none()),
    st.tuples(st.just("reopen"), activities, st.none()),
)


def take(mapped: Mapped, step: tuple[str, object, object]) -> None:
    name, what, how = step
    actor = mapped.comune.actor("paolo")
    if name == "assess":
        mapped.assess(getattr(mapped, str(what)), how)  # type: ignore[arg-type]
    elif name == "share":
        shares = {getattr(mapped, each).pk: percent for each, percent in how.items()}  # type: ignore[attr-defined]
        set_shares(actor, worker_id=getattr(mapped.comune.it, str(what)).pk, shares=shares)
    elif name == "publish":
        mapped.publish(what)  # type: ignore[arg-type]
    elif name == "end":
        end_activity(actor, activity_id=getattr(mapped, str(what)).pk, last_day=date(2026, 11, 20))
    else:
        reopen_activity(actor, activity_id=getattr(mapped, str(what)).pk)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12))
def test_workers_mirror_the_rule_whatever_is_done(mapped: Mapped, taken: list[tuple[str, object, object]]) -> None:
    for step in taken:
        try:
            take(mapped, step)
        except Refusal:
            continue
    touched = Worker.objects.filter(shares__isnull=False).distinct()
    assert [said(each) for each in touched] == [by_the_rule(each) for each in touched]
    for each in WorkActivity.objects.all():
        newest = each.assessments.first()
        assert each.result == (newest.result if newest else "")
