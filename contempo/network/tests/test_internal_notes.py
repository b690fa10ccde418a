"""Internal notes never reach anybody but the agency: not by a page, a file, a mail, a notification or a search."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from contempo.core.models import Mail, OutboxEvent, SearchDocument
from contempo.network.actions.accession.decisions import add_note
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.models import RequestEntry
from contempo.network.queries.story import story_of
from contempo.network.rules.accession import State, Step
from contempo.network.tests.factories import give, pdf
from contempo.people.models import Notification
from contempo.people.public import OrganisationRole
from contempo.web.lists.export import FORMAT

pytestmark = pytest.mark.django_db

SECRET = "Zafferano-7731"
NOT_THE_AGENCY = ["a visitor", "ivo", "elena", "chiara", "davide"]


@pytest.fixture
def noted(world):
    """Requests with a note, and people with every role in the organisation of one."""
    requests = {state: world.request(state) for state in (State.CHANGES_ASKED, State.ADMITTED)}
    for request in requests.values():
        add_note(world.actor(world.giulio), request_id=request.id, text=f"{SECRET}: sentita al telefono.")
    organisation_id = requests[State.ADMITTED].organisation_id
    for who, role in zip((world.chiara, world.teresa, world.omar, world.paolo), OrganisationRole, strict=True):
        give(who, role, world.milano, organisation_id)
    upload_signed_copy(world.actor(world.ivo), request_id=requests[State.ADMITTED].id, upload=pdf())
    requests[State.ADMITTED].refresh_from_db()
    return requests


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Every named address of the site with the names of its variable parts."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", frozenset(pattern.pattern.converters) - {"network"}


def urls_about(world, request) -> Iterator[str]:
    """The addresses of the things of a request, and those of pages and files that could tell of it in passing."""
    known = {
        "key": request.key,
        "number": request.number,
        "step": Step.PEOPLE,
        "organisation_id": request.organisation_id,
        "slug": request.organisation.slug if request.organisation else None,
        "attachment": request.signed_copy,
    }
    for name, parts in addresses(get_resolver().url_patterns):
        values = {part: known[part] for part in parts if known.get(part) is not None}
        if name.startswith(("network:", "portal:", "people:")) and len(values) == len(parts):
            for network in ({"network": world.milano.slug}, {}):
                with suppress(NoReverseMatch):
                    yield reverse(name, kwargs=values | network)
                    break


def signed_in(world, name) -> Client:
    client = Client()
    if name != "a visitor":
        client.force_login(getattr(world, name))
    return client


def all_text(response) -> str:
    """What an answer says, also inside a table file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


@pytest.mark.parametrize("name", NOT_THE_AGENCY)
def test_no_page_and_no_file_shows_a_note_to_anybody_but_the_agency(world, noted, name):
    client, opened, asked = signed_in(world, name), 0, set()
    for state in noted:
        asked |= set(urls_about(world, noted[state]))
    lists = [url for url in asked if url.endswith(("/adesioni/", "/soggetti/"))]
    for url in [*asked, *(f"{url}?{FORMAT}={kind}" for url in lists for kind in ("csv", "xlsx"))]:
        response = client.get(url)
        opened += response.status_code == 200
        assert SECRET not in all_text(response), url
    assert opened >= 10


def test_a_coordinator_who_is_the_applicant_does_not_read_the_notes_on_their_own_request(world):
    request = world.request(State.IN_EXAMINATION, applicant=world.giulio)
    add_note(world.actor(world.marta), request_id=request.id, text=SECRET)
    client = signed_in(world, "giulio")
    for url in urls_about(world, request):
        assert SECRET not in all_text(client.get(url)), url


def test_the_agency_reads_them_where_it_examines(world, noted):
    page = reverse("network:examine", args=["milano", noted[State.ADMITTED].number])
    for name in ("marta", "giulio"):
        assert SECRET in all_text(signed_in(world, name).get(page))


def test_nor_do_mails_notifications_events_and_the_search_say_a_word_of_them(world, noted):
    for model in (Mail, Notification, OutboxEvent, SearchDocument):
        assert SECRET not in serializers.serialize("json", model.objects.all())


def test_the_story_without_notes_has_neither_their_words_nor_their_place(world, noted):
    for request in noted.values():
        public, agency = (story_of(request.id, with_notes=choice) for choice in (False, True))
        assert len(agency) == len(public) + 1
        assert SECRET not in repr(public)
        assert SECRET in repr(agency)


def test_the_database_keeps_no_note_that_is_not_internal(world, noted):
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestEntry.objects.filter(kind="note").update(internal=False)
