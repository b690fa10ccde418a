"""The surveys of the tests are what they say they are."""

import pytest

from contempo.questionnaires.models import CampaignTally, Response, Target
from contempo.questionnaires.rules.document import Kind, read
from contempo.questionnaires.tests.factories import make_surveys

pytestmark = pytest.mark.django_db


def test_the_surveys_hold_every_mode_and_every_kind_of_question() -> None:
    it = make_surveys()
    assert {one.mode for one in (it.named, it.confidential, it.anonymous)} == {
        "identified",
        "confidential",
        "anonymous",
    }
    assert {placed.question.kind for placed in read(it.version.document).questions()} == set(Kind)
    assert Target.objects.filter(campaign=it.closed, covered=True).count() == 3
    assert Response.objects.get(campaign=it.anonymous).invitation is None
    assert CampaignTally.objects.get(campaign=it.named, facet="invitation.channel", key="email|completed").count == 1
