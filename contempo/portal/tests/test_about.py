"""What a network is, and how to reach its agency."""

from contempo.network.models import DeclaredFact, Network
from contempo.network.tests.factories import World
from contempo.portal.tests.conftest import Opens


def test_the_presentation_is_shown_in_the_language_of_the_reader(world: World, opens: Opens) -> None:
    Network.objects.filter(id=world.milano.id).update(about_it="Lavoriamo **insieme**.", about_en="We work *together*.")
    assert "Lavoriamo insieme." in opens("/milano/chi-siamo/").main.get_text()
    assert "We work together." in opens("/milano/chi-siamo/", language="en").main.get_text()


def test_markup_in_the_presentation_does_nothing(world: World, opens: Opens) -> None:
    Network.objects.filter(id=world.milano.id).update(about_it="<script>alert(1)</script> <b onclick=x>Ciao</b>")
    main = opens("/milano/chi-siamo/").main
    assert not main.select("script, [onclick]")


def test_without_a_presentation_the_agency_can_be_asked(world: World, opens: Opens) -> None:
    empty = opens("/bergamo/chi-siamo/").main.select_one(".empty")
    assert empty.a["href"] == "/bergamo/contatti/"


def test_declared_figures_carry_their_source_once(world: World, opens: Opens) -> None:
    for number, label in enumerate(("incontri", "contatti"), start=1):
        DeclaredFact.objects.create(
            network=world.milano,
            group="agency",
            key=label,
            label_it=label,
            label_en=label,
            value=20 * number,
            qualifier="over",
            source="Piano 2014-2016",
            position=number,
        )
    main = opens("/milano/chi-siamo/").main
    assert [stat.get_text(strip=True) for stat in main.select(".stat-value")] == ["oltre 20", "oltre 40"]
    assert main.get_text().count("Fonte: Piano 2014-2016") == 1


def test_the_agreement_in_force_is_one_tap_away(world: World, opens: Opens) -> None:
    link = opens("/milano/chi-siamo/").main.find("a", string="versione 1, dal giorno 20 gennaio 2014")
    assert opens(link["href"]).h1


def test_the_contacts_of_the_agency_can_be_pressed(world: World, opens: Opens) -> None:
    Network.objects.filter(id=world.milano.id).update(
        contact_phone="+39 02 8578 1", contact_address="Corso Italia 19, Milano", opening_hours="Martedì 9-12"
    )
    main = opens("/milano/contatti/").main
    links = [link["href"] for link in main.select("a[href]")]
    assert "mailto:agenzia.milano@example.org" in links
    assert "tel:+390285781" in links
    assert "Corso Italia 19, Milano" in main.get_text()
    assert "Martedì 9-12" in main.get_text()


def test_what_is_not_known_of_the_agency_is_left_out(world: World, opens: Opens) -> None:
    text = opens("/milano/contatti/").main.get_text()
    assert "Telefono" not in text
    assert "None" not in text
