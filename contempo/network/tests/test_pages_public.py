"""What everybody sees of a network: its members, its figures, its agreement."""

import csv
import io
import json
import re
from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from contempo.core.clock import ROME
from contempo.core.testing import Budget
from contempo.network.actions.networks import describe_network
from contempo.network.actions.organisations import begin_membership, register_organisation
from contempo.network.models import AgreementVersion, DeclaredFact, Organisation, Seat
from contempo.network.queries.figures import figures
from contempo.network.queries.members import member_map, members
from contempo.network.rules.organisations import OrganisationKind, Priority, Publishable
from contempo.network.tests.factories import SESTO, OrganisationFactory, World, place

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)


def page(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    """The page at `path`, which must answer with `status`."""
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def names(shown: BeautifulSoup) -> list[str]:
    """The organisations in the table of a page, in order."""
    return [cell.get_text(strip=True) for cell in shown.select("table.rows tbody th")]


@pytest.fixture
def nursery(world: World) -> Organisation:
    """A member of Sesto that shows everything, and wants care services."""
    nursery = world.member(
        name="Nido L'Età dell'Oro",
        kind=OrganisationKind.SOCIAL_COOPERATIVE,
        municipality=place(SESTO),
        since=date(2026, 3, 2),
        priorities=[Priority.CARE_SERVICES],
        published=[str(each) for each in Publishable],
        description="Un nido aperto fino a sera.",
        aims="Trovare imprese vicine.",
        headcount=12,
        website="https://nido.example.org",
        email="nido@example.org",
        phone="+390277404343",
        pec="nido@pec.example.org",
    )
    Seat.objects.create(
        organisation=nursery,
        is_main=True,
        label="Nido",
        address="Via Marx 1",
        postcode="20099",
        municipality=place(SESTO),
        latitude=45.54,
        longitude=9.23,
    )
    return nursery


def test_the_list_holds_members_and_nobody_else(client: Client, world: World, nursery: Organisation) -> None:
    OrganisationFactory(network=world.milano, name="Non ancora")
    OrganisationFactory(network=world.bergamo, name="Altrove", member_since=date(2020, 1, 1))
    shown = page(client, "/milano/soggetti/")
    assert names(shown) == ["Comune di Milano", "Nido L'Età dell'Oro"]
    assert "2 enti aderenti" in shown.select_one(".list-count").get_text()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tipo=social_cooperative", ["Nido L'Età dell'Oro"]),
        ("comune=015146", ["Comune di Milano"]),
        ("priorita=public_private_care", ["Nido L'Età dell'Oro"]),
        ("priorita=organisational_flexibility", []),
        ("cerca=l'eta", ["Nido L'Età dell'Oro"]),
        ("cerca=oro nido", ["Nido L'Età dell'Oro"]),
        ("cerca=milano&tipo=social_cooperative", []),
        ("tipo=social_cooperative&comune=015209&priorita=public_private_care", ["Nido L'Età dell'Oro"]),
        ("tipo=sconosciuto", ["Comune di Milano", "Nido L'Età dell'Oro"]),
        ("ordina=-joined", ["Nido L'Età dell'Oro", "Comune di Milano"]),
        ("ordina=joined", ["Comune di Milano", "Nido L'Età dell'Oro"]),
        ("ordina=-name", ["Nido L'Età dell'Oro", "Comune di Milano"]),
        ("ordina=tax_code&pagina=99", ["Comune di Milano", "Nido L'Età dell'Oro"]),
    ],
)
@pytest.mark.usefixtures("nursery")
def test_filters_and_orders(client: Client, query: str, found: list[str]) -> None:
    shown = page(client, f"/milano/soggetti/?{query}")
    assert names(shown) == found
    assert shown.select_one(".list-count").get_text().split()[0] == str(len(found))
    assert names(page(client, f"/milano/soggetti/mappa/?{query}")) == found


def test_the_file_holds_what_the_list_shows_and_nothing_private(client: Client, nursery: Organisation) -> None:
    response = client.get("/milano/soggetti/?tipo=social_cooperative&formato=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(text), delimiter=";"))
    told = dict(zip(head, row, strict=True))
    assert told["Organizzazione"] == nursery.name
    assert told["Aderisce dal"] == "02/03/2026"
    assert told["Sito web"] == "https://nido.example.org"
    assert not {nursery.tax_code, "nido@pec.example.org", "nido@example.org", "+390277404343"} & set(row)


def test_the_other_file_is_a_table_for_spreadsheets(client: Client, nursery: Organisation) -> None:
    response = client.get("/milano/soggetti/?formato=xlsx")
    assert b"".join(response.streaming_content).startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]


