"""The registry, the record of an organisation on both sides, the settings of the network."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from contempo.core.testing import Budget
from contempo.network.actions.organisations import set_contacts
from contempo.network.models import AgreementVersion, Network, Organisation
from contempo.network.queries.records import record, record_history
from contempo.network.queries.registry import registry
from contempo.network.rules.accession import State
from contempo.network.rules.organisations import OrganisationKind, Priority, Publishable
from contempo.network.tests.factories import SESTO, OrganisationFactory, World, give, place
from contempo.network.tests.test_pages_agency import browser, page, rows, sent
from contempo.network.tests.test_pages_public import PNG
from contempo.people.public import OrganisationRole

REGISTRY = "/milano/agenzia/soggetti/"


@pytest.fixture
def marta(client: Client, world: World) -> Client:
    """The browser of Marta, who coordinates Milan."""
    client.force_login(world.marta)
    return client


@pytest.fixture
def chiara(world: World) -> Client:
    """The browser of Chiara, legal representative of the municipality of Milan."""
    return browser(world.chiara)


@pytest.fixture
def bakery(world: World) -> Organisation:
    """A small company of Sesto, known and not a member."""
    return OrganisationFactory(
        network=world.milano,
        name="Forno Aurora",
        tax_code="99000018889",
        municipality=place(SESTO),
        headcount=6,
        priorities=[Priority.FLEXIBILITY],
        email="forno@example.org",
    )


def record_of(organisation: Organisation) -> str:
    """Address of the agency's page of an organisation."""
    return f"{REGISTRY}{organisation.id}/"


def own(organisation: Organisation) -> str:
    """Address of the page an organisation keeps itself."""
    return f"/milano/organizzazione/{organisation.id}/"


def formset(*typed: dict[str, str], **more: str) -> dict[str, str]:
    """What a page of rows sends."""
    values = {"form-TOTAL_FORMS": str(len(typed)), "form-INITIAL_FORMS": "0", **more}
    return values | {f"form-{number}-{name}": text for number, row in enumerate(typed) for name, text in row.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Comune di Milano", "Forno Aurora"]),
        ("cerca=forn", ["Forno Aurora"]),
        ("cerca=99999999999", []),
        ("adesione=si", ["Comune di Milano"]),
        ("adesione=no", ["Forno Aurora"]),
        ("tipo=municipality", ["Comune di Milano"]),
        ("tipo=municipality&adesione=no", []),
        ("comune=015209", ["Forno Aurora"]),
        ("comune=015209&adesione=si", []),
        ("dimensione=micro", ["Forno Aurora"]),
        ("dimensione=small", []),
        ("dimensione=micro&adesione=no", ["Forno Aurora"]),
        ("dimensione=ignota", ["Comune di Milano"]),
        ("priorita=organisational_flexibility", ["Forno Aurora"]),
        ("priorita=public_private_care", []),
        ("tipo=company&comune=015209&priorita=organisational_flexibility", ["Forno Aurora"]),
        ("ordina=-name", ["Forno Aurora", "Comune di Milano"]),
        ("ordina=member_since", ["Comune di Milano", "Forno Aurora"]),
        ("ordina=network__name&tipo=sconosciuto", ["Comune di Milano", "Forno Aurora"]),
    ],
)
@pytest.mark.usefixtures("bakery")
def test_filters_and_orders_of_the_registry(marta: Client, world: World, query: str, found: list[str]) -> None:
    OrganisationFactory(network=world.bergamo, name="Altrove")
    shown = page(marta, f"{REGISTRY}?{query}")
    assert rows(shown) == found
    assert shown.select_one(".list-count").get_text().split()[0] == str(len(found))


def test_the_file_of_the_registry_holds_every_column(marta: Client, bakery: Organisation) -> None:
    response = marta.get(f"{REGISTRY}?cerca=forno&formato=csv")
    head, row = csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    told = dict(zip(head, row, strict=True))
    assert (told["Nome"], told["Codice fiscale"], told["E-mail"]) == (bakery.name, bakery.tax_code, "forno@example.org")
    assert told["Priorità"] == "Organizzazione flessibile del lavoro"


def test_the_registry_costs_the_same_with_two_organisations_and_with_many(world: World, budget: Budget) -> None:
    marta = world.actor(world.marta)
    with budget("registry"):
        registry(marta, network="milano", params=QueryDict())
    OrganisationFactory.create_batch(60, network=world.milano)
    for query in ("", "adesione=no", "tipo=company", "comune=015146&adesione=si"):
        with budget("registry"):
            registry(marta, network="milano", params=QueryDict(query))
    with budget("registry by name"):
        registry(marta, network="milano", params=QueryDict("cerca=impresa"))


