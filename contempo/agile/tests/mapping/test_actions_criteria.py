"""Publishing criteria, and what a new threshold changes."""

import pytest

from contempo.agile.actions.mapping.criteria import publish_criteria
from contempo.agile.models import CriteriaVersion
from contempo.agile.rules.mapping import PROPOSED
from contempo.agile.tests.mapping.conftest import ALL_YES, Mapped, by_the_rule, said
from contempo.core.verdict import NotPermitted, Refusal

pytestmark = pytest.mark.django_db


def test_a_new_threshold_decides_at_once_who_may_ask(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.assess(mapped.cards, ALL_YES)
    mapped.share(anna, cards=60)
    assert said(anna) == (60, True)
    mapped.publish(61)
    assert said(anna) == by_the_rule(anna) == (60, False)


def test_versions_are_numbered_and_the_old_ones_stay(mapped: Mapped) -> None:
    mapped.publish(70, PROPOSED[:4])
    rows = CriteriaVersion.objects.order_by("number")
    assert [(each.number, each.threshold, len(each.criteria)) for each in rows] == [(1, 50, 5), (2, 70, 4)]


def test_a_change_needs_its_reason(mapped: Mapped) -> None:
    actor, employer = mapped.comune.actor("paolo"), mapped.comune.it.employer
    with pytest.raises(Refusal) as refused:
        publish_criteria(actor, employer_id=employer.pk, criteria=PROPOSED, threshold=70)
    assert refused.value.field == "note"


def test_publishing_the_same_again_is_refused(mapped: Mapped) -> None:
    with pytest.raises(Refusal):
        mapped.publish(50)
    assert CriteriaVersion.objects.count() == 1


def test_only_human_resources_publish(mapped: Mapped) -> None:
    for who in ("diana", "anna", "chiara", "marta"):
        with pytest.raises(NotPermitted):
            publish_criteria(
                mapped.comune.actor(who),
                employer_id=mapped.comune.it.employer.pk,
                criteria=PROPOSED,
                threshold=70,
                note="Perché sì.",
            )


def test_a_version_published_meanwhile_is_not_replaced_unseen(mapped: Mapped) -> None:
    mapped.publish(70)
    with pytest.raises(Refusal):
        publish_criteria(
            mapped.comune.actor("paolo"),
            employer_id=mapped.comune.it.employer.pk,
            criteria=PROPOSED,
            threshold=80,
            note="Di più.",
            seen=1,
        )