def test_a_website_that_is_not_shown_is_not_in_the_file_either(client: Client, nursery: Organisation) -> None:
    Organisation.objects.filter(id=nursery.id).update(published=[])
    response = client.get("/milano/soggetti/?formato=csv")
    assert b"nido.example.org" not in b"".join(response.streaming_content)


def test_an_empty_network_says_what_will_be_here(client: Client, world: World) -> None:
    empty = page(client, "/bergamo/soggetti/").select_one(".empty")
    assert "Ancora nessun ente aderente" in empty.get_text()
    assert empty.select_one("a")["href"] == "/bergamo/adesione/"


def test_the_map_shows_the_seat_only_of_who_publishes_it(world: World, nursery: Organisation) -> None:
    def points() -> dict[str, tuple[float, float]]:
        shown = member_map(world.milano.id, network="milano", params=QueryDict())
        return {point.label: (point.lat, point.lon) for point in shown.points}

    assert points() == {"Comune di Milano": (45.4642, 9.1896), nursery.name: (45.54, 9.23)}
    Organisation.objects.filter(id=nursery.id).update(published=[Publishable.WEBSITE])
    assert points()[nursery.name] == (45.5347, 9.2286)


def test_list_and_map_keep_each_others_filters(client: Client, nursery: Organisation) -> None:
    shown = page(client, "/milano/soggetti/?tipo=company")
    assert shown.select_one('a[href="/milano/soggetti/mappa/?tipo=company"]')
    shown = page(client, "/milano/soggetti/mappa/?tipo=company")
    assert shown.select_one('a[href="/milano/soggetti/?tipo=company"]')


def test_the_page_of_a_member_shows_what_it_chose(client: Client, nursery: Organisation) -> None:
    text = page(client, f"/milano/soggetti/{nursery.slug}/").main.get_text(" ", strip=True)
    for told in ("Un nido aperto fino a sera.", "Trovare imprese vicine.", "Via Marx 1", "nido@example.org", "Piccola"):
        assert told in text
    assert nursery.tax_code not in text
    assert "nido@pec.example.org" not in text


def test_what_a_member_does_not_publish_is_nowhere_on_its_page(client: Client, nursery: Organisation) -> None:
    Organisation.objects.filter(id=nursery.id).update(published=[])
    response = client.get(f"/milano/soggetti/{nursery.slug}/")
    for kept in ("fino a sera", "imprese vicine", "Via Marx", "nido.example.org", "nido@example.org", "Piccola"):
        assert kept not in response.content.decode()


def test_search_engines_are_told_the_same_and_cannot_be_told_a_script(client: Client, nursery: Organisation) -> None:
    Organisation.objects.filter(id=nursery.id).update(description="</script><script>alert(1)</script>")
    response = client.get(f"/milano/soggetti/{nursery.slug}/")
    assert b"<script>alert" not in response.content
    carried = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    said = json.loads(carried.group(1))
    assert said["@type"] == "Organization"
    assert said["name"] == nursery.name
    assert said["description"] == "</script><script>alert(1)</script>"


def test_who_is_not_a_member_has_no_page(client: Client, world: World) -> None:
    candidate = OrganisationFactory(network=world.milano, name="Non ancora")
    page(client, f"/milano/soggetti/{candidate.slug}/", status=404)
    page(client, f"/bergamo/soggetti/{world.comune.slug}/", status=404)


def test_who_acts_for_a_member_finds_the_way_to_its_record(client: Client, world: World) -> None:
    way = f'a[href="/milano/organizzazione/{world.comune.id}/"]'
    assert not page(client, "/milano/soggetti/comune-di-milano/").select_one(way)
    client.force_login(world.omar)
    assert page(client, "/milano/soggetti/comune-di-milano/").select_one(way)


@pytest.mark.usefixtures("nursery")
def test_each_figure_opens_a_list_just_as_long(client: Client, world: World) -> None:
    with translation.override("it"):
        shown = figures(world.milano.id, network="milano", language="it", today=date(2026, 11, 20))
    counted = [*shown.by_kind, *shown.by_priority, *shown.by_municipality]
    assert len(counted) == 5
    for figure in counted:
        address = urlsplit(figure.url)
        listed = page(client, f"{address.path}?{address.query}")
        assert len(names(listed)) == figure.count
    assert len(names(page(client, shown.members_url))) == shown.members == 2


@pytest.mark.usefixtures("nursery")
def test_growth_is_told_as_a_table_whose_rows_open_their_list(client: Client) -> None:
    shown = page(client, "/milano/crescita/")
    by_kind = shown.select_one("#by-kind table")
    assert by_kind.select_one('a[href="/milano/soggetti/?tipo=municipality"]').get_text() == "Comune"
    years = [row.get_text(" ", strip=True) for row in shown.select("#growth tbody tr")]
    assert years[0] == "2014 1"
    assert years[-1].endswith(" 2")


