"""An agreement with nothing missing, and rows of agreements in any state."""

from datetime import date

import factory

from contempo.agile.models import Agreement
from contempo.agile.rules.agreements import SIGNED, AgreementState
from contempo.agile.rules.agreements.terms import Terms
from contempo.core import clock

FULL = Terms(
    activities="Istruire pratiche",
    objectives="Chiudere 40 pratiche al mese\nRispondere entro tre giorni",
    days_per_month=8,
    weekdays=(0, 2),
    contact_bands=(("09:30", "12:30"), ("14:00", "15:30")),
    rest="Dalle 19 alle 8 nessuna risposta è attesa.",
    places=("home",),
    tools="Computer portatile e telefono dell’ente.",
    control="Riunione ogni lunedì sui risultati.",
    training="Un corso sulla sicurezza dei dati.",
    term="fixed",
    starts_on=date(2026, 12, 1),
    until=date(2027, 7, 1),
)
"""An agreement with nothing missing, from 1 December 2026 to 30 June 2027."""


class AgreementFactory(factory.django.DjangoModelFactory):
    """An agreement of a `worker` in a `state`, with the words of `FULL`; give its `number`."""

    class Meta:
        model = Agreement

    employer = factory.SelfAttribute("worker.employer")
    unit = factory.SelfAttribute("worker.unit")
    directorate = factory.SelfAttribute("worker.directorate")
    state = AgreementState.DRAFT.value
    state_since = factory.LazyFunction(clock.now)
    created_at = factory.LazyFunction(clock.now)
    activities = FULL.activities
    objectives = FULL.objectives
    days_per_month = FULL.days_per_month
    weekdays = list(FULL.weekdays)
    contact_bands = [list(band) for band in FULL.contact_bands]
    rest = FULL.rest
    places = list(FULL.places)
    tools = FULL.tools
    control = FULL.control
    training = FULL.training
    term = FULL.term
    starts_on = FULL.starts_on
    until = FULL.until

    @factory.lazy_attribute
    def submitted_at(self) -> object:
        return None if self.state == AgreementState.DRAFT else self.state_since

    @factory.lazy_attribute
    def signed_at(self) -> object:
        return self.state_since if self.state in SIGNED else None
