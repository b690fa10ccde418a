"""The money of a plan and its people, on a day of November."""

import pytest

from contempo.core.testing import At
from contempo.programmes.tests.claims.world import TODAY, Money, make_money


@pytest.fixture
def money(db: None, at: At) -> Money:
    """A plan with money, and who claims, controls and pays."""
    at(TODAY)
    return make_money()
