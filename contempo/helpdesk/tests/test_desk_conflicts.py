"""A conflict of interest holds on every address of the desk, and notes reach nobody who asked.

The addresses are those of the resolver: one added later is walked too.
"""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core import serializers
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from contempo.core.files import Attachment
from contempo.core.models import Mail, OutboxEvent, SearchDocument
from contempo.helpdesk.actions.answer_files import attach_to_answer
from contempo.helpdesk.actions.answering import add_note, ask_details, ask_reading, save_answer_draft
from contempo.helpdesk.actions.asker import add_to_question
from contempo.helpdesk.actions.asking import MESSAGE
from contempo.helpdesk.actions.letters import follow_path
from contempo.helpdesk.actions.passing import pass_on
from contempo.helpdesk.models import Expert, Question
from contempo.helpdesk.tests.factories import ANSWER
from contempo.helpdesk.tests.test_pages_desk import signed_in
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory, give, pdf
from contempo.people.models import Notification
from contempo.people.public import NetworkRole, OrganisationRole

pytestmark = pytest.mark.django_db

SECRET = "Zafferano-7731"
WORDS = "Girandola-4412"


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Every named address of the site with the names of its variable parts."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", frozenset(pattern.pattern.converters) - {"network"}


def urls_about(network: str, question: Question) -> list[str]:
    """Every address of the desk that can speak of a question, by its number, key and files."""
    message = question.messages.order_by("-id").first()
    known = {
        "number": question.number,
        "key": question.key,
        "attachment": newest_file(question),
        "author_id": message.author_id,
        "token": "not-a-token",
    }
    found = []
    for name, parts in addresses(get_resolver().url_patterns):
        values = {part: known[part] for part in parts if known.get(part) is not None}
        if name.startswith(("helpdesk:", "portal:", "people:")) and len(values) == len(parts):
            for where in ({"network": network}, {}):
                with suppress(NoReverseMatch):
                    found.append(reverse(name, kwargs={**values, **where}))
                    break
    return found


def newest_file(question: Question):
    """The key of the last file that came with a message of a question."""
    owners = list(question.messages.values_list("pk", flat=True))
    return Attachment.objects.filter(owner_kind=MESSAGE, owner_id__in=owners).latest("at").key


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


@pytest.fixture
def dispute(desk):
    """Sara against Acme: with a note, a file, a draft to be read, and Tullio who answers it."""
    acme = OrganisationFactory(network=desk.world.milano, name="Acme Logistica", kind=OrganisationKind.COMPANY)
    question = desk.question(
        text=f"{WORDS}: l'azienda mi nega il congedo a ore, che cosa posso fare?", counterparts=("Acme Logistica",)
    )
    tullio = desk.actor(desk.tullio)
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Ecco la lettera.", uploads=(pdf(),))
    desk.taken(question, by=desk.tullio)
    draft = save_answer_draft(tullio, question_id=question.pk, text=f"{SECRET} {ANSWER}", version=0)
    attach_to_answer(tullio, question_id=question.pk, upload=pdf("bozza.pdf"))
    ask_reading(tullio, question_id=question.pk, version=draft.version)
    add_note(tullio, question_id=question.pk, text=f"{SECRET}: sentita al telefono.")
    return question, acme


def kept_away(desk, acme, kind):
    """Nadia with one of the ties that keep her away."""
    if kind == "counterpart":
        give(desk.nadia, OrganisationRole.DELEGATE, desk.world.milano, acme.pk)
    else:
        other = OrganisationFactory(network=desk.world.milano, name="Altra parte", kind=kind)
        give(desk.nadia, OrganisationRole.DELEGATE, desk.world.milano, other.pk)
    Expert.objects.update_or_create(network=desk.world.milano, person=desk.nadia, defaults={"senior": True})
    return signed_in(desk.nadia)


TIES = ["counterpart", OrganisationKind.TRADE_UNION, OrganisationKind.EMPLOYERS_ASSOCIATION, OrganisationKind.COMPANY]


@pytest.mark.parametrize("tie", TIES)
def test_no_address_shows_a_question_to_an_expert_with_a_conflict(desk, dispute, tie):
    question, acme = dispute
    client = kept_away(desk, acme, tie)
    asked = urls_about("milano", question)
    lists = [url for url in asked if url.endswith("/esperti/domande/")]
    searched = [f"{url}?cerca={WORDS}&formato={kind}" for url in lists for kind in ("csv", "")]
    by_number = [f"{url}?cerca={question.number}" for url in lists]
    opened = 0
    for url in [*asked, *searched, *by_number, *(f"{url}?scheda=tutte&formato=csv" for url in lists)]:
        response = client.get(url)
        opened += response.status_code == 200
        text = text_of(response).replace(f'value="{WORDS}"', "").replace(f"<strong>{WORDS}</strong>", "")
        said = [word for word in (SECRET, "nega il congedo") if word in text]
        assert not said, (url, said)
    assert opened >= 5
    about = [url for url in asked if f"/esperti/domande/{question.number}/" in url]
    assert len(about) >= 15
    assert {client.get(url).status_code for url in about} <= {404, 405}


