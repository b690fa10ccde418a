"""The catalogue, ready to be written and read."""

import pytest

from contempo.helpdesk.tests.catalogue.factories import Catalogue
from contempo.helpdesk.tests.factories import Desk


@pytest.fixture
def catalogue(desk: Desk) -> Catalogue:
    """The catalogue of Milan, empty."""
    return Catalogue(desk)
