"""From an invitation to one's own agile work."""

import pytest

from contempo.agile.actions.staff.linking import BATCH, claim_worker
from contempo.agile.models import Worker
from contempo.agile.tests.conftest import Comune, words
from contempo.agile.tests.factories import WorkerFactory
from contempo.core.outbox import deliver_pending
from contempo.core.outbox.models import Mail
from contempo.core.verdict import Refusal
from contempo.people.models import Person
from contempo.people.tests.factories import PersonFactory, person
from contempo.people.tests.reading import code_sent_to


@pytest.fixture
def emma(comune: Comune) -> Worker:
    """Emma works at the counter, has an address, and no account yet."""
    return WorkerFactory(unit=comune.it.counter, number="000150", email="emma.villa@example.org")


def mails(kind: str = "agile.invitation") -> list[Mail]:
    return list(Mail.objects.filter(kind=kind).order_by("id"))


def test_everybody_not_yet_linked_is_invited_once_and_the_page_tells_how_far_it_is(
    comune: Comune, emma: Worker
) -> None:
    page = comune.see("personale/inviti/", "paolo")
    assert [words(stat) for stat in page.select(".stat-value")] == ["8", "6", "0", "1", "1"]
    assert comune.post("personale/inviti/", "paolo").status_code == 302
    assert page.select("progress") == []
    assert comune.see("personale/inviti/", "paolo").select("progress")
    deliver_pending()
    assert [mail.to for mail in mails()] == ["emma.villa@example.org"]
    assert "/milano/lavoro-agile/comune-di-milano/entra/" in mails()[0].text
    assert "000150" in mails()[0].text
    again = comune.see("personale/inviti/", "paolo")
    assert [words(stat) for stat in again.select(".stat-value")] == ["8", "6", "1", "0", "1"]
    comune.post("personale/inviti/", "paolo")
    deliver_pending()
    assert len(mails()) == 1


def test_many_invitations_leave_in_several_rounds(comune: Comune) -> None:
    for number in range(BATCH + 5):
        WorkerFactory(unit=comune.it.counter, number=f"9{number:05}", email=f"p{number}@example.org")
    comune.post("personale/inviti/", "paolo")
    deliver_pending()
    assert len(mails()) == BATCH + 5


def test_each_figure_of_the_invitations_opens_as_many_people(comune: Comune, emma: Worker) -> None:
    page = comune.see("personale/inviti/", "paolo")
    for stat in page.select(".stat"):
        link, count = stat.select_one("a")["href"], int(words(stat.select_one(".stat-value")))
        listed = comune.client("paolo").get(link)
        assert listed.context["page"].total == count, link


def test_one_person_is_invited_again_from_their_page(comune: Comune, emma: Worker) -> None:
    for _round in range(2):
        assert comune.post(f"personale/{emma.pk}/invita/", "paolo").status_code == 302
    assert len(mails()) == 2


def test_a_newcomer_enters_with_the_code_and_has_their_row_without_a_password(comune: Comune, emma: Worker) -> None:
    client = comune.client(None)
    typed = {"email": "Emma.Villa@example.org", "full_name": "Emma Villa"}
    assert client.post(comune.it.url("entra/"), typed).status_code == 302
    code = code_sent_to("emma.villa@example.org")
    wrong = client.post(comune.it.url("entra/codice/"), {"code": "00000000"})
    assert "code" in wrong.context["form"].errors
    answer = client.post(comune.it.url("entra/codice/"), {"code": code})
    assert answer["Location"] == comune.it.url()
    emma.refresh_from_db()
    assert emma.person == Person.objects.get(email="emma.villa@example.org")
    assert not emma.person.has_usable_password()
    assert client.get(comune.it.url("miei-dati/")).status_code == 200


def test_an_address_that_is_on_no_row_gets_in_and_is_told_so(comune: Comune) -> None:
    client = comune.client(None)
    client.post(comune.it.url("entra/"), {"email": "altra@example.org", "full_name": "Altra Persona"})
    client.post(comune.it.url("entra/codice/"), {"code": code_sent_to("altra@example.org")})
    page = client.get(comune.it.url("entra/"))
    assert "altra@example.org" in page.content.decode()
    assert not Worker.objects.filter(person__email="altra@example.org").exists()


def test_who_is_signed_in_with_the_address_says_this_is_me(comune: Comune, emma: Worker) -> None:
    mine = person("Emma", "Villa")
    page = comune.see("", mine)
    assert "000150" in words(page)
    assert comune.post("entra/sono-io/", mine, worker=str(emma.pk)).status_code == 302
    emma.refresh_from_db()
    assert emma.person == mine


def test_nobody_takes_the_row_of_another_address_nor_of_somebody_linked(comune: Comune, emma: Worker) -> None:
    for who in ("sara", "anna"):
        comune.post("entra/sono-io/", who, worker=str(emma.pk))
    emma.refresh_from_db()
    assert emma.person is None
    with pytest.raises(Refusal):
        claim_worker(comune.actor("sara"), employer_id=emma.employer_id, worker_id=comune.it.anna.pk)


def test_an_unverified_address_proves_nothing(comune: Comune, emma: Worker) -> None:
    mine = PersonFactory(email="emma.villa@example.org", verified=False)
    with pytest.raises(Refusal):
        claim_worker(comune.it.actor(mine), employer_id=emma.employer_id)


def test_who_is_unlinked_sees_nothing_any_more(comune: Comune) -> None:
    assert comune.get("miei-dati/", "anna").status_code == 200
    comune.post(f"personale/{comune.it.anna.pk}/scollega/", "paolo")
    assert comune.get("miei-dati/", "anna").status_code == 403
