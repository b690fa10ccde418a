"""The demo network: the facts of the documents, the invented story, and a loader that may run twice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from contempo.config import demo
from contempo.config.demo import facts, loading
from contempo.config.installation import Unusable
from contempo.core import files
from contempo.core.clock import ROME, replaying
from contempo.core.outbox.models import Mail, MailState
from contempo.network.models import AccessionRequest, DeclaredFact, Membership, Network, Organisation, Signature
from contempo.network.rules.accession import State
from contempo.people.models import Notification, Person, RoleGrant
from contempo.people.rules import NetworkRole, OrganisationRole
from contempo.questionnaires.models import Campaign, Coverage, Invitation, Response, Target

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=ROME)
MILANO = facts.toml("milano/requests.toml")["requests"]
SIGNATORIES = facts.rows("milano/signatories.csv")
PARTNERS = facts.rows("milano/alliance_partners.csv")
CAST = facts.toml("cast.toml")
_PEOPLE = facts.toml("milano/desk/people.toml")
ASKERS = {person["email"] for person in [*_PEOPLE["askers"], *_PEOPLE["english"]]}


@pytest.fixture(scope="module")
def said(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """The demo as it is when loaded on a Friday morning, for the whole module; what the loader said."""
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        patched.setattr(settings, "DEMO", True)
        with transaction.atomic(), replaying(FRIDAY):
            demo.load(lines.append)
            yield lines
            transaction.set_rollback(True)


@pytest.fixture
def milano(said: list[str]) -> Network:
    return Network.objects.get(slug="milano")


def request_named(name: str) -> AccessionRequest:
    return AccessionRequest.objects.get(name=name)


def test_the_fifteen_signatories_are_members_since_they_signed(milano: Network) -> None:
    first = Membership.objects.filter(network=milano, since=date(2014, 3, 31), until=None)
    signed = {membership.organisation.name: membership for membership in first.select_related("organisation")}
    assert signed.keys() == {row["name"] for row in SIGNATORIES}
    assert len(signed) == 15
    for row in SIGNATORIES:
        membership = signed[row["name"]]
        organisation = membership.organisation
        assert (organisation.kind, organisation.municipality_id) == (row["kind"], row["municipality"] or None)
        assert organisation.member_since == membership.since
        assert membership.agreement is not None
        assert membership.agreement.number == int(row["agreement"])


def test_the_lead_and_the_funder_are_those_of_the_plan(milano: Network) -> None:
    assert milano.lead is not None
    assert milano.lead.name == "ASL di Milano"
    assert milano.funder == "Regione Lombardia"
    assert milano.constituted_on == date(2014, 3, 31)
    assert milano.territory.count() == 7
    assert milano.demo


def test_partners_of_alliances_are_in_the_registry_with_their_part_and_are_no_members(milano: Network) -> None:
    signatories = {row["name"] for row in SIGNATORIES}
    assert len({row["organisation"] for row in PARTNERS}) == 62
    for row in PARTNERS:
        organisation = Organisation.objects.get(network=milano, name=row["name"])
        assert organisation.kind == row["kind"]
        assert row["role_it"].rstrip(".") in organisation.source
        assert (organisation.member_since is None) == (row["name"] not in signatories)


def test_counts_without_names_stay_counts(milano: Network) -> None:
    counted = DeclaredFact.objects.filter(network=milano, group="requests")
    assert sum(fact.value for fact in counted) == 60
    assert all("Piano territoriale" in fact.source for fact in counted)
    qualified = {fact.key: fact.qualifier for fact in DeclaredFact.objects.filter(network=milano, group="agency")}
    assert qualified == {"agency-address-book": "nearly", "agency-formal-meetings": "over", "agency-contacts": "over"}


def test_texts_are_there_in_both_languages(milano: Network) -> None:
    assert "### Cabina di regia locale" in milano.governance_it
    assert "### Local steering group" in milano.governance_en
    assert milano.about_it
    assert milano.about_en
    versions = milano.agreements.order_by("number")
    assert [version.in_force_from for version in versions] == [date(2014, 3, 31), date(2026, 1, 1)]
    assert all(version.text_it and version.text_en for version in versions)


@pytest.mark.parametrize("told", MILANO, ids=[told["key"] for told in MILANO])
def test_a_request_is_where_its_story_ends(said: list[str], told: dict[str, Any]) -> None:
    request = request_named(told["application"]["name"])
    assert request.state == told["state"]
    assert request.created_at == told["created_at"]
    assert _email(request.applicant) == _address(told["applicant"])
    assert request.contact_email == told.get("contact_email", "")
    lived = [
        (entry.at, entry.kind, entry.transition, entry.state, _email(entry.person), entry.text, entry.internal)
        for entry in request.entries.select_related("person")
    ]
    names = ("at", "kind", "transition", "state", "by", "text", "internal")
    assert lived == [
        (*(line[name] for name in names[:4]), _address(line["by"]), line["text"], line["internal"])
        for line in told.get("story", [])
    ]


def _email(person: Person | None) -> str | None:
    return person.email if person else ""


def _address(key: str) -> str:
    return next((str(person["email"]) for person in CAST["persons"] if person["key"] == key), "")


@pytest.mark.parametrize("told", [told for told in MILANO if "signature" in told], ids=lambda told: str(told["key"]))
def test_who_signed_is_a_member_from_that_day(said: list[str], told: dict[str, Any]) -> None:
    request = request_named(told["application"]["name"])
    signature = Signature.objects.get(request=request)
    written = told["signature"]
    assert (signature.agreement.number, signature.method) == (written["agreement"], written["method"])
    assert signature.signed_at == written["signed_at"]
    assert signature.signer_name == told["application"]["representative_name"]
    membership = Membership.objects.get(organisation_id=signature.organisation_id)
    assert (membership.since, membership.until) == (told["membership"]["since"], told["membership"].get("until"))


def test_an_admitted_organisation_has_its_seat_on_the_map(said: list[str]) -> None:
    seat = Organisation.objects.get(name="Il Filo Lungo (demo)").seats.get()
    assert (seat.label, seat.latitude, seat.longitude) == ("Sede principale", 45.5021, 9.2117)


def test_a_signed_copy_is_a_paper_that_can_be_opened(said: list[str]) -> None:
    request = request_named("Officine del Lambro S.r.l. (demo)")
    (copy,) = files.attachments_of("accession", request.id)
    assert copy.key == request.signed_copy
    content = copy.path.read_bytes()
    assert content.startswith(b"%PDF-1.4")
    assert content.rstrip().endswith(b"%%EOF")
    assert "Stefano Brivio".encode("cp1252") in content


def test_everybody_of_the_cast_can_sign_in_with_a_verified_address(said: list[str]) -> None:
    persons = {person.email: person for person in Person.objects.all()}
    assert {person["email"] for person in CAST["persons"]} == persons.keys() - ASKERS
    assert all(persons[person["email"]].check_password(CAST["password"]) for person in CAST["persons"][:2])
    assert len({person.password for email, person in persons.items() if email not in ASKERS}) == 1
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(persons)


def test_the_cast_holds_its_roles(said: list[str]) -> None:
    held = {
        (grant.person.email, grant.role, Network.objects.get(id=grant.network_id).slug, _tax_code(grant))
        for grant in RoleGrant.objects.filter(until=None).select_related("person")
    }
    codes = {told["key"]: told["application"].get("tax_code", "") for told in MILANO}
    for person in CAST["persons"]:
        for role in person["grants"]:
            code = codes.get(role.get("organisation"), "")
            assert (person["email"], role["role"], role["network"], code) in held


def _tax_code(grant: RoleGrant) -> str:
    return Organisation.objects.get(id=grant.organisation_id).tax_code if grant.organisation_id else ""


def test_there_is_a_sign_in_to_show_for_each_role(said: list[str]) -> None:
    shown = {sign_in.email for sign_in in demo.sign_ins()}
    roles = set(RoleGrant.objects.filter(person__email__in=shown, until=None).values_list("role", flat=True))
    assert roles == {*NetworkRole, *OrganisationRole}
    assert all(sign_in.role_label and sign_in.full_name and sign_in.password for sign_in in demo.sign_ins())


def test_no_mail_leaves_and_each_bears_the_date_of_its_fact(said: list[str]) -> None:
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.KEPT}
    assert not Mail.objects.filter(at__gt=FRIDAY).exists()


def test_only_the_news_of_the_last_days_is_still_to_be_read(milano: Network) -> None:
    of_desk = Notification.objects.filter(kind__startswith="desk.")
    of_agile = Notification.objects.filter(kind__startswith="agile.")
    others = Notification.objects.exclude(pk__in=of_desk | of_agile).exclude(kind__startswith="programmes.")
    cut = max(others.exclude(read_at=None).values_list("read_at", flat=True))
    assert FRIDAY - timedelta(days=10) < cut < FRIDAY - timedelta(days=5)
    for notification in others:
        assert (notification.read_at is None) == (notification.at > cut)
    assert min(of_desk.filter(read_at=None).values_list("at", flat=True)) > FRIDAY - timedelta(days=8)
    assert min(of_agile.filter(read_at=None).values_list("at", flat=True)) > FRIDAY - timedelta(days=8)
    marta = Notification.objects.filter(person__email="marta.colnaghi@example.org", read_at=None)
    assert marta.filter(pk__in=others).count() == 2
    assert marta.filter(pk__in=of_desk).exists()
    assert not marta.filter(title__contains="seconda persona", kind="desk.catalogue").exists()


def test_bergamo_has_its_own_few_organisations(said: list[str]) -> None:
    bergamo = Network.objects.get(slug="bergamo")
    assert bergamo.organisations.filter(member_since__isnull=False).count() == 3
    assert bergamo.requests.count() == 0
    assert bergamo.lead is not None
    assert bergamo.lead.name == "ATS Bergamo"


def test_loading_again_changes_nothing(said: list[str]) -> None:
    before = _everything()
    again: list[str] = []
    with replaying(FRIDAY + timedelta(days=30)):
        demo.load(again.append)
    assert again == ["The demo is loaded already: nothing to do."]
    assert _everything() == before


def test_a_network_of_the_demo_that_is_missing_is_loaded_beside_the_others(said: list[str]) -> None:
    with transaction.atomic():
        bergamo = Network.objects.get(slug="bergamo")
        bergamo.slug = "altrove"
        bergamo.save()
        people = Person.objects.count()
        demo.load(lambda line: None)
        assert Network.objects.filter(slug="bergamo").exists()
        assert Person.objects.count() == people
        transaction.set_rollback(True)


def _everything() -> dict[str, list[str]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        contents = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            contents[table] = sorted(map(repr, cursor.fetchall()))
    return contents


@pytest.mark.django_db
def test_whoever_loads_it_later_finds_the_same_story_moved_by_whole_weeks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    later = datetime(2027, 7, 7, 18, tzinfo=ROME)
    with replaying(later):
        demo.load(lambda line: None)
    for told in MILANO:
        request = AccessionRequest.objects.get(name=told["application"]["name"])
        assert request.state == told["state"]
        assert request.created_at.astimezone(ROME).weekday() == told["created_at"].weekday()
        assert request.created_at.astimezone(ROME).time() == told["created_at"].astimezone(ROME).time()
    last = AccessionRequest.objects.exclude(state=State.DRAFT).latest("submitted_at").submitted_at
    assert last is not None
    assert timedelta() <= later - last < timedelta(days=7)
    assert Membership.objects.filter(since=date(2014, 3, 31)).count() == 15


@pytest.mark.django_db
def test_a_load_that_breaks_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise ValueError("a file that cannot be read")

    monkeypatch.setattr(settings, "DEMO", True)
    monkeypatch.setattr(loading, "load_requests", broken)
    with pytest.raises(ValueError, match="cannot be read"):
        demo.load(lambda line: None)
    assert not Network.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_an_installation_that_is_not_for_trying_is_refused_in_one_line() -> None:
    with pytest.raises(Unusable) as refusal:
        call_command("load_demo")
    assert "CONTEMPO_DEMO=1" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not Network.objects.exists()


@pytest.mark.django_db
def test_an_installation_that_sends_mail_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    monkeypatch.setattr(settings, "SMTP_URL", "smtp://mail.example.org")
    with pytest.raises(Unusable) as refusal:
        call_command("load_demo")
    assert "SMTP_URL" in str(refusal.value)
    assert not Network.objects.exists()


def test_the_mapping_has_closed_with_three_channels_and_units_covered_by_another(milano: Network) -> None:
    mapping = Campaign.objects.get(network=milano, questionnaire__origin="mappatura")
    assert mapping.state == "closed"
    channels = set(Invitation.objects.filter(campaign=mapping).values_list("channel", flat=True))
    assert channels == {"email", "delegate", "municipality"}
    assert Target.objects.filter(campaign=mapping).count() == len(facts.rows("milano/questionnaires/units.csv"))
    assert Invitation.objects.filter(campaign=mapping, reminders=2).exists()
    covers = facts.toml("milano/questionnaires/questionnaires.toml")["mapping"]["covers"]
    claims = Coverage.objects.filter(response__campaign=mapping)
    assert claims.filter(own=False, state="counted").count() == len(covers["units"]) - 1
    assert claims.filter(state="disputed").count() == 1


def test_the_survey_of_satisfaction_takes_answers_and_reads_them_without_names(milano: Network) -> None:
    survey = Campaign.objects.get(network=milano, questionnaire__origin="soddisfazione-lavoro-agile")
    assert (survey.state, survey.mode) == ("open", "confidential")
    assert Response.objects.filter(campaign=survey, state="completed").count() > 100
    assert survey.closes_at > FRIDAY
