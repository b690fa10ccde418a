"""Two answers for the same unit at the same moment: exactly one is counted.

The first holds its transaction open until the second waits for it (or has ended), so that they truly overlap.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context

import pytest
from django.db import connection, transaction

from contempo.core.testing import At
from contempo.core.verdict import Refusal
from contempo.questionnaires.actions.coverage import settle
from contempo.questionnaires.models import CampaignTally, Coverage, Target
from contempo.questionnaires.tests.coverage.conftest import Covering, make_covering, state_of
from contempo.questionnaires.tests.factories import TODAY

pytestmark = pytest.mark.django_db(transaction=True)

Deed = Callable[[], object]
PATIENCE = 60


@pytest.fixture
def covering(at: At) -> Covering:
    at(TODAY)
    return make_covering()


def overlap(first: Deed, second: Deed) -> tuple[bool, object]:
    """Do `first` and, before it is committed, `second`: whether that had to wait, and what it gave or was refused."""
    connected: Future[int] = Future()

    def follow() -> object:
        try:
            connection.ensure_connection()
            connected.set_result(connection.connection.info.backend_pid)
            return second()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            first()
            latter = beside.submit(copy_context().run, follow)
            waited = until_it_waits(connected.result(PATIENCE), latter)
        return waited, latter.result(PATIENCE)


def until_it_waits(pid: int, latter: Future[object]) -> bool:
    """Come back when the connection `pid` waits for a lock (True), or what it does has ended."""
    with connection.cursor() as cursor:
        while not wait([latter], timeout=0.01).done:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [pid])
            if cursor.fetchone() != (0,):
                return True
    return False


def counted(covering: Covering) -> None:
    """Every unit has at most one counted answer, says so, and the sums agree."""
    for target in Target.objects.filter(campaign=covering.campaign):
        claims = Coverage.objects.filter(target=target, state="counted").count()
        assert claims <= 1
        assert target.covered == (claims == 1)
    for state in ("counted", "disputed", "dropped"):
        kept = CampaignTally.objects.filter(campaign=covering.campaign, facet="coverage", key=state).first()
        claims = Coverage.objects.filter(target__campaign=covering.campaign, state=state).count()
        assert (kept.count if kept else 0) == claims


def test_two_answers_for_one_unit_sent_at_once_count_once(covering):
    waited, second = overlap(lambda: covering.send("coop"), lambda: covering.send_by_link("coop"))
    assert waited
    assert covering.states("coop") == ["counted", "disputed"]
    assert state_of(second) == "excluded"
    counted(covering)


def test_a_union_and_its_member_that_answer_at_once_count_once(covering):
    waited, _union = overlap(
        lambda: covering.send("school"), lambda: covering.send("unione", others=["school", "bergamo"])
    )
    assert waited
    assert sorted(covering.states("school")) == ["counted", "disputed"]
    assert covering.states("bergamo") == ["counted"]
    counted(covering)


def test_two_who_settle_the_same_unit_at_once_leave_one_counted(covering):
    first = covering.send("unione", others=["school"])
    second = covering.send("school")
    school = covering.unit("school").pk
    keeps = [covering.claim("school", one).pk for one in (first, second)]

    def decide(keep: int) -> Deed:
        return lambda: settle(covering.it.actor("marta"), target_id=school, keep=keep, reason="Deciso da noi.")

    overlap(decide(keeps[0]), decide(keeps[1]))
    assert sorted(covering.states("school")) == ["counted", "dropped"]
    counted(covering)


def test_an_answer_that_comes_while_a_person_settles_waits_for_the_next_decision(covering):
    first = covering.send("unione", others=["school"])
    covering.send("school")
    keep = covering.claim("school", first).pk
    school = covering.unit("school").pk
    waited, third = overlap(
        lambda: settle(covering.it.actor("marta"), target_id=school, keep=keep, reason="Ha risposto l’unione."),
        lambda: covering.send_by_link("school"),
    )
    assert waited
    assert sorted(covering.states("school")) == ["counted", "disputed", "dropped"]
    assert state_of(third) == "excluded"
    counted(covering)