def test_who_only_reads_finds_no_way_to_write(world: World, bakery: Organisation) -> None:
    elena = browser(world.elena)
    assert not page(elena, REGISTRY).select(f"a[href='{REGISTRY}nuovo/']")
    shown = page(elena, record_of(bakery))
    assert not shown.select("a[href$='scheda/']")
    for path in (f"{REGISTRY}nuovo/", *(f"{record_of(bakery)}{part}/" for part in ("scheda", "sedi", "contatti"))):
        assert elena.get(path).status_code == 403
        assert elena.post(path, {"name": "Altro", "kind": "company"}).status_code == 403
    assert elena.get("/milano/agenzia/rete/").status_code == 403
    assert elena.get("/milano/agenzia/rete/accordo/").status_code == 403


def test_contacts_are_shown_to_the_agency_and_to_the_organisation_itself(
    marta: Client, chiara: Client, world: World
) -> None:
    ada = {"full_name": "Ada Prova", "email": "ada@example.org"}
    set_contacts(world.actor(world.marta), organisation_id=world.comune.id, contacts=[ada])
    for reader, path in ((marta, record_of(world.comune)), (chiara, own(world.comune))):
        told = page(reader, path).select_one("main").text
        assert "Ada Prova" in told
        assert "Chiara Bonfanti" in told
    for hidden in (record_of(world.comune), f"{record_of(world.comune)}storia/"):
        told = page(browser(world.elena), hidden).select_one("main").text
        assert "Ada Prova" not in told
        assert "Bonfanti" not in told


def test_the_record_costs_the_same_whatever_it_holds(world: World, budget: Budget) -> None:
    marta = world.actor(world.marta)
    with budget("record of an organisation"):
        record(marta, network="milano", organisation_id=world.comune.id)
    people = [{"full_name": f"Persona {number}"} for number in range(20)]
    set_contacts(marta, organisation_id=world.comune.id, contacts=people)
    with budget("record of an organisation"):
        record(marta, network="milano", organisation_id=world.comune.id)
    with budget("history of an organisation"):
        record_history(marta, organisation_id=world.comune.id)


def test_an_organisation_is_added_with_what_is_known(marta: Client, world: World) -> None:
    shown = sent(
        marta, f"{REGISTRY}nuovo/", name="Nido Girasole", kind="social_cooperative", municipality="sesto san giovanni",
        headcount="1.200", website="www.girasole.example.org", source="Telefonata del 3 marzo",
    )  # fmt: skip
    assert "“Nido Girasole” è in anagrafica." in shown.text
    added = Organisation.objects.get(name="Nido Girasole")
    assert (added.network, added.municipality_id, added.headcount) == (world.milano, SESTO, 1200)
    assert (added.website, added.source) == ("https://www.girasole.example.org", "Telefonata del 3 marzo")
    assert added.member_since is None


def test_wrong_codes_are_named_and_nothing_typed_is_lost(marta: Client, bakery: Organisation) -> None:
    typed = {"name": "Comune di Sesto", "kind": "company", "tax_code": "9900", "ipa_code": "c_i690", "phone": "12"}
    shown = sent(marta, f"{REGISTRY}nuovo/", **typed, municipality="Atlantide", headcount="tanti")
    mistakes = shown.select_one(".error-summary").text
    for part in ("Codice fiscale", "4 caratteri", "Codice IPA", "Telefono", "Comune", "numero intero"):
        assert part in mistakes, part
    for name, text in typed.items():
        control = shown.select_one(f"input[name={name}]")
        assert control is None or control["value"] == text
    doubled = sent(marta, f"{REGISTRY}nuovo/", name="Altro nome", kind="company", tax_code=bakery.tax_code)
    assert "Forno Aurora" in doubled.select_one(".error-summary").text


def test_a_like_name_is_shown_before_it_is_added(marta: Client, bakery: Organisation) -> None:
    typed = {"name": "Aurora Forno S.r.l.", "kind": "company"}
    shown = sent(marta, f"{REGISTRY}nuovo/", **typed)
    assert shown.select_one(".notice a")["href"] == record_of(bakery)
    assert not Organisation.objects.filter(name=typed["name"]).exists()
    sent(marta, f"{REGISTRY}nuovo/", **typed, anyway="yes")
    assert Organisation.objects.filter(name=typed["name"]).exists()


def test_the_agency_changes_the_whole_record(marta: Client, bakery: Organisation) -> None:
    path = f"{record_of(bakery)}scheda/"
    assert page(marta, path).select_one("input[name=municipality]")["value"] == "Sesto San Giovanni (MI)"
    values = {"name": "Forno Alba", "kind": "company", "tax_code": bakery.tax_code, "municipality": "Milano"}
    sent(marta, path, **values, priorities=["public_private_care"], published=["headcount"])
    bakery.refresh_from_db()
    assert (bakery.name, bakery.municipality.name, bakery.priorities) == (
        "Forno Alba",
        "Milano",
        ["public_private_care"],
    )
    assert bakery.published == ["headcount"]
    told = page(marta, f"{record_of(bakery)}storia/").select_one("ol.history").text
    for part in ("Scheda modificata", "Forno Aurora", "Forno Alba", "Marta Colnaghi", "Sesto San Giovanni (MI)"):
        assert part in told


