"""Specimens: tables that exist only in the test that asks for them; a mail server; an actor."""

import queue
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace

import pgtrigger
import pytest
from aiosmtpd.controller import Controller
from django.apps import apps
from django.db import connection, models
from pghistory import core as pghistory_core

from contempo.core import models as core_models
from contempo.core.audit import tracked


@dataclass(frozen=True)
class Somebody:
    """An actor, as far as the kernel is concerned."""

    person_id: int | None = 7
    network_id: int | None = 1
    acting_for: int | None = None


@pytest.fixture
def marta() -> Somebody:
    return Somebody(person_id=7, network_id=1, acting_for=42)


@pytest.fixture
def specimens(db) -> Iterator[SimpleNamespace]:
    """Two tracked models: `Shop`, with a choice, a foreign key and a secret, and its `Shelf`."""
    known = set(apps.all_models["core"])

    @tracked(exclude=["secret"])
    class Shop(models.Model):
        name = models.CharField("nome", max_length=50)
        kind = models.CharField("tipo", max_length=10, choices=[("food", "Alimentari"), ("books", "Libreria")])
        keeper = models.ForeignKey("auth.Group", models.PROTECT, verbose_name="gestione", null=True, related_name="+")
        open = models.BooleanField("aperto", default=True)
        rent_cents = models.IntegerField("affitto", null=True)
        since = models.DateField("dal", null=True)
        tags = models.JSONField("etichette", default=list)
        secret = models.CharField("segreto", max_length=50, blank=True)

        class Meta:
            app_label = "core"
            verbose_name = "negozio"

    @tracked
    class Shelf(models.Model):
        shop = models.ForeignKey(Shop, models.CASCADE, related_name="shelves", verbose_name="negozio")
        label = models.CharField("scritta", max_length=50)

        class Meta:
            app_label = "core"
            verbose_name = "scaffale"

    made = [apps.all_models["core"][name] for name in apps.all_models["core"] if name not in known]
    for model in made:
        pgtrigger.register(*getattr(model._meta, "triggers", []))(model)
    triggers = [(model, trigger) for model, trigger in pgtrigger.registered() if model in made]
    with connection.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    for model, trigger in triggers:
        trigger.install(model)
    yield SimpleNamespace(Shop=Shop, Shelf=Shelf)
    for model, trigger in triggers:
        pgtrigger.registry.delete(f"{model._meta.label}:{trigger.name}")
    for model in made:
        del apps.all_models["core"][model._meta.model_name]
        vars(core_models).pop(model.__name__, None)
    for key in [key for key in pghistory_core._registered_trackers if key[0] in made]:
        del pghistory_core._registered_trackers[key]
    apps.clear_cache()


class Postbox:
    """A mail server on loopback: what it received, and what it answers."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.arrivals: queue.Queue[EmailMessage] = queue.Queue()
        self.recipients: list[str] = []
        self.answer = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if not self.answer.startswith("250"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(letter)
        self.recipients += envelope.rcpt_tos
        self.arrivals.put(letter)
        return "250 OK"


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"
    settings.DEFAULT_FROM_EMAIL = "Rete di Milano <rete@contempo.example.org>"
    yield box
    controller.stop()


@pytest.fixture
def no_jobs(db) -> None:
    """No job is known when the test begins: the tables of jobs are not Django's, which does not empty them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
