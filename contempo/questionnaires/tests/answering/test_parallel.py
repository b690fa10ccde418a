"""Many at once, each on a connection of its own: nothing acknowledged is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.core.testing import At
from contempo.questionnaires.models import Campaign, Invitation, Response
from contempo.questionnaires.rules.document import Document, Kind, Page, to_json
from contempo.questionnaires.rules.states import Channel, ResponseState
from contempo.questionnaires.tests.answering.people import FIRST, SECOND, THIRD, Respondent, link_of, public_link
from contempo.questionnaires.tests.factories import (
    TODAY,
    CampaignFactory,
    InvitationFactory,
    TargetFactory,
    VersionFactory,
    make_surveys,
)
from contempo.questionnaires.tests.samples import question, words

pytestmark = pytest.mark.django_db(transaction=True)

PAGES, PEOPLE = 20, 50


CONNECTIONS = BoundedSemaphore(8)
"""As many requests at the same moment as a process of the server has threads and connections."""


class Sharing(Respondent):
    """Somebody whose requests wait for a connection and give it back, as those of a server do."""

    def see(self, path: str = "") -> Respondent:
        with self._served():
            return super().see(path)

    def send(self, path: str, **fields: Any) -> str:
        with self._served():
            return super().send(path, **fields)

    @contextmanager
    def _served(self) -> Iterator[None]:
        with CONNECTIONS:
            try:
                yield
            finally:
                connection.close()


def long_document() -> Document:
    """Twenty pages of two questions."""
    return Document(
        pages=tuple(
            Page(
                key=f"p{number}",
                title=words(f"Pagina {number}"),
                items=(
                    question(f"n{number}", Kind.NUMBER, "Quanti?", required=True),
                    question(f"t{number}", Kind.TEXT, "Che cosa?"),
                ),
            )
            for number in range(PAGES)
        )
    )


def together(acts: "list[Callable[[], object]]") -> list[object]:
    """What each act came to, all begun at once."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(copy_context().run, run, act) for act in acts]]


def typed(page: int, who: int) -> dict[str, str]:
    return {f"n{page}": str(1000 * who + page), f"t{page}": f"persona {who}, pagina {page}"}


def kept(who: int) -> dict[str, object]:
    return {
        key: value
        for page in range(PAGES)
        for key, value in ((f"n{page}", 1000 * who + page), (f"t{page}", f"persona {who}, pagina {page}"))
    }


@pytest.fixture
def campaign(at: At) -> Campaign:
    at(TODAY)
    surveys = make_surveys()
    version = VersionFactory(questionnaire=surveys.questionnaire, number=2, document=to_json(long_document()))
    made: Campaign = CampaignFactory(version=version)
    return made


def invite(campaign: Campaign) -> Invitation:
    made: Invitation = InvitationFactory(campaign=campaign, target=TargetFactory(campaign=campaign))
    return made


def test_fifty_people_with_two_tabs_lose_no_answer_of_twenty_pages(campaign: Campaign) -> None:
    invitations = [invite(campaign) for _one in range(PEOPLE)]

    def answers(who: int) -> Callable[[], object]:
        def act() -> object:
            one = Sharing(link_of(invitations[who])).begin()
            other = Sharing(link_of(invitations[who]))
            for page in range(PAGES):
                tab = (one, other)[page % 2]
                assert tab.page(page + 1, autosave="1", go="stay", **{f"n{page}": "1"}) == ""
                assert tab.page(page + 1, **typed(page, who)) != "", tab.text
                if page % 5 == 4:
                    assert f'value="persona {who}, pagina {page}"' in other.see(f"pagina/{page + 1}/").text
            return one.send("riepilogo/")

        return act

    assert all(str(where).endswith("inviate/") for where in together([answers(who) for who in range(PEOPLE)]))
    for who, invitation in enumerate(invitations):
        assert Response.objects.get(invitation=invitation).answers == kept(who)


def test_a_page_is_saved_by_one_update_and_six_statements_in_all(campaign: Campaign) -> None:
    someone = Respondent(link_of(invite(campaign))).begin()
    someone.page(1, **typed(0, 1))
    with CaptureQueriesContext(connection) as sent:
        someone.page(2, **typed(1, 1))
    statements = [query["sql"] for query in sent if query["sql"] not in ("BEGIN", "COMMIT")]
    assert len(statements) == 6, statements
    assert sum("UPDATE" in sql and "FOR UPDATE" not in sql for sql in statements) == 1


def test_pages_of_one_response_saved_at_the_same_moment_are_all_kept(campaign: Campaign) -> None:
    invitation = invite(campaign)
    Respondent(link_of(invitation)).begin()

    def saves(page: int) -> Callable[[], object]:
        return lambda: Sharing(link_of(invitation)).page(page + 1, **typed(page, 7))

    together([saves(page) for page in range(PAGES)])
    assert Response.objects.get(invitation=invitation).answers == kept(7)


def test_beginning_and_sending_many_times_at_once_make_one_response(campaign: Campaign) -> None:
    campaign.version = campaign.questionnaire.versions.get(number=1)
    campaign.save()
    invitation = invite(campaign)
    together([lambda: Respondent(link_of(invitation)).begin()] * 8)
    someone = Respondent(link_of(invitation)).begin()
    for number, page in enumerate((FIRST, SECOND, THIRD), 1):
        someone.page(number, **page)
    sent = together([lambda: Respondent(link_of(invitation)).send("riepilogo/")] * 8)
    assert all(str(where).endswith("inviate/") for where in sent)
    assert Response.objects.filter(invitation=invitation).count() == 1


def test_a_link_of_an_anonymous_campaign_is_spent_once_by_eight_at_the_same_moment(at: At) -> None:
    at(TODAY)
    surveys = make_surveys()
    invitation = surveys.invitation(surveys.anonymous, "coop")
    people = []
    for _one in range(8):
        someone = Respondent(link_of(invitation)).begin()
        for number, page in enumerate((FIRST, SECOND, THIRD), 1):
            someone.page(number, **page)
        people.append(someone)
    sent = together([lambda someone=someone: someone.send("riepilogo/") for someone in people])  # type: ignore[misc]
    assert sum(str(where).endswith("inviate/") for where in sent) == 1


def test_the_last_place_of_a_public_link_is_taken_once(at: At) -> None:
    at(TODAY)
    campaign = make_surveys().public
    Campaign.objects.filter(pk=campaign.pk).update(public_most=3)
    people = []
    for _one in range(8):
        someone = Respondent(public_link(campaign)).begin()
        for number, page in enumerate((FIRST, SECOND, THIRD), 1):
            someone.page(number, **page)
        people.append(someone)
    together([lambda someone=someone: someone.send("riepilogo/") for someone in people])  # type: ignore[misc]
    completed = Response.objects.filter(campaign=campaign, state=ResponseState.COMPLETED.value)
    assert completed.filter(channel=Channel.PUBLIC.value).count() == 3
    assert "sono arrivate tutte" in Respondent(public_link(campaign)).see().text.lower()
