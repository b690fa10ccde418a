"""The surveys every test of answering looks at."""

import pytest

from contempo.core.testing import At
from contempo.questionnaires.models import Invitation
from contempo.questionnaires.tests.factories import TODAY, Surveys, make_surveys


@pytest.fixture
def surveys(at: At) -> Surveys:
    at(TODAY)
    return make_surveys()


@pytest.fixture
def coop(surveys: Surveys) -> Invitation:
    """The invitation of the co-operative in the campaign with name, sent and not opened."""
    return surveys.invitation(surveys.named, "coop")