def test_a_network_without_members_has_no_chart_but_a_word(client: Client, world: World) -> None:
    shown = page(client, "/bergamo/crescita/")
    assert not shown.select_one(".chart")
    assert shown.select_one(".empty")


def test_requests_known_only_as_counts_are_declared_with_their_source(client: Client, world: World) -> None:
    for position, (label, value) in enumerate([("cooperative sociali", 26), ("fondazioni", 34)]):
        DeclaredFact.objects.create(
            network=world.milano,
            key=f"requests-{position}",
            group="requests",
            value=value,
            label_it=label,
            label_en=label,
            source="Piano territoriale 2014-2016",
            position=position,
        )
    shown = page(client, "/milano/crescita/")
    declared = shown.find("section", {"aria-labelledby": "declared"})
    assert "Altre 60 richieste, dichiarate" in declared.get_text()
    assert "Piano territoriale 2014-2016" in declared.get_text()
    assert not declared.select("a")
    assert shown.select_one(".stat-value").get_text(strip=True) == "1"


def test_the_agreement_in_force_is_shown_and_the_others_one_tap_away(client: Client, world: World) -> None:
    for number, day in ((2, date(2020, 1, 1)), (3, date(2999, 1, 1))):
        AgreementVersion.objects.create(
            network=world.milano,
            number=number,
            text_it=f"# Testo {number}\n\n<script>alert(1)</script>",
            in_force_from=day,
            published_at=datetime(2019, 12, 1, tzinfo=ROME),
        )
    shown = page(client, "/milano/accordo/")
    assert "Testo 2" in shown.main.get_text()
    assert not shown.main.find("script")
    assert "non è quella in vigore oggi" in page(client, "/milano/accordo/3/").main.get_text()
    page(client, "/milano/accordo/4/", status=404)


def test_the_logo_of_a_network_is_public(client: Client, world: World) -> None:
    page(client, "/milano/logo/", status=404)
    picture = SimpleUploadedFile("logo.png", PNG, content_type="image/png")
    describe_network(world.actor(world.marta), changes={}, logo=picture)
    response = client.get("/milano/logo/")
    assert response["Content-Type"] == "image/png"
    assert "public" in response["Cache-Control"]


def test_the_service_sheet_says_when_the_agency_answers(client: Client, world: World) -> None:
    shown = page(client, "/milano/adesione/")
    for title in ("A chi è rivolto", "Come fare", "Cosa serve", "Cosa si ottiene", "Tempi e scadenze", "Contatti"):
        assert shown.find("h2", string=title)
    assert "entro 30 giorni" in shown.select_one("#times").get_text()
    assert (
        shown.select_one('form[action="/milano/adesione/inizia/"] button').get_text(strip=True) == "Inizia la richiesta"
    )


@pytest.mark.parametrize("rows", [10, 1000])
@pytest.mark.parametrize("name", ["members", "members by kind", "members by name", "map of members", "growth"])
def test_statements_do_not_grow_with_rows(client: Client, world: World, budget: Budget, name: str, rows: int) -> None:
    many = OrganisationFactory.build_batch(
        rows, network=world.milano, municipality=place(), member_since=date(2020, 1, 1), published=[Publishable.SEATS]
    )
    Organisation.objects.bulk_create(many)
    client.get("/milano/accordo/")
    with budget(name):
        client.get(
            {
                "members": "/milano/soggetti/",
                "members by kind": "/milano/soggetti/?tipo=company",
                "members by name": "/milano/soggetti/?cerca=impresa",
                "map of members": "/milano/soggetti/mappa/",
                "growth": "/milano/crescita/",
            }[name]
        )


def test_statements_of_the_other_pages(client: Client, world: World, budget: Budget) -> None:
    for name, path in {
        "page of a member": "/milano/soggetti/comune-di-milano/",
        "agreement": "/milano/accordo/",
        "join": "/milano/adesione/",
    }.items():
        with budget(name):
            client.get(path)


def test_a_member_called_map_does_not_hide_behind_the_map(client: Client, world: World) -> None:
    marta = world.actor(world.marta)
    record = {"name": "Mappa", "kind": OrganisationKind.ASSOCIATION}
    mapped = register_organisation(marta, record=record)
    begin_membership(marta, organisation_id=mapped.id, since=date(2020, 1, 1), agreement_id=world.agreement.id)
    assert page(client, f"/milano/soggetti/{mapped.slug}/").h1.get_text(strip=True) == "Mappa"


def test_totals_kept_by_the_database_agree_with_the_rows(world: World, nursery: Organisation) -> None:
    for query in ("", "tipo=municipality", "comune=015209", "priorita=public_private_care", "cerca=nido"):
        shown = members(world.milano.id, network="milano", params=QueryDict(query))
        assert shown.total == len(shown.rows)
