"""A desk that reads mail."""

from pathlib import Path

import pytest

from contempo.helpdesk.models import DeskPolicy
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.posting import BERGAMO, MILANO


@pytest.fixture
def post(desk: Desk, settings: object, tmp_path: Path) -> Desk:
    """The desks of Milan and Bergamo, with an address each."""
    settings.FILES_ROOT = tmp_path
    DeskPolicy.objects.create(network_id=desk.network_id, mail_address=MILANO)
    DeskPolicy.objects.create(network=desk.world.bergamo, mail_address=BERGAMO)
    return desk
