"""Whatever happens, the columns say what the responses say."""

import threading
from random import Random
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from contempo.core.columns import path_of
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.columns import forget_damaged, refresh, sweep_columns
from contempo.questionnaires.models import Campaign, ColumnPart, Response
from contempo.questionnaires.rules.columns import BUCKET_BITS
from contempo.questionnaires.rules.states import ResponseState
from contempo.questionnaires.tests.columns.conftest import answers, told, truth
from contempo.questionnaires.tests.factories import CampaignFactory, ResponseFactory, VersionFactory, make_surveys

DONE, OUT, BEGUN = (state.value for state in (ResponseState.COMPLETED, ResponseState.EXCLUDED, ResponseState.BEGUN))
chances = st.integers(0, 2**32).map(Random)


class Life(RuleBasedStateMachine):
    """A campaign to which everything happens that can."""

    campaign: Campaign

    def __init__(self) -> None:
        super().__init__()
        self.campaign = CampaignFactory(version=VERSION[0])

    def some(self, chance: Random) -> Response | None:
        found = list(Response.objects.filter(campaign=self.campaign).order_by("id"))
        return chance.choice(found) if found else None

    @rule(chance=chances, many=st.integers(1, 4))
    def respond(self, chance: Random, many: int) -> None:
        for _ in range(many):
            state = chance.choice([DONE, DONE, BEGUN])
            ResponseFactory(campaign=self.campaign, answers=answers(chance), state=state)

    @rule(chance=chances, bucket=st.integers(1, 3))
    def stand_far_away(self, chance: Random, bucket: int) -> None:
        serial = (bucket << BUCKET_BITS) + chance.randrange(1 << BUCKET_BITS)
        if not Response.objects.filter(campaign=self.campaign, serial=serial).exists():
            ResponseFactory(campaign=self.campaign, answers=answers(chance), serial=serial)

    @rule(chance=chances)
    def edit(self, chance: Random) -> None:
        if one := self.some(chance):
            one.answers = answers(chance)
            one.unasked = chance.choice([[], ["how"]])
            one.save()

    @rule(chance=chances, state=st.sampled_from([DONE, OUT, BEGUN]))
    def turn(self, chance: Random, state: str) -> None:
        if one := self.some(chance):
            Response.objects.filter(pk=one.pk).update(state=state)

    @rule(chance=chances)
    def delete(self, chance: Random) -> None:
        if one := self.some(chance):
            one.delete()

    @rule()
    def refresh(self) -> None:
        refresh(SYSTEM, campaign_id=self.campaign.pk)

    @precondition(lambda self: ColumnPart.objects.filter(campaign=self.campaign).exclude(file="").exists())
    @rule(chance=chances, how=st.sampled_from(["lost", "changed", "row lost"]))
    def lose(self, chance: Random, how: str) -> None:
        part = chance.choice(list(ColumnPart.objects.filter(campaign=self.campaign).exclude(file="")))
        if how == "lost":
            path_of(part.file).unlink(missing_ok=True)
        elif how == "changed" and path_of(part.file).exists():
            path_of(part.file).write_bytes(path_of(part.file).read_bytes()[:-1] + b"?")
        else:
            part.delete()

    @rule()
    def look_after(self) -> None:
        forget_damaged(SYSTEM)
        sweep_columns(SYSTEM)

    @invariant()
    def columns_are_right(self) -> None:
        assert told(self.campaign) == truth(self.campaign)


VERSION: list[Any] = []


@pytest.mark.django_db
def test_columns_are_right_after_whatever_happens() -> None:
    VERSION[:] = [make_surveys().version]
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_columns_are_right_while_others_write() -> None:
    """Readers look at columns and responses in one instant, again and again, while answers come, change and go."""
    campaign = CampaignFactory(version=VersionFactory(questionnaire=make_surveys().questionnaire, number=7))
    ended, errors, compared = threading.Event(), [], []

    def thread(work: Any, seed: int) -> threading.Thread:
        def run() -> None:
            try:
                work(Random(seed))
            except Exception as error:
                errors.append(error)
                ended.set()
            finally:
                connections.close_all()

        return threading.Thread(target=run)

    def write(chance: Random) -> None:
        for _ in range(120):
            if ended.is_set():
                return
            with transaction.atomic():
                _happens(campaign, chance)

    def refreshing(chance: Random) -> None:
        while not ended.is_set():
            refresh(SYSTEM, campaign_id=campaign.pk)

    def reading(chance: Random) -> None:
        while not ended.is_set():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                assert told(campaign) == truth(campaign)
            compared.append(1)

    writers = [thread(write, seed) for seed in range(3)]
    others = [thread(refreshing, 10), thread(refreshing, 11), thread(reading, 12), thread(reading, 13)]
    for one in writers + others:
        one.start()
    for one in writers:
        one.join()
    ended.set()
    for one in others:
        one.join()
    assert not errors, errors
    assert len(compared) > 5
    refresh(SYSTEM, campaign_id=campaign.pk)
    assert told(campaign) == truth(campaign)
    assert ColumnPart.objects.get(campaign=campaign).rows == len(truth(campaign))


def _happens(campaign: Campaign, chance: Random) -> None:
    """Something happens to a response of a campaign, within a transaction."""
    deed = chance.random()
    if deed < 0.5:
        ResponseFactory(campaign=campaign, answers=answers(chance))
        return
    numbers = list(Response.objects.filter(campaign=campaign).values_list("pk", flat=True)[:200])
    mine = Response.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk__in=chance.sample(numbers, min(1, len(numbers)))
    )
    for one in mine:
        if deed < 0.7:
            Response.objects.filter(pk=one.pk).update(answers=answers(chance))
        elif deed < 0.85:
            Response.objects.filter(pk=one.pk).update(state=chance.choice([DONE, OUT, BEGUN]))
        else:
            one.delete()
