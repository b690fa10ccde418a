"""A plan brought in the browser: what is wrong is told, what would change is shown, and only then it is loaded."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contempo.core.clock import now
from contempo.network.models import Network
from contempo.network.tests.factories import NetworkFactory, OrganisationFactory
from contempo.people.public import SYSTEM, NetworkRole
from contempo.people.tests.factories import person
from contempo.programmes.actions.uploads import erase_old_uploads
from contempo.programmes.models import Plan, PlanUpload
from contempo.programmes.queries.workbooks import plan_workbook, read_workbook
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan.reading import read_plan
from contempo.programmes.rules.plan.writing import write_plan
from contempo.programmes.tests.files.test_loading import keeper, loaded, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return NetworkFactory(slug="milano")


@pytest.fixture
def marta(network: Network) -> Client:
    """A browser in which a coordinator is signed in."""
    coordinator = person("Marta", "Colnaghi", (NetworkRole.COORDINATOR, network.id, None))
    client = Client()
    client.force_login(coordinator)
    return client


def brought(client: Client, data: bytes, name: str = "piano.yaml") -> tuple[int, BeautifulSoup]:
    """The answer to a file: its number, and the page it leads to."""
    url = reverse("programmes:upload", kwargs={"network": "milano"})
    response = client.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)
    return response.status_code, BeautifulSoup(response.content, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split())


def preview_url() -> str:
    return reverse("programmes:upload_preview", kwargs={"network": "milano", "upload_id": PlanUpload.objects.get().pk})


def test_a_wrong_file_is_told_place_by_place_and_kept_nowhere(network: Network, marta: Client) -> None:
    status, page = brought(marta, b"format: contempo-plan/1\nkey: piano\ntitle: Piano\nends_on: mai\n")
    assert status == 422
    assert [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")] == [
        ["riga 1", "starts_on", "nulla", "questo campo, che è necessario"],
        ["riga 4", "ends_on", "“mai”", "un giorno, come 2014-06-30 o 30/06/2014"],
    ]
    assert not PlanUpload.objects.exists()


def test_no_file_is_said_beside_the_field(network: Network, marta: Client) -> None:
    page = BeautifulSoup(marta.post(reverse("programmes:upload", kwargs={"network": "milano"})).content, "html.parser")
    assert "Scegli un file." in words(page)


def test_a_new_plan_is_shown_then_loaded_as_a_draft(network: Network, marta: Client) -> None:
    OrganisationFactory(network=network, name="B", slug="bi")
    _status, page = brought(marta, write_plan(plan()).encode())
    said = words(page)
    assert "Questo è un piano nuovo" in said
    assert "2 organizzazioni entrano in anagrafica" in said
    assert "“bi”" in said
    assert not Plan.objects.exists()
    response = marta.post(preview_url(), {"load": "yes"})
    assert response["Location"] == "/milano/piani/piano/"
    assert Plan.objects.get().state == PlanState.DRAFT
    assert not PlanUpload.objects.exists()


def test_a_workbook_is_as_good_as_a_file(network: Network, marta: Client) -> None:
    brought(marta, plan_workbook(plan()), "piano.xlsx")
    assert read_plan(PlanUpload.objects.get().text, filename="x") == plan()


def test_what_would_change_is_grouped_and_counted(network: Network, marta: Client) -> None:
    loaded(keeper(network.id), plan())
    after = plan(title="Piano nuovo", indicators=[{"key": "i", "typology": "companies", "name": "I", "target": "20"}])
    _status, page = brought(marta, write_plan(after).encode())
    headings = [heading.get_text() for heading in page.select("main h2")]
    assert "Il piano: 1 cambiamento" in headings
    assert "Indicatori: 1 cambiamento" in headings
    assert "Bozza" in words(page)


def test_a_plan_that_says_the_same_has_nothing_to_load(network: Network, marta: Client) -> None:
    loaded(keeper(network.id), plan())
    _status, page = brought(marta, write_plan(plan()).encode())
    assert "Non cambierebbe nulla" in words(page)
    assert not page.select("button[name=load]")


def test_what_may_not_change_is_told_before_and_refused_after(network: Network, marta: Client) -> None:
    loaded(keeper(network.id), plan())
    Plan.objects.update(state=PlanState.IN_FORCE)
    _status, page = brought(marta, write_plan(plan(budget={})).encode())
    assert "Gli importi di un piano in vigore cambiano con una rimodulazione" in words(page)
    assert not page.select("button[name=load]")
    assert marta.post(preview_url(), {"load": "yes"})["Location"] == preview_url()
    assert Plan.objects.get().lines.count() == 1


def test_a_file_may_be_forgotten(network: Network, marta: Client) -> None:
    brought(marta, write_plan(plan()).encode())
    marta.post(preview_url(), {"discard": "yes"})
    assert not PlanUpload.objects.exists()
    assert not Plan.objects.exists()


def test_nobody_else_sees_the_file(network: Network, marta: Client) -> None:
    brought(marta, write_plan(plan()).encode())
    other = person("Altra", "Persona", (NetworkRole.COORDINATOR, network.id, None))
    client = Client()
    client.force_login(other)
    assert client.get(preview_url()).status_code == 404


def test_a_file_nobody_loads_is_erased_after_a_week(network: Network, marta: Client) -> None:
    brought(marta, write_plan(plan()).encode())
    assert erase_old_uploads(SYSTEM) == 0
    PlanUpload.objects.update(uploaded_at=now() - timedelta(days=8))
    assert erase_old_uploads(SYSTEM) == 1


def test_the_downloads_are_the_plan(network: Network) -> None:
    loaded(keeper(network.id), plan())
    Plan.objects.update(state=PlanState.IN_FORCE)
    where = {"network": "milano", "plan": "piano"}
    file = Client().get(reverse("programmes:plan_file", kwargs=where))
    assert file["Content-Disposition"] == 'attachment; filename="piano.yaml"'
    assert read_plan(file.content.decode(), filename="x") == plan()
    sheets = Client().get(reverse("programmes:plan_sheets", kwargs=where))
    assert read_workbook(sheets.content, filename="x") == plan()
