"""The bank of the municipality in December 2026."""

import pytest

from contempo.agile.tests.bank.world import BANK, Bank, open_december
from contempo.agile.tests.conftest import Comune
from contempo.core.testing import At


@pytest.fixture
def bank(comune: Comune, at: At) -> Bank:
    """December is open, and so is its bank."""
    at(BANK)
    return open_december(comune)
