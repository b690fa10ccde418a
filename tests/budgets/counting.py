"""The SQL statements behind one page."""

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.asking import ADDRESSES
from tests.access.test_matrix import Row, rows
from tests.access.world import Place

# Who sees most of a page comes first.
ORDER = (
    "coordinator",
    "representative",
    "applicant",
    "expert",
    "hr_manager",
    "head",
    "worker",
    "safety",
    "nobody",
    "visitor",
)


def pages() -> dict[str, tuple[Row, str]]:
    """Every address that answers somebody with a page: its row of the access matrix, and the role that sees most."""
    return {
        row.address: (row, next(role for role in ORDER if row.answers[role] == "ok"))
        for row in rows()
        if row.method == "GET" and "ok" in row.answers.values()
    }


def browser(place: Place, role: str) -> Client:
    """A browser in which somebody of that role is signed in."""
    client = Client()
    if role != "visitor":
        client.force_login(place.cast[role])
    return client


def path(place: Place, address: str, thing: str = "-") -> str:
    """Where an address about `thing` of the network of `place` is."""
    network = {"network": place.network.slug} if "network" in ADDRESSES[address].parts else {}
    return reverse(address, kwargs={**network, **place.parts.get(thing, {})})


def statements(client: Client, path: str) -> tuple[list[str], HttpResponse]:
    """The statements of a page opened for the second time, when what a process remembers is known, and the answer."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        b"".join(response) if response.streaming else response.content
    assert response.status_code == 200, (path, response.status_code)
    return [query["sql"] for query in captured], response


def listing(sent: list[str]) -> str:
    """Statements as lines, numbered and shortened to what tells them apart."""
    return "\n".join(f"  {number:3}. {sql[:300]}" for number, sql in enumerate(sent, start=1))
