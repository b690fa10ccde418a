"""The command by which an operator opens a network, and the jobs of every day."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contempo.core.outbox import kept_mails
from contempo.core.testing import At
from contempo.network import jobs
from contempo.network.models import AccessionRequest, Network, RequestEntry
from contempo.network.rules.accession import State
from contempo.network.tests.factories import World

pytestmark = pytest.mark.django_db

OPTIONS = {
    "name": "Rete di Lecco",
    "short_name": "Lecco",
    "email": "rete.lecco@example.org",
    "coordinator": "ada.prova@example.org",
}


def open_network(slug: str = "lecco", **changes: str) -> str:
    """What the command says."""
    told = StringIO()
    call_command("open_network", slug, stdout=told, **{**OPTIONS, **changes})
    return told.getvalue()


def test_a_network_opens_and_its_first_coordinator_is_invited() -> None:
    told = open_network()
    assert "/lecco/" in told
    assert "ada.prova@example.org" in told
    network = Network.objects.get(slug="lecco")
    assert (network.name, network.contact_email) == ("Rete di Lecco", "rete.lecco@example.org")
    [mail] = kept_mails()
    assert mail.to == "ada.prova@example.org"
    assert "Rete di Lecco" in mail.subject


@pytest.mark.parametrize(
    ("slug", "changes", "said"),
    [
        ("Lecco!", {}, "small letters"),
        ("accesso", {}, "used by the installation"),
        ("lecco", {"email": "non una e-mail"}, "--email"),
        ("lecco", {"coordinator": "ada"}, "--coordinator"),
    ],
)
def test_what_cannot_be_opened_is_explained_in_one_line(slug: str, changes: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        open_network(slug, **changes)
    assert not Network.objects.exists()
    assert not kept_mails()


def test_an_address_is_given_once() -> None:
    open_network()
    with pytest.raises(CommandError, match="exists already"):
        open_network(coordinator="altra@example.org")
    assert len(kept_mails()) == 1


def test_the_daily_jobs_may_run_twice(world: World, at: At) -> None:
    at("2025-10-01T10:00")
    world.draft()
    at("2026-11-01T10:00")
    request = world.request(State.ADMITTED)
    at("2026-11-20T10:00")
    for _run in range(2):
        jobs.remind_idle_requests(timestamp=0)
        jobs.remind_applicant(request_id=request.id)
        jobs.erase_old_drafts(timestamp=0)
    assert RequestEntry.objects.filter(request=request, kind="reminder").count() == 1
    assert not AccessionRequest.objects.filter(state=State.DRAFT).exists()
