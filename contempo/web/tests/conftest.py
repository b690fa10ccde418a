"""The gallery: pages showing every component, served by the real settings at addresses only the tests have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from contempo.web import navigation
from contempo.web.tests import gallery

TEMPLATES = Path(__file__).parent / "templates"
Opens = Callable[..., BeautifulSoup]


@pytest.fixture
def gallery_site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gallery's addresses, templates and navigation in place of the platform's."""
    settings.ROOT_URLCONF = "contempo.web.tests.urls"
    [engine] = settings.TEMPLATES
    loaders = [
        "django_cotton.cotton_loader.Loader",
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**engine["OPTIONS"], "loaders": [("django.template.loaders.cached.Loader", loaders)]}
    settings.TEMPLATES = [{**engine, "DIRS": [TEMPLATES], "OPTIONS": options}]
    monkeypatch.setattr(navigation, "_items", list(gallery.ENTRIES_OF_NAVIGATION))
    monkeypatch.setattr(navigation, "_person_menu", [gallery.person_menu])


@pytest.fixture
def opens(gallery_site: None, db: None, client: Client) -> Opens:
    """`opens("/elenco/", pagina="2")` is the page at that address, read as HTML."""

    def page(path: str, status: int = 200, **params: str) -> BeautifulSoup:
        response = client.get(path, params)
        assert response.status_code == status
        return BeautifulSoup(b"".join(response) if response.streaming else response.content, "html.parser")

    return page


@pytest.fixture
def hundred_rows(db: None) -> None:
    """A hundred and sixty rows for the sample list, all "web" or "core"."""
    ContentType.objects.bulk_create(
        ContentType(app_label=("web", "core")[number % 2], model=f"soggetto {number:03}") for number in range(160)
    )
