"""A list sends the same statements with ten rows and with a thousand."""

from datetime import date, datetime
from itertools import count

import pytest
from bs4 import BeautifulSoup

from contempo.core.clock import ROME
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.rules.accession import State
from contempo.network.rules.organisations import Publishable
from contempo.network.tests.factories import OrganisationFactory, application
from contempo.network.tests.factories import place as municipality
from contempo.norms.models import Norm
from contempo.norms.tests.factories import NormFactory
from contempo.people.models import Notification, Person, RoleGrant
from contempo.people.public import OrganisationRole
from contempo.people.tests.factories import PersonFactory, RoleGrantFactory
from tests.access.world import Place, make_place
from tests.budgets.counting import browser, listing, path, statements

LISTS = {
    "network:members": "visitor",
    "network:members_map": "visitor",
    "network:queue": "coordinator",
    "network:registry": "coordinator",
    "norms:norms": "visitor",
    "norms:registry": "coordinator",
    "people:network_people": "coordinator",
    "people:notifications": "coordinator",
    "network:my_requests": "applicant",
    "portal:home": "visitor",
    "portal:search": "visitor",
    "portal:desk": "coordinator",
}
WORDS = {"portal:search": "?q=impresa"}
FEW, MANY = 10, 1000
_THEN = datetime(2026, 11, 2, 9, tzinfo=ROME)
_numbers = count(1000)


def fill(place: Place, rows: int) -> None:
    """Add `rows` of everything that is listed, each in one statement."""
    town = municipality()
    Organisation.objects.bulk_create(
        OrganisationFactory.build(
            network=place.network, municipality=town, member_since=date(2020, 1, 1), published=[Publishable.SEATS]
        )
        for _row in range(rows)
    )
    Norm.objects.bulk_create(NormFactory.build_batch(rows, network=place.network))
    _ask_to_join(place, rows)
    _take_part(place, rows)
    Notification.objects.bulk_create(
        Notification(
            person=place.cast["coordinator"],
            network_id=place.network.id,
            kind="accession.agency",
            title="Una richiesta",
            url="/",
            at=_THEN,
            delivery="never",
        )
        for _row in range(rows)
    )


def _ask_to_join(place: Place, rows: int) -> None:
    sent = application().to_json()
    AccessionRequest.objects.bulk_create(
        AccessionRequest(
            network=place.network,
            number=next(_numbers),
            state=State.SUBMITTED,
            state_since=_THEN,
            applicant=place.cast["applicant"],
            application=sent,
            name="Panificio",
            submitted_at=_THEN,
            due_on=date(2026, 12, 2),
            created_at=_THEN,
            changed_at=_THEN,
        )
        for _row in range(rows)
    )


def _take_part(place: Place, rows: int) -> None:
    organisation_id = place.parts["organisation"]["organisation_id"]
    people = Person.objects.bulk_create(PersonFactory.build_batch(rows))
    RoleGrant.objects.bulk_create(
        RoleGrantFactory.build(
            person=person,
            role=OrganisationRole.EDITOR,
            network_id=place.network.id,
            organisation_id=organisation_id,
        )
        for person in people
    )


def asked(place: Place) -> dict[str, tuple[list[str], int]]:
    """For each list, the statements it sends and how much it shows."""
    found = {}
    for address, role in LISTS.items():
        sent, answer = statements(browser(place, role), path(place, address) + WORDS.get(address, ""))
        shown = len(BeautifulSoup(answer.content, "html.parser").main.find_all(True))
        found[address] = (sent, shown)
    return found


@pytest.mark.django_db
def test_statements_do_not_grow_with_rows() -> None:
    milano = make_place("milano")
    fill(milano, FEW)
    few = asked(milano)
    fill(milano, MANY - FEW)
    many = asked(milano)
    wrong = [
        f"{address}: {len(few[address][0])} with {FEW} rows, {len(sent)} with {MANY}\n{listing(sent)}"
        for address, (sent, _shown) in many.items()
        if len(sent) != len(few[address][0])
    ]
    assert not wrong, "\n".join(wrong)
    assert [address for address, (_sent, shown) in many.items() if shown < few[address][1]] == []
