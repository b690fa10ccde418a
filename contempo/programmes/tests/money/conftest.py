"""A plan with money, ready to be worked with."""

import pytest

from contempo.programmes.tests.money.factories import Money, make_money


@pytest.fixture
def money(db: None) -> Money:
    """The money of Milan."""
    return make_money()