def test_an_organisation_changes_what_is_its_own_and_not_its_identity(chiara: Client, world: World) -> None:
    path = f"{own(world.comune)}scheda/"
    shown = page(chiara, path)
    assert shown.select_one("input[name=name]")
    for name in ("kind", "tax_code", "vat_number", "municipality"):
        assert not shown.select(f"[name={name}]")
    sent(chiara, path, name="Comune di Milano", description="Servizi per la città.", tax_code="", kind="company")
    world.comune.refresh_from_db()
    assert world.comune.description == "Servizi per la città."
    assert (world.comune.kind, bool(world.comune.tax_code)) == (OrganisationKind.MUNICIPALITY, True)


def test_only_public_bodies_write_an_ipa_code(world: World, bakery: Organisation) -> None:
    give(world.sara, OrganisationRole.EDITOR, world.milano, bakery.id)
    shown = sent(browser(world.sara), f"{own(bakery)}scheda/", name=bakery.name, ipa_code="c_f205")
    assert "Codice IPA" in shown.select_one(".error-summary").text


def test_roles_of_an_organisation_open_what_they_may_do(world: World) -> None:
    for who, may_write in ((world.chiara, True), (world.omar, True), (world.teresa, False), (world.paolo, False)):
        reader = browser(who)
        assert reader.get("/milano/organizzazione/")["Location"] == own(world.comune)
        shown = page(reader, own(world.comune))
        assert bool(shown.select(f"a[href='{own(world.comune)}scheda/']")) == may_write
        for part in ("scheda", "sedi", "contatti"):
            assert reader.get(f"{own(world.comune)}{part}/").status_code == (200 if may_write else 403)
        answer = reader.post(f"{own(world.comune)}pubblico/", {"published": ["aims"]})
        assert answer.status_code == (302 if may_write else 403)
        assert reader.get(record_of(world.comune)).status_code == 403
    for stranger in (world.ivo, world.davide):
        assert browser(stranger).get(own(world.comune)).status_code == 404
    assert "Non agisci per nessuna organizzazione" in page(browser(world.ivo), "/milano/organizzazione/").text


def test_what_is_shown_to_the_public_is_chosen_in_one_tap(chiara: Client, world: World) -> None:
    Organisation.objects.filter(id=world.comune.id).update(description="Servizi.", email="comune@example.org")
    public = page(chiara, own(world.comune)).select_one("aside a[href^='/milano/soggetti/']")["href"]
    assert "comune@example.org" not in page(chiara, public).select_one("main").text
    sent(chiara, f"{own(world.comune)}pubblico/", published=[Publishable.EMAIL.value])
    told = page(chiara, public).select_one("main").text
    assert "comune@example.org" in told
    assert "Servizi." not in told


def test_seats_are_added_changed_removed_and_put_first(marta: Client, bakery: Organisation) -> None:
    path = f"{record_of(bakery)}sedi/"
    first = {"address": "Via Marx 1", "postcode": "20099", "municipality": "Sesto San Giovanni"}
    sent(
        marta,
        path,
        **formset(first, {"municipality": "Milano (MI)", "latitude": "45,48", "longitude": "9.19", "first": "on"}, {}),
    )
    main, other = bakery.seats.all()
    assert (main.municipality.name, main.latitude, main.is_main) == ("Milano", 45.48, True)
    assert (other.address, other.is_main) == ("Via Marx 1", False)
    shown = page(marta, path)
    assert shown.select_one("input[name=form-0-municipality]")["value"] == "Milano (MI)"
    kept = {"municipality": "Milano (MI)"}
    sent(marta, path, **formset(kept, {**first, "DELETE": "on"}, {}, **{"form-INITIAL_FORMS": "2"}))
    assert [seat.municipality.name for seat in bakery.seats.all()] == ["Milano"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"address": "Via Marx 1"}, "Scrivi il Comune di questa sede."),
        ({"municipality": "Atlantide"}, "Nessun comune italiano"),
        ({"municipality": "Milano", "postcode": "2012"}, "4 cifre"),
        ({"municipality": "Milano", "latitude": "4,5", "longitude": "9"}, "da 35 a 48"),
        ({"municipality": "Milano", "latitude": "nord"}, "per esempio 45,4642"),
        ({"municipality": "Milano", "latitude": "45"}, "tutte e due"),
    ],
)
def test_a_wrong_seat_is_explained_and_kept(
    marta: Client, bakery: Organisation, typed: dict[str, str], said: str
) -> None:
    shown = sent(marta, f"{record_of(bakery)}sedi/", **formset(typed))
    assert said in shown.select_one(".error-summary").text
    for name, text in typed.items():
        assert shown.select_one(f"input[name=form-0-{name}]")["value"] == text
    assert not bakery.seats.exists()


