"""Agreements at any point of their way, as people bring them there."""

from collections.abc import Callable

import pytest

from contempo.agile.actions.agreements import deciding, drafting
from contempo.agile.models import Agreement
from contempo.agile.rules.agreements.terms import STEP_FIELDS
from contempo.agile.tests.agreements.samples import FULL
from contempo.agile.tests.conftest import Comune

Make = Callable[..., Agreement]


@pytest.fixture
def draft(comune: Comune) -> Make:
    """Make a worker's draft, filled with `FULL` but for the changes given."""

    def make(who: str = "anna", previous: int | None = None, **changes: object) -> Agreement:
        actor = comune.actor(who)
        made = drafting.begin(actor, employer_id=comune.it.employer.pk, previous=previous)
        values = {name: getattr(FULL, name) for names in STEP_FIELDS.values() for name in names} | changes
        for step in STEP_FIELDS:
            drafting.save_step(actor, agreement_id=made.pk, step=step, values=values)
        return Agreement.objects.get(pk=made.pk)

    return make


@pytest.fixture
def sent(comune: Comune, draft: Make) -> Make:
    """Make an agreement that waits for its manager."""

    def make(who: str = "anna", previous: int | None = None, **changes: object) -> Agreement:
        made = draft(who, previous, **changes)
        return deciding.submit(comune.actor(who), agreement_id=made.pk)

    return make


@pytest.fixture
def approved(comune: Comune, sent: Make) -> Make:
    """Make an agreement that waits for the worker's signature; human resources approve."""

    def make(who: str = "anna", previous: int | None = None, **changes: object) -> Agreement:
        made = sent(who, previous, **changes)
        return deciding.approve(comune.actor("paolo"), agreement_id=made.pk)

    return make


@pytest.fixture
def signed(comune: Comune, approved: Make) -> Make:
    """Make a signed agreement."""

    def make(who: str = "anna", previous: int | None = None, **changes: object) -> Agreement:
        made = approved(who, previous, **changes)
        return deciding.sign(comune.actor(who), agreement_id=made.pk, statement="Ho letto e firmo.")

    return make
