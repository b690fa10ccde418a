"""Identifiers of persons and organisations: each function returns the canonical form or says exactly what is wrong.

Check characters and dates are python-stdnum's and libphonenumber's affair, ATECO codes come from ISTAT's table; what is
added here is the sentence a person can act upon. Pure.
"""

import re

import ateco
import phonenumbers
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.it import codicefiscale, iva

from contempo.core.verdict import Refusal
from contempo.core.words import N_

# What stands where in a fiscal code (D.M. 23 December 1976, art. 2). Digits may be written as letters when two persons
# would otherwise have the same code (omocodia, art. 6).
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789LMNPQRSTUV")
_MONTHS = frozenset("ABCDEHLMPRST")
_FISCAL_CODE = "LLLLLLDDMDDLDDDL"
_FISCAL_CODE_PARTS = {
    "L": (_LETTERS, N_("Character %(position)s of the fiscal code is “%(found)s”: a letter must stand there.")),
    "D": (_DIGITS, N_("Character %(position)s of the fiscal code is “%(found)s”: a digit must stand there.")),
    "M": (_MONTHS, N_("Character 9 of the fiscal code is “%(found)s”: it is not the letter of a month.")),
}
_IPA = re.compile(r"[A-Za-z0-9_]{1,20}")


def codice_fiscale(value: str) -> str:
    """The fiscal code of a person, uppercase without spaces: 16 characters, omocodia included.

    Raises `Refusal` naming the count, the first wrong character, the impossible date or the check character.
    """
    code = codicefiscale.compact(value)
    if len(code) != 16:
        raise Refusal(N_("The fiscal code has %(count)s characters: they must be 16."), count=len(code))
    for position, (found, part) in enumerate(zip(code, _FISCAL_CODE, strict=True), start=1):
        allowed, sentence = _FISCAL_CODE_PARTS[part]
        if found not in allowed:
            raise Refusal(sentence, position=position, found=found)
    try:
        return codicefiscale.validate(code)
    except InvalidComponent:
        raise Refusal(
            N_("Characters 7 to 11 of the fiscal code give a date of birth that does not exist: check them.")
        ) from None
    except ValidationError:
        raise Refusal(
            N_("The last character of the fiscal code does not agree with the others: one of them is mistyped.")
        ) from None


def partita_iva(value: str) -> str:
    """The VAT number: 11 digits; spaces and a leading "IT" are dropped. Raises `Refusal`."""
    return _eleven_digits(
        iva.compact(value),
        wrong_character=N_("The VAT number contains “%(found)s”: only digits may stand there."),
        wrong_length=N_("The VAT number has %(count)s characters: they must be 11."),
        wrong_check=N_("The last digit of the VAT number does not agree with the others: one of them is mistyped."),
        unknown=N_("This VAT number cannot exist: check the digits one by one."),
    )


def tax_code(value: str) -> str:
    """The tax code of an organisation: 11 digits, or the 16 characters of a sole trader. Raises `Refusal`."""
    code = codicefiscale.compact(value)
    if len(code) == 16:
        return codice_fiscale(code)
    return _eleven_digits(
        code,
        wrong_character=N_("The tax code contains “%(found)s”: with 11 characters only digits may stand there."),
        wrong_length=N_("The tax code has %(count)s characters: they must be 11, or 16 for a sole trader."),
        wrong_check=N_("The last digit of the tax code does not agree with the others: one of them is mistyped."),
        unknown=N_("This tax code cannot exist: check the digits one by one."),
    )


def _eleven_digits(code: str, *, wrong_character: str, wrong_length: str, wrong_check: str, unknown: str) -> str:
    if len(code) != 11:
        raise Refusal(wrong_length, count=len(code))
    for found in code:
        if found not in "0123456789":
            raise Refusal(wrong_character, found=found)
    try:
        return iva.validate(code)
    except InvalidChecksum:
        raise Refusal(wrong_check) from None
    except ValidationError:
        raise Refusal(unknown) from None


def ipa_code(value: str) -> str:
    """The code of a public body in the Indice PA (`c_f205`), as it is written there. Raises `Refusal`."""
    code = value.strip()
    if not _IPA.fullmatch(code):
        raise Refusal(N_("The IPA code has only letters, digits and underscores, 20 at most: “c_f205”, for instance."))
    return code


def ateco_code(value: str) -> str:
    """The code of an activity in ISTAT's ATECO 2025, with dots (`88.91.00`), at any level from the division down.

    Raises `Refusal`; for a code of the classification in force until 2024 it names what the code has become.
    """
    code = ateco.canonicalize("".join(value.split())) if value.strip() else ""
    if not re.fullmatch(r"\d\d(\.\d{1,2}(\.\d{1,2})?)?", code):
        raise Refusal(N_("An ATECO code is made of two, three, four, five or six digits: “88.91.00”, for instance."))
    if ateco.validate(code, edition="2025"):
        return code
    if successors := _successors(code):
        raise Refusal(
            N_("%(code)s is a code of the old classification. In ATECO 2025 it has become: %(successors)s."),
            code=code,
            successors=", ".join(successors),
        )
    raise Refusal(N_("%(code)s is not a code of the ATECO 2025 classification."), code=code)


def _successors(code: str) -> tuple[str, ...]:
    return ateco.map_code(code, "2022", "2025").targets if ateco.validate(code, edition="2022") else ()


def phone(value: str) -> str:
    """A telephone number in international form (`+390277404343`); without a prefix it is Italian. Raises `Refusal`."""
    try:
        number = phonenumbers.parse(value, "IT")
    except phonenumbers.NumberParseException:
        raise Refusal(N_("“%(value)s” is not a telephone number."), value=value) from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == phonenumbers.ValidationResult.TOO_SHORT:
        raise Refusal(N_("The telephone number is too short: check that no digit is missing."))
    if possible == phonenumbers.ValidationResult.TOO_LONG:
        raise Refusal(N_("The telephone number is too long: check that there is no digit too many."))
    if not phonenumbers.is_valid_number(number):
        raise Refusal(N_("This telephone number does not exist: check the prefix and the digits."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
