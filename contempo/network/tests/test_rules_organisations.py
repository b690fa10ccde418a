"""What an organisation is: its size, its identifiers, and when two descriptions mean the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.verdict import Refusal
from contempo.network.rules.organisations import (
    DEFAULT_PUBLISHED,
    EXPERIENCE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    PUBLIC_KINDS,
    PUBLISHABLE_LABELS,
    SIZE_BOUNDS,
    SIZE_LABELS,
    Experience,
    OrganisationKind,
    Priority,
    Publishable,
    SizeClass,
    check_identifiers,
    core_name,
    size_class,
)

SOLE_TRADER = "FRRVIO80A01F205X"
FIRM = "99000018889"


@pytest.mark.parametrize(
    ("headcount", "size"),
    [
        (0, SizeClass.MICRO),
        (9, SizeClass.MICRO),
        (10, SizeClass.SMALL),
        (49, SizeClass.SMALL),
        (50, SizeClass.MEDIUM),
        (250, SizeClass.MEDIUM),
        (251, SizeClass.LARGE),
        (1_000_000, SizeClass.LARGE),
    ],
)
def test_size_follows_the_headcount(headcount, size):
    assert size_class(headcount) == size


def test_an_unknown_headcount_is_no_size_at_all():
    assert size_class(None) is None


@given(st.integers(min_value=0, max_value=2**31 - 1))
def test_every_headcount_is_in_exactly_one_size(headcount):
    within = [
        size
        for size, (least, beyond) in SIZE_BOUNDS.items()
        if least <= headcount and (beyond is None or headcount < beyond)
    ]
    assert within == [size_class(headcount)]


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (OrganisationKind, KIND_LABELS),
        (SizeClass, SIZE_LABELS),
        (Priority, PRIORITY_LABELS),
        (Experience, EXPERIENCE_LABELS),
        (Publishable, PUBLISHABLE_LABELS),
    ],
)
def test_everything_that_can_be_chosen_has_a_label(values, labels):
    assert set(values) == set(labels)


def test_nothing_that_leads_to_a_person_is_published_unless_it_is_chosen():
    assert not {Publishable.EMAIL, Publishable.PHONE, Publishable.SEATS} & set(DEFAULT_PUBLISHED)


@pytest.mark.parametrize("kind", sorted(PUBLIC_KINDS))
def test_public_bodies_may_have_an_ipa_code(kind):
    check_identifiers(kind=kind, tax_code=FIRM, ipa_code="c_f205")


@pytest.mark.parametrize("kind", sorted(set(OrganisationKind) - PUBLIC_KINDS))
def test_nobody_else_has_an_ipa_code(kind):
    with pytest.raises(Refusal) as refused:
        check_identifiers(kind=kind, tax_code=FIRM, ipa_code="c_f205")
    assert refused.value.field == "ipa_code"


def test_a_company_of_one_person_may_use_that_persons_fiscal_code():
    check_identifiers(kind=OrganisationKind.COMPANY, tax_code=SOLE_TRADER, ipa_code="")


@pytest.mark.parametrize("kind", sorted(set(OrganisationKind) - {OrganisationKind.COMPANY}))
def test_no_other_organisation_uses_the_fiscal_code_of_a_person(kind):
    with pytest.raises(Refusal) as refused:
        check_identifiers(kind=kind, tax_code=SOLE_TRADER, ipa_code="")
    assert refused.value.field == "tax_code"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coop. Soc. Eureka", "Cooperativa Sociale Eureka"),
        ("Officine del Lambro S.r.l.", "OFFICINE LAMBRO"),
        ("L'Ape Operaia ONLUS", "Ape operaia"),
        ("Comune di Cinisello Balsamo", "comune  Cinisello-Balsamo"),
        ("Associazione “Città Amica”", "citta' amica"),
    ],
)
def test_legal_forms_articles_accents_and_capitals_do_not_tell_organisations_apart(one, other):
    assert core_name(one) == core_name(other)


def test_the_words_that_distinguish_do_tell_them_apart():
    assert core_name("Comune di Milano") != core_name("Comune di Bergamo")


def test_two_names_made_of_legal_words_alone_are_compared_as_they_are():
    assert core_name("Associazione Coop") != core_name("Fondazione Onlus")


@given(st.text(max_size=60))
def test_what_distinguishes_a_name_distinguishes_itself(name):
    assert core_name(core_name(name)) == core_name(name)
