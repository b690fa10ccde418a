"""The desk and its people, ready to act."""

import pytest

from contempo.helpdesk.tests.factories import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """The desk of Milan."""
    return make_desk()