def test_another_row_is_offered_without_losing_what_was_typed(marta: Client, bakery: Organisation) -> None:
    ada = {"full_name": "Ada Prova", "email": "non valida"}
    shown = sent(marta, f"{record_of(bakery)}contatti/", **formset(ada), add="yes")
    assert shown.select_one("input[name=form-0-email]")["value"] == "non valida"
    assert shown.select_one("input[name=form-1-full_name]")
    assert not shown.select(".error-summary")
    mended = formset({**ada, "email": "ada@example.org", "phone": "02 7740 4343"}, {"full_name": "Ugo", "first": "on"})
    sent(marta, f"{record_of(bakery)}contatti/", **mended)
    told = [(contact.full_name, contact.phone) for contact in bakery.contacts.all()]
    assert told == [("Ugo", ""), ("Ada Prova", "+390277404343")]


def test_the_requests_of_an_organisation_lead_to_their_pages(marta: Client, world: World) -> None:
    request = world.request(State.SIGNED)
    shown = page(marta, record_of(request.organisation))
    assert shown.select_one(f"a[href='/milano/agenzia/adesioni/{request.number}/']")
    theirs = page(browser(world.ivo), own(request.organisation))
    assert theirs.select_one(f"a[href='/milano/adesione/{request.key}/']")


def settings_of(network: Network) -> dict[str, str]:
    """What the page of settings sends when nothing is changed."""
    names = ("name", "short_name", "accent", "contact_email")
    return {name: getattr(network, name) for name in names}


def test_settings_change_what_everybody_sees(marta: Client, world: World) -> None:
    values = {**settings_of(world.milano), "short_name": "Milano!", "accent": "teal", "contact_phone": "02 7740 4343"}
    shown = sent(
        marta, "/milano/agenzia/rete/", **values, about_it="## Chi\n\nNoi.", logo=SimpleUploadedFile("l.png", PNG)
    )
    assert "accent-teal" in shown.html["class"]
    network = Network.objects.get(id=world.milano.id)
    assert (network.short_name, network.contact_phone, network.about_it) == (
        "Milano!",
        "+390277404343",
        "## Chi\n\nNoi.",
    )
    assert marta.get("/milano/logo/")["Content-Type"] == "image/png"
    assert Network.objects.get(id=world.bergamo.id).accent == "blue"


def test_a_disguised_logo_is_refused_and_nothing_typed_is_lost(marta: Client, world: World) -> None:
    values = {**settings_of(world.milano), "opening_hours": "Ogni mattina"}
    shown = sent(
        marta, "/milano/agenzia/rete/", **values, logo=SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")
    )
    assert "Logo" in shown.select_one(".error-summary a").text
    assert shown.select_one("input[name=opening_hours]")["value"] == "Ogni mattina"
    assert not Network.objects.get(id=world.milano.id).opening_hours


def test_only_the_version_that_was_seen_is_published(marta: Client, world: World) -> None:
    path = "/milano/agenzia/rete/accordo/"
    assert "Accordo territoriale" in page(marta, path).select_one("textarea[name=text_it]").text
    typed = {"text_it": "# Nuovo\n\n<script>uno</script>", "text_en": "", "in_force_from": "2027-01-01"}
    unseen = sent(marta, path, **typed, publish="yes")
    assert AgreementVersion.objects.filter(network=world.milano).count() == 1
    assert unseen.select_one("#preview h2:not([id])").text == "Nuovo"
    assert not unseen.select("#preview script")
    seen = {**typed, "seen": unseen.select_one("input[name=seen]")["value"]}
    changed = sent(marta, path, **{**seen, "text_it": "# Altro"}, publish="yes")
    assert "è cambiato" in changed.select_one(".notice").text
    done = sent(marta, path, **seen, publish="yes")
    assert "La versione 2 dell’accordo è pubblicata." in done.text
    assert AgreementVersion.objects.get(network=world.milano, number=2).in_force_from == date(2027, 1, 1)


def test_a_version_cannot_hold_before_the_one_it_follows(marta: Client, world: World) -> None:
    path = "/milano/agenzia/rete/accordo/"
    typed = {"text_it": "# Nuovo", "text_en": "", "in_force_from": "2010-01-01"}
    mark = sent(marta, path, **typed, preview="yes").select_one("input[name=seen]")["value"]
    shown = sent(marta, path, **typed, seen=mark, publish="yes")
    assert "prima di quella che la precede" in shown.select_one(".error-summary").text
    assert shown.select_one("textarea[name=text_it]").text.strip() == "# Nuovo"
