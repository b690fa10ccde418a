"""What a cell is read as: no database."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from contempo.core.cells import column_letter, disarm, rearm
from contempo.core.imports.kinds import Choice, Field, FieldKind
from contempo.core.imports.values import BadCell, FieldReader, WrongValue


def reader(kind: FieldKind, **more) -> FieldReader:
    return FieldReader.of(Field("it", "It", kind, **more), lambda message: [message])


def read(kind: FieldKind, cell, **more):
    return reader(kind, **more).read(cell)


@pytest.mark.parametrize(
    "cell",
    ["31/12/2026", "31.12.2026", "31-12-2026", "2026-12-31", "2026-12-31 00:00:00", " 31/12/2026 ", date(2026, 12, 31)],
)
def test_a_day_is_read_in_the_ways_italians_and_programs_write_it(cell):
    assert read(FieldKind.DATE, cell) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("31/12/26", "has a year of two digits"),
        ("12/31/2026", "There is no day"),
        ("29/02/2027", "There is no day"),
        ("domani", "is not a date"),
        ("46387", "is not a date"),
        (Decimal(46387), "is not a date"),
        (datetime.fromisoformat("2026-12-31T14:30"), "is not a date"),
        (time(8), "is not a date"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(cell, sentence):
    with pytest.raises(WrongValue, match=sentence):
        read(FieldKind.DATE, cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("36,5", "36.5"),
        ("1.234,56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1234.5", "1234.5"),
        ("36.5", "36.5"),
        ("-0,50", "-0.5"),
        ("50%", "50"),
        ("€ 1.200,00", "1200"),
        ("007", "7"),
        ("0,0", "0"),
        ("-0", "0"),
        (Decimal("36.50"), "36.5"),
        (12, "12"),
    ],
)
def test_a_number_is_read_as_italians_write_it(cell, number):
    assert str(read(FieldKind.DECIMAL, cell)) == number


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("1.234", "two ways"),
        ("1,234.56", "is not a number"),
        ("12,", "is not a number"),
        ("molte", "is not a number"),
        ("1 2", "is not a number"),
        ("1e5", "is not a number"),
        ("nan", "is not a number"),
        ("٣", "is not a number"),
        ("--3", "is not a number"),
        ("1234567890123456", "is it a code"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(cell, sentence):
    with pytest.raises(WrongValue, match=sentence):
        read(FieldKind.DECIMAL, cell)


def test_bounds_and_decimals_of_a_number_are_held():
    for cell, sentence in (("61", "too large"), ("-1", "too small"), ("1,234", "too many decimals")):
        with pytest.raises(WrongValue, match=sentence):
            read(FieldKind.DECIMAL, cell, least=0, most=60, places=2)


def test_a_whole_number_may_have_dots_between_thousands_and_no_decimals():
    assert [read(FieldKind.INTEGER, cell) for cell in ("1.234", "12", "12,0", Decimal(7), "-3")] == [
        1234,
        12,
        12,
        7,
        -3,
    ]
    with pytest.raises(WrongValue, match="not a whole number"):
        read(FieldKind.INTEGER, "12,5")


def test_a_code_keeps_its_zeros_and_one_that_a_spreadsheet_destroyed_is_refused():
    assert [read(FieldKind.CODE, cell) for cell in ("00123", Decimal(123), " 007 ")] == ["00123", "123", "007"]
    with pytest.raises(WrongValue, match="shortened"):
        read(FieldKind.CODE, "1,23E+15")


@pytest.mark.parametrize("cell", ["sì", "Si", "S", "VERO", "true", "1", "x", True, Decimal(1)])
def test_yes_is_said_in_many_ways(cell):
    assert read(FieldKind.BOOLEAN, cell) is True


@pytest.mark.parametrize("cell", ["no", "N", "falso", "0", False, 0])
def test_no_is_said_in_many_ways(cell):
    assert read(FieldKind.BOOLEAN, cell) is False


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(WrongValue, match="neither yes nor no"):
        read(FieldKind.BOOLEAN, "forse")


def test_a_choice_is_known_by_its_value_its_label_and_its_other_names():
    kind = reader(FieldKind.CHOICE, choices=(Choice("part", "Part time", ("Tempo parziale",)), Choice("full", "Full")))
    assert [kind.read(cell) for cell in ("part", "part-time", "TEMPO  PARZIALE", "Full")] == ["part"] * 3 + ["full"]
    with pytest.raises(WrongValue, match="not one of the words"):
        kind.read("metà")


def test_an_address_is_kept_small_and_must_be_one():
    assert read(FieldKind.EMAIL, "Anna.B@Example.org") == "anna.b@example.org"
    with pytest.raises(WrongValue, match="not an e-mail"):
        read(FieldKind.EMAIL, "anna")


def test_empty_is_nothing_and_may_be_needed():
    assert read(FieldKind.TEXT, " \t") is None
    with pytest.raises(WrongValue, match="is empty"):
        read(FieldKind.TEXT, None, required=True)


def test_a_text_too_long_is_refused_and_a_cell_too_long_even_more():
    with pytest.raises(WrongValue, match="at most 3 characters"):
        read(FieldKind.TEXT, "abcd", longest=3)
    with pytest.raises(WrongValue, match="more than 5000 characters"):
        read(FieldKind.TEXT, "a" * 5001, longest=9999)


def test_a_cell_without_a_value_says_why():
    with pytest.raises(WrongValue, match="could not work out"):
        read(FieldKind.TEXT, BadCell("“%(value)s”: the spreadsheet could not work out this cell.", "#REF!"))


@pytest.mark.parametrize("text", ["=1+1", "+39", "-5", "@x", " =x", "'=x", "''=x", "' =x", "\t=x"])
def test_what_a_spreadsheet_would_run_gets_a_quote_and_loses_it_again(text):
    assert disarm(text) == f"'{text}"
    assert rearm(disarm(text)) == text


@pytest.mark.parametrize("text", ["Anna", "'Ndrangheta", "D'Amico", "", "'", "3=3", "00123"])
def test_other_text_stays_as_it_is(text):
    assert (disarm(text), rearm(text)) == (text, text)


def test_columns_are_named_as_spreadsheets_name_them():
    assert [column_letter(each) for each in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
