"""The pages of imports with the kind of the tests, in a network, for somebody signed in."""

from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from contempo.core.clock import now
from contempo.core.imports import register_kind
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.writing import undo_run, write_run
from contempo.core.tests.imports import staff

HOME = "/milano/importazioni/test.staff/5/"


@dataclass
class Desk:
    """A person at the pages of imports."""

    client: Client
    person_id: int

    def open(self, path: str = "", status: int = 200, **params: str) -> BeautifulSoup:
        response = self.client.get(HOME + path, params, follow=True)
        assert response.status_code == status, path
        return BeautifulSoup(response.content, "html.parser")

    def download(self, path: str) -> bytes:
        response = self.client.get(HOME + path)
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    def send(self, path: str, status: int = 200, **data: Any) -> BeautifulSoup:
        response = self.client.post(HOME + path, data, follow=True)
        assert response.status_code == status, path
        return BeautifulSoup(response.content, "html.parser")

    def bring(self, content: str | bytes, name: str = "personale.csv", status: int = 200) -> BeautifulSoup:
        data = content.encode() if isinstance(content, str) else content
        return self.send("nuova/", status, file=SimpleUploadedFile(name, data))

    @property
    def run(self) -> ImportRun:
        """The newest import."""
        return ImportRun.objects.latest("id")

    def preview(self, content: str | bytes, name: str = "personale.csv") -> BeautifulSoup:
        """Bring a file, take the columns proposed, let it be read; the page of the preview."""
        self.bring(content, name)
        chosen = {key: str(column) for key, column in self.run.mapping.items()}
        self.send(f"{self.run.pk}/colonne/", **chosen)
        read_run(self.run.pk)
        return self.open(f"{self.run.pk}/")

    def load(self, content: str | bytes, name: str = "personale.csv") -> BeautifulSoup:
        """Preview a file, confirm it, let it be written; the page of the result."""
        self.preview(content, name)
        self.send(f"{self.run.pk}/conferma/")
        write_run(self.run.pk)
        return self.open(f"{self.run.pk}/")

    def undo(self) -> BeautifulSoup:
        self.send(f"{self.run.pk}/annulla/")
        undo_run(self.run.pk)
        return self.open(f"{self.run.pk}/")


def make_desk(client: Client) -> Desk:
    network = apps.get_model("network", "Network")
    network.objects.create(slug="milano", name="Rete di Milano", short_name="Milano", opened_at=now())
    person = get_user_model().objects.create(email="paolo@example.org", full_name="Paolo Riva")
    client.force_login(person)
    register_kind(staff.STAFF)
    with connection.cursor() as cursor:
        cursor.execute(staff.TABLE)
    return Desk(client, person.pk)


@pytest.fixture
def desk(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(staff, "KEPT_OUT", set())
    return make_desk(client)


def text_of(page: BeautifulSoup) -> str:
    """The words of the main part of a page."""
    return " ".join(page.find("main").get_text(" ").split())
