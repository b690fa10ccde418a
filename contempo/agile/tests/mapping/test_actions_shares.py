"""How the time of a worker is shared out."""

import pytest

from contempo.agile.actions.mapping.shares import set_shares
from contempo.agile.models import Share
from contempo.agile.tests.mapping.conftest import ALL_YES, AT_THE_COUNTER, Mapped, by_the_rule, said
from contempo.core.verdict import NotPermitted, Refusal

pytestmark = pytest.mark.django_db


def test_shares_decide_who_may_ask(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.assess(mapped.cards, AT_THE_COUNTER)
    mapped.assess(mapped.archive, ALL_YES)
    mapped.share(anna, cards=60, archive=40)
    assert said(anna) == by_the_rule(anna) == (40, False)
    mapped.share(anna, cards=50, archive=50)
    assert said(anna) == by_the_rule(anna) == (50, True)


def test_a_share_left_out_ends(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.share(anna, cards=60, archive=40)
    mapped.share(anna, archive=40)
    assert list(Share.objects.filter(worker=anna).values_list("activity", "percent")) == [(mapped.archive.pk, 40)]


def test_more_than_the_whole_time_is_refused_and_changes_nothing(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.share(anna, cards=60)
    with pytest.raises(Refusal):
        mapped.share(anna, cards=60, archive=41)
    assert Share.objects.get(worker=anna).percent == 60


def test_a_head_shares_out_the_time_of_those_below_but_not_their_own(mapped: Mapped) -> None:
    it = mapped.comune.it
    mapped.share(it.anna, who="ugo", cards=10)
    mapped.share(it.ugo, who="diana", cards=10)
    with pytest.raises(NotPermitted):
        mapped.share(it.ugo, who="ugo", cards=20)
    with pytest.raises(NotPermitted):
        mapped.share(it.anna, who="anna", cards=20)
    with pytest.raises(Refusal):
        mapped.share(it.carla, who="ugo", cards=20)
    assert Share.objects.count() == 2


def test_shares_changed_meanwhile_are_not_overwritten_unseen(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.share(anna, cards=60)
    with pytest.raises(Refusal):
        set_shares(mapped.comune.actor("ugo"), worker_id=anna.pk, shares={mapped.archive.pk: 10}, seen={})


def test_an_activity_that_is_not_there_is_refused(mapped: Mapped) -> None:
    with pytest.raises(Refusal):
        set_shares(mapped.comune.actor("paolo"), worker_id=mapped.comune.it.anna.pk, shares={0: 10})
