"""A wrong identifier is answered with what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.it import codicefiscale

from contempo.core.identifiers import ateco_code, codice_fiscale, ipa_code, partita_iva, phone, tax_code
from contempo.core.verdict import Refusal

EVERY = (codice_fiscale, partita_iva, tax_code, ipa_code, ateco_code, phone)


@pytest.mark.parametrize(
    ("check", "typed", "canonical"),
    [
        (codice_fiscale, "rccmnl83s18d969h", "RCCMNL83S18D969H"),
        (codice_fiscale, " RCC MNL 83S18 D969H ", "RCCMNL83S18D969H"),
        (partita_iva, "01199250158", "01199250158"),
        (partita_iva, "IT 01199250158", "01199250158"),
        (tax_code, "80012650158", "80012650158"),
        (tax_code, "RCCMNL83S18D969H", "RCCMNL83S18D969H"),
        (ipa_code, " c_f205 ", "c_f205"),
        (ateco_code, "88.91.00", "88.91.00"),
        (ateco_code, "889100", "88.91.00"),
        (ateco_code, "88.91", "88.91"),
        (phone, "02 7740 4343", "+390277404343"),
        (phone, "0039 347 1234567", "+393471234567"),
        (phone, "+41 44 668 18 00", "+41446681800"),
    ],
)
def test_what_is_right_comes_back_in_one_form(check, typed, canonical):
    assert check(typed) == canonical


@pytest.mark.parametrize(
    ("check", "typed", "sentence"),
    [
        (codice_fiscale, "RCCMNL83S18D969", "The fiscal code has 15 characters: they must be 16."),
        (codice_fiscale, "01199250158", "The fiscal code has 11 characters: they must be 16."),
        (codice_fiscale, "RCCM1L83S18D969H", "Character 5 of the fiscal code is “1”: a letter must stand there."),
        (codice_fiscale, "RCCMNL8AS18D969H", "Character 8 of the fiscal code is “A”: a digit must stand there."),
        (codice_fiscale, "RCCMNL83F18D969H", "Character 9 of the fiscal code is “F”: it is not the letter of a month."),
        (codice_fiscale, "RCCMNL83S18D969A", "The last character of the fiscal code does not agree with the others"),
        (partita_iva, "0119925015", "The VAT number has 10 characters: they must be 11."),
        (partita_iva, "0119925O158", "The VAT number contains “O”: only digits may stand there."),
        (partita_iva, "01199250159", "The last digit of the VAT number does not agree with the others"),
        (partita_iva, "00000000000", "This VAT number cannot exist"),
        (tax_code, "0119925015", "The tax code has 10 characters: they must be 11, or 16 for a sole trader."),
        (tax_code, "80012650159", "The last digit of the tax code does not agree with the others"),
        (ipa_code, "c-f205", "The IPA code has only letters, digits and underscores"),
        (ipa_code, "x" * 21, "The IPA code has only letters, digits and underscores"),
        (ateco_code, "A", "An ATECO code is made of"),
        (ateco_code, "99.99.99", "99.99.99 is not a code of the ATECO 2025 classification."),
        (
            ateco_code,
            "62.01.00",
            "62.01.00 is a code of the old classification. In ATECO 2025 it has become: 62.10.00.",
        ),
        (phone, "ciao", "“ciao” is not a telephone number."),
        (phone, "12", "The telephone number is too short"),
        (phone, "34712345678901", "The telephone number is too long"),
        (phone, "0000000000", "This telephone number does not exist"),
    ],
)
def test_what_is_wrong_is_said_exactly(check, typed, sentence):
    with pytest.raises(Refusal) as refused:
        check(typed)
    assert sentence in str(refused.value)


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_an_identifier_or_a_sentence(typed):
    assert all(_answer(check, typed) for check in EVERY)


def _answer(check, typed: str) -> str:
    try:
        return check(typed)
    except Refusal as refused:
        return str(refused)


def _with_check_character(first_fifteen: str) -> str:
    return first_fifteen + codicefiscale.calc_check_digit(first_fifteen)


def test_a_person_born_on_the_thirtieth_of_february_is_asked_to_check():
    with pytest.raises(Refusal, match="a date of birth that does not exist"):
        codice_fiscale(_with_check_character("RCCMNL83B30D969"))


def test_codes_changed_because_two_persons_had_the_same_are_accepted():
    assert codice_fiscale(_with_check_character("RCCMNL83S18D96V")) == _with_check_character("RCCMNL83S18D96V")
    assert codice_fiscale(_with_check_character("RCCMNLUPSMUDVSV")) == _with_check_character("RCCMNLUPSMUDVSV")


@given(
    st.from_regex(r"[A-Z]{6}[0-9]{2}[ABCDEHLMPRST]([0-2][1-9]|[4-6][1-9])[A-Z][0-9]{3}", fullmatch=True),
    st.integers(min_value=0, max_value=14),
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def test_one_mistyped_letter_never_passes_for_another_person_silently(first_fifteen, position, typed):
    right = _with_check_character(first_fifteen)
    wrong = right[:position] + typed + right[position + 1 :]
    if wrong == right or codicefiscale.calc_check_digit(wrong[:15]) == right[15]:
        return
    with pytest.raises(Refusal):
        codice_fiscale(wrong)


@given(st.integers(min_value=1, max_value=9_999_999), st.integers(min_value=1, max_value=100))
def test_every_number_the_revenue_agency_may_have_issued_is_accepted(company, office):
    digits = f"{company:07}{office:03}"
    number = digits + luhn.calc_check_digit(digits)
    assert partita_iva(number) == tax_code(number) == number
