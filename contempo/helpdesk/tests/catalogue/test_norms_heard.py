"""When a norm ends or changes, the entries that cite it are to be looked at again, and say so to the public."""

from datetime import date

import pytest
from django.test import Client

from contempo.core.outbox.events import deliver
from contempo.core.outbox.models import DeliveryState, OutboxDelivery
from contempo.helpdesk.models import Entry
from contempo.norms.actions.endings import tell_endings
from contempo.norms.tests.factories import NormFactory
from contempo.people.public import SYSTEM


def _deliver_all():
    for delivery in OutboxDelivery.objects.filter(state=DeliveryState.PENDING, handler__contains="helpdesk"):
        deliver(delivery.pk)


@pytest.fixture
def entry(catalogue, at):
    """An entry published in March that cites a norm which ends on the first of June."""
    at("2026-03-02T10:00")
    norm = NormFactory(network=catalogue.desk.world.milano, valid_to=date(2026, 6, 1), end_told=False)
    return catalogue.published(norms=(norm.pk,))


def test_an_entry_is_put_on_the_list_on_the_day_its_norm_ends_and_says_so(entry, at, client: Client):
    url = f"/milano/sportello/catalogo/{entry.slug}/"
    assert "non è più in vigore" not in client.get(url).content.decode()
    at("2026-06-01T01:00")
    tell_endings(SYSTEM, on=date(2026, 6, 1))
    _deliver_all()
    _deliver_all()
    found = Entry.objects.get(pk=entry.pk)
    assert (found.review_reason, found.review_since is not None) == ("norm_ended", True)
    assert "non è più in vigore" in client.get(url).content.decode()


def test_before_that_day_nothing_happens(entry, at):
    at("2026-05-31T23:00")
    tell_endings(SYSTEM, on=date(2026, 5, 31))
    _deliver_all()
    assert Entry.objects.get(pk=entry.pk).review_since is None
