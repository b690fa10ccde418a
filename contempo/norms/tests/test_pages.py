"""The pages of the norms: what everybody reads, and how the registry is kept."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.norms.models import Norm
from contempo.norms.public import Citation, NormKind
from contempo.norms.rules import ports
from contempo.norms.tests.factories import NormFactory, record

pytestmark = pytest.mark.django_db

WHY = "Abrogata dal decreto 105 del 2022."


@pytest.fixture(autouse=True)
def _day(at):
    at("2026-11-20T10:00")


def page(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, path: str, **typed: object) -> BeautifulSoup:
    """The page after sending a form, redirections followed."""
    return BeautifulSoup(client.post(path, typed, follow=True).content, "html.parser")


def listed(shown: BeautifulSoup) -> list[str]:
    return [head.get_text(strip=True) for head in shown.select("table.rows th[scope=row]")]


def form_of(**changes: object) -> dict[str, object]:
    """A new norm as the form sends it."""
    kept = {name: value for name, value in record(**changes).items() if value not in (None, False)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


@pytest.fixture
def old_and_new(world):
    new = NormFactory(
        network=world.milano,
        kind=NormKind.CONTRACT,
        short_title="CCNL Commercio 2024",
        valid_from=date(2024, 4, 1),
        summary_it="Orari del commercio.",
    )
    old = NormFactory(
        network=world.milano,
        kind=NormKind.CONTRACT,
        short_title="CCNL Commercio 2019",
        valid_from=date(2019, 8, 1),
        valid_to=date(2024, 4, 1),
        replaced_by=new,
        end_reason="È stato rinnovato.",
    )
    return old, new


def test_everybody_reads_the_published_norms_in_the_order_of_their_titles(world, client, old_and_new):
    NormFactory(network=world.milano, short_title="Legge 9/1992")
    NormFactory(network=world.milano, short_title="Legge 53/1992")
    NormFactory(network=world.milano, published=False)
    NormFactory(network=world.bergamo)
    assert listed(page(client, "/milano/norme/")) == [
        "CCNL Commercio 2019",
        "CCNL Commercio 2024",
        "Legge 9/1992",
        "Legge 53/1992",
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cerca=commercio+2024", ["CCNL Commercio 2024"]),
        ("tipo=law", ["Legge 9/1992"]),
        ("stato=replaced", ["CCNL Commercio 2019"]),
        ("stato=in_force", ["CCNL Commercio 2024", "Legge 9/1992"]),
        ("stato=not_yet", ["Legge Domani"]),
        ("stato=ended", ["Legge Ieri"]),
        ("ordina=-valid_from&stato=in_force", ["CCNL Commercio 2024", "Legge 9/1992"]),
    ],
)
def test_the_list_is_narrowed_and_put_in_order(world, client, old_and_new, asked, found):
    NormFactory(network=world.milano, short_title="Legge 9/1992")
    NormFactory(network=world.milano, short_title="Legge Domani", valid_from=date(2027, 1, 1), kind=NormKind.OTHER)
    NormFactory(network=world.milano, short_title="Legge Ieri", valid_to=date(2026, 11, 20), kind=NormKind.OTHER)
    assert listed(page(client, f"/milano/norme/?{asked}")) == found


def test_the_list_is_had_as_a_file_with_the_address_of_each_text(world, client, old_and_new):
    answer = client.get("/milano/norme/?formato=csv&stato=in_force")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "CCNL Commercio 2024" in lines[1]
    assert "https://www.normattiva.it/" in lines[1]


def test_a_list_without_norms_says_what_will_be_there(world, client):
    assert "Ancora nessuna norma" in page(client, "/milano/norme/").main.text


def test_the_page_of_a_norm_says_what_replaced_it_and_why(client, old_and_new):
    shown = page(client, "/milano/norme/ccnl-commercio-2019/")
    notice = shown.select_one(".notice")
    assert "Questa norma è stata sostituita" in notice.text
    assert "Non è più in vigore dal giorno 1 aprile 2024. È stato rinnovato." in " ".join(notice.text.split())
    assert notice.select_one("a")["href"] == "/milano/norme/ccnl-commercio-2024/"


def test_and_that_of_the_new_one_what_it_replaced(client, old_and_new):
    shown = page(client, "/milano/norme/ccnl-commercio-2024/")
    assert not shown.select(".notice")
    assert shown.select_one("section[aria-labelledby=replaces] a")["href"] == "/milano/norme/ccnl-commercio-2019/"
    assert "Orari del commercio." in shown.select_one(".lead").text
    assert shown.select_one(".button-row a")["href"].startswith("https://www.normattiva.it/")


def test_an_end_to_come_is_announced_while_the_norm_is_in_force(world, client):
    NormFactory(network=world.milano, short_title="Legge 5", valid_to=date(2027, 1, 1))
    shown = page(client, "/milano/norme/legge-5/")
    assert "Questa norma finirà" in shown.select_one(".notice").text
    assert "In vigore" in shown.h1.parent.text


def test_what_cites_the_norm_is_shown_by_whoever_knows(world, client, monkeypatch):
    norm = NormFactory(network=world.milano, short_title="Legge 5")
    monkeypatch.setattr(ports, "_sources", [lambda norm_id: [Citation(f"Voce {norm_id}", "/milano/voce/")]])
    link = page(client, "/milano/norme/legge-5/").select_one("section[aria-labelledby=citations] a")
    assert (link.text, link["href"]) == (f"Voce {norm.id}", "/milano/voce/")


def test_a_hidden_norm_is_there_for_its_keepers_alone(world, marta):
    NormFactory(network=world.milano, short_title="Legge 5", published=False)
    assert "Nascosta al pubblico" in page(marta, "/milano/norme/legge-5/").text
    page(Client(), "/milano/norme/legge-5/", status=404)


def test_the_norms_of_another_network_have_no_page_here(world, client):
    NormFactory(network=world.bergamo, short_title="Legge 5")
    page(client, "/milano/norme/legge-5/", status=404)


def test_visitors_see_nothing_of_the_keeping(client, old_and_new):
    assert "/agenzia/norme/" not in str(page(client, "/milano/norme/ccnl-commercio-2019/"))
    assert "/agenzia/norme/" not in str(page(client, "/milano/norme/"))


def test_an_expert_finds_the_registry_with_what_is_hidden(world, client):
    NormFactory(network=world.milano, short_title="Legge 5", published=False)
    NormFactory(network=world.milano, short_title="Legge 6")
    client.force_login(world.sara)
    shown = page(client, "/milano/agenzia/norme/")
    assert listed(shown) == ["Legge 5", "Legge 6"]
    assert shown.select_one("a[href='/milano/agenzia/norme/nuova/']")
    assert listed(page(client, "/milano/agenzia/norme/?pubblica=no")) == ["Legge 5"]


def test_a_norm_is_added_and_leads_to_its_page(world, marta):
    shown = sent(marta, "/milano/agenzia/norme/nuova/", **form_of())
    assert shown.h1.text.strip() == "Legge 104/1992, art. 33"
    assert "è nel registro" in shown.text
    norm = Norm.objects.get()
    assert {name: getattr(norm, name) for name in record()} == record()


def test_what_is_wrong_is_said_beside_each_field_and_what_was_typed_stays(world, marta):
    wrong = form_of(url="http://www.normattiva.it/", valid_from=None, short_title="Legge 104")
    shown = sent(marta, "/milano/agenzia/norme/nuova/", **wrong)
    assert {link["href"] for link in shown.select(".error-summary a")} == {"#id_url", "#id_valid_from"}
    assert shown.select_one("#id_short_title")["value"] == "Legge 104"
    assert not Norm.objects.exists()


def test_what_the_rules_refuse_is_said_beside_its_field_too(world, marta):
    NormFactory(network=world.milano, short_title="Legge 104/1992", article="art. 33")
    shown = sent(marta, "/milano/agenzia/norme/nuova/", **form_of(summary_it="Scritto da me."))
    assert "Il registro ha già" in shown.select_one(".error-summary").text
    assert "Scritto da me." in shown.select_one("#id_summary_it").text


def test_the_record_is_changed(world, marta):
    norm = NormFactory(network=world.milano, **record(), slug="legge-104")
    path = "/milano/agenzia/norme/legge-104/scheda/"
    assert page(marta, path).select_one("#id_valid_from")["value"] == "1992-02-18"
    shown = sent(marta, path, **form_of(summary_it="Tre giorni al mese.", amended_on=date(2022, 8, 13)))
    assert "è aggiornata" in shown.text
    norm.refresh_from_db()
    assert (norm.summary_it, norm.amended_on) == ("Tre giorni al mese.", date(2022, 8, 13))


def test_an_end_is_recorded_with_its_reason(world, marta):
    norm = NormFactory(network=world.milano, slug="legge-5")
    path = "/milano/agenzia/norme/legge-5/fine/"
    refused = sent(marta, path, valid_to="2022-08-13", reason="no")
    assert "almeno 10 caratteri" in refused.select_one(".error-summary").text
    assert refused.select_one("#id_valid_to")["value"] == "2022-08-13"
    shown = sent(marta, path, valid_to="2022-08-13", reason=WHY)
    assert WHY in shown.select_one(".notice.tone-warning").text
    norm.refresh_from_db()
    assert norm.valid_to == date(2022, 8, 13)


def test_what_replaces_a_norm_is_chosen_among_those_of_the_network(world, marta, old_and_new):
    _old, new = old_and_new
    stranger = NormFactory(network=world.bergamo)
    last = NormFactory(network=world.milano, short_title="CCNL Commercio 2027")
    path = "/milano/agenzia/norme/ccnl-commercio-2024/sostituisci/"
    offered = {option["value"] for option in page(marta, path).select("#id_successor option")}
    assert str(last.id) in offered
    assert not {str(new.id), str(stranger.id)} & offered
    sent(marta, path, successor=last.id, valid_to="2026-01-01", reason=WHY)
    new.refresh_from_db()
    assert new.replaced_by == last


def test_a_circle_is_refused_beside_the_choice(marta, old_and_new):
    old, _new = old_and_new
    path = "/milano/agenzia/norme/ccnl-commercio-2024/sostituisci/"
    shown = sent(marta, path, successor=old.id, valid_to="2026-01-01", reason=WHY)
    assert shown.select_one(".error-summary a")["href"] == "#id_successor"
    assert shown.select_one(f"#id_successor option[value='{old.id}'][selected]")


def test_an_end_is_taken_back(marta, old_and_new):
    old, _new = old_and_new
    sent(marta, "/milano/agenzia/norme/ccnl-commercio-2019/ripristina/", reason="Vale ancora, era un errore.")
    old.refresh_from_db()
    assert (old.valid_to, old.replaced_by) == (None, None)


def test_the_history_says_who_changed_what(world, marta):
    sent(marta, "/milano/agenzia/norme/nuova/", **form_of())
    path = "/milano/agenzia/norme/legge-104-1992-art-33/"
    sent(marta, f"{path}fine/", valid_to="2026-11-20", reason=WHY)
    newest, first = page(marta, f"{path}storia/").select(".timeline li")
    assert newest.h2.text == "Fine registrata"
    assert "Non più in vigore dal: 20 novembre 2026" in newest.text
    assert "Marta Colnaghi" in newest.text
    assert first.h2.text == "Norma aggiunta"


@pytest.mark.parametrize("name", ["elena", "renato", "chiara", "ivo"])
def test_nobody_else_comes_to_the_keeping(world, client, name):
    NormFactory(network=world.milano, slug="legge-5")
    client.force_login(getattr(world, name))
    for path in ("", "nuova/", *(f"legge-5/{page}/" for page in "scheda fine sostituisci ripristina storia".split())):
        page(client, f"/milano/agenzia/norme/{path}", status=403)
