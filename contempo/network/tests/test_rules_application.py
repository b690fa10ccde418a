"""The application as it is sent: what must hold between its answers, and that it survives being stored."""

from dataclasses import replace

import pytest

from contempo.core.verdict import Refusal
from contempo.network.rules.accession import Standing
from contempo.network.rules.application import Application, check_application
from contempo.network.rules.organisations import OrganisationKind, Priority, Publishable

BAKERY = Application(
    name="Panificio Aurora",
    kind=OrganisationKind.COMPANY,
    tax_code="99000018889",
    municipality="015146",
    headcount=6,
    priorities=(Priority.FLEXIBILITY, Priority.COMPANY_NETWORKS),
    published=(Publishable.DESCRIPTION, Publishable.WEBSITE),
    privacy_accepted=True,
)


def refusal_of(**changes) -> Refusal:
    with pytest.raises(Refusal) as refused:
        check_application(replace(BAKERY, **changes))
    return refused.value


def test_an_application_in_order_is_accepted():
    check_application(BAKERY)


def test_only_a_public_body_gives_an_ipa_code():
    assert refusal_of(ipa_code="c_f205").field == "ipa_code"


def test_only_a_company_gives_the_fiscal_code_of_a_person():
    assert refusal_of(kind=OrganisationKind.ASSOCIATION, tax_code="FRRVIO80A01F205X").field == "tax_code"


def test_at_least_one_priority_is_chosen():
    assert refusal_of(priorities=()).field == "priorities"


def test_the_privacy_notice_must_have_been_read():
    assert refusal_of(privacy_accepted=False).field == "privacy_accepted"


def test_who_asks_on_behalf_of_the_legal_representative_says_who_that_is():
    assert refusal_of(standing=Standing.DELEGATE).field == "representative_name"
    check_application(replace(BAKERY, standing=Standing.DELEGATE, representative_name="Rosa Ticozzi"))


def test_nobody_has_to_publish_anything():
    check_application(replace(BAKERY, published=()))


def test_stored_and_read_again_it_is_the_same():
    assert Application.from_json(BAKERY.to_json()) == BAKERY


def test_lists_come_back_from_the_store_as_tuples():
    stored = {**BAKERY.to_json(), "priorities": ["organisational_flexibility"], "published": []}
    read = Application.from_json(stored)
    assert read.priorities == ("organisational_flexibility",)
    assert read.published == ()


def test_an_answer_to_a_question_no_longer_asked_is_left_out():
    assert Application.from_json({**BAKERY.to_json(), "fax": "02 0000 0000"}) == BAKERY


def test_an_unknown_headcount_is_not_zero():
    assert Application.from_json(replace(BAKERY, headcount=None).to_json()).headcount is None