@pytest.mark.parametrize("tie", TIES)
def test_nor_does_sending_anything_to_an_address_change_it(desk, dispute, tie):
    question, acme = dispute
    client = kept_away(desk, acme, tie)
    before = serializers.serialize("json", Question.objects.all())
    messages = question.messages.count()
    for url in urls_about("milano", question):
        if "/esperti/domande/" in url and "/ritardo/" not in url and f"/{question.number}/" in url:
            sent = {
                "text": "Qualcosa di abbastanza lungo.",
                "reason": "x" * 40,
                "turn_to": "x",
                "into": 1,
                "do": "send",
            }
            response = client.post(url, {**sent, "version": 1, "comment": "x" * 30, "person": desk.nadia.pk})
            assert response.status_code in (403, 404, 405), url
    assert serializers.serialize("json", Question.objects.all()) == before
    assert question.messages.count() == messages


def test_an_expert_reads_nothing_of_the_desk_of_another_network(desk, dispute):
    question, _acme = dispute
    stranger = desk.world.ivo
    give(stranger, NetworkRole.EXPERT, desk.world.bergamo)
    client = signed_in(stranger)
    for url in urls_about("milano", question):
        if "/esperti/" in url:
            assert client.get(url).status_code in (403, 405), url
    other = pass_on(
        desk.actor(desk.world.marta), question_id=question.pk, network="bergamo", reason="Risponde Bergamo, per zona."
    )
    for url in urls_about("bergamo", question):
        if f"/{question.number}/" in url and question.number != other.number:
            assert client.get(url).status_code in (404, 405), url


def test_a_coordinator_with_a_conflict_sees_and_sends_on_but_does_not_answer(desk, dispute):
    question, acme = dispute
    give(desk.world.giulio, OrganisationRole.DELEGATE, desk.world.milano, acme.pk)
    client = signed_in(desk.world.giulio)
    where = {"network": "milano", "number": question.number}
    page = client.get(reverse("helpdesk:desk_question", kwargs=where)).content.decode()
    assert "A questa domanda non rispondi tu" in page
    assert client.get(reverse("helpdesk:desk_answer", kwargs=where)).status_code == 404
    assert client.post(reverse("helpdesk:desk_take", kwargs=where)).status_code == 403
    assert client.get(reverse("helpdesk:desk_assign", kwargs=where)).status_code == 200


def test_a_coordinator_who_asked_does_not_read_the_notes_on_their_own_question(desk):
    question = desk.taken(desk.question(asker=desk.world.giulio))
    add_note(desk.actor(desk.nadia), question_id=question.pk, text=SECRET)
    save_answer_draft(desk.actor(desk.nadia), question_id=question.pk, text=f"{SECRET} {ANSWER}", version=0)
    client = signed_in(desk.world.giulio)
    for name in ("desk_question", "desk_answer", "desk_similar", "desk_note", "desk_details"):
        url = reverse(f"helpdesk:{name}", kwargs={"network": "milano", "number": question.number})
        assert SECRET not in client.get(url).content.decode(), url


@pytest.fixture
def noted(desk, dispute):
    """The question has gone through much, with notes and drafts all along."""
    question, _acme = dispute
    ask_details(desk.actor(desk.tullio), question_id=question.pk, text="Quale contratto collettivo si applica?")
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Commercio.", uploads=(pdf("busta.pdf"),))
    return question


@pytest.mark.parametrize("name", ["a visitor", "sara", "ivo", "elena", "renato", "chiara", "davide", "paolo"])
def test_no_page_and_no_file_shows_a_note_or_a_draft_to_anybody_but_the_desk(desk, noted, name):
    client = Client()
    if name != "a visitor":
        client.force_login(desk.sara if name == "sara" else getattr(desk.world, name))
    opened = 0
    for url in urls_about("milano", noted):
        response = client.get(url)
        opened += response.status_code == 200
        assert SECRET not in text_of(response), url
    assert opened >= 2


def test_nor_does_the_link_mailed_to_the_asker(desk, noted):
    client = Client()
    page = client.get(follow_path(noted), follow=True)
    assert page.status_code == 200
    assert "Quale contratto collettivo" in page.content.decode()
    assert SECRET not in page.content.decode()
    for url in urls_about("milano", noted):
        assert SECRET not in text_of(client.get(url)), url


def test_no_mail_no_event_and_no_search_says_a_word_of_them(desk, noted):
    for model in (Mail, OutboxEvent, SearchDocument, Notification):
        assert SECRET not in serializers.serialize("json", model.objects.all()), model
    assert "zafferano" not in Question.objects.get(pk=noted.pk).search_text


def test_the_data_a_person_downloads_hold_no_note(desk, noted):
    client = signed_in(desk.sara)
    for method in (client.get, client.post):
        assert SECRET not in text_of(method(reverse("people:my_data")))


def test_who_works_at_the_desk_reads_them(desk, noted):
    url = reverse("helpdesk:desk_question", kwargs={"network": "milano", "number": noted.number})
    for who in (desk.nadia, desk.tullio, desk.world.marta):
        assert SECRET in signed_in(who).get(url).content.decode()
