"""The surveys of Milan on 20 November 2026."""

import pytest

from contempo.questionnaires.tests.factories import TODAY, Surveys, make_surveys


@pytest.fixture
def surveys(db: None, at) -> Surveys:
    at(TODAY)
    return make_surveys()
