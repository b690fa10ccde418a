"""What is asked of an expense: days, amounts, VAT, supplier, kind of source; and when two papers are one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.verdict import Refusal
from contempo.programmes.rules.claims import DocumentKind
from contempo.programmes.rules.control import Judged, Paper, Room, hindrances, judgement, outcome
from contempo.programmes.rules.eligibility import Window, eligible_cents, supplier_code, window_of
from contempo.programmes.rules.expenses import Bounds, Details, Unready, checked, missing_papers, problems_of
from contempo.programmes.rules.invoices import fingerprint, number_pieces
from contempo.programmes.rules.payments import settlement
from contempo.programmes.rules.plan.tree import SourceKind

PLAN = Window(date(2026, 1, 1), date(2029, 1, 1))
BOUNDS = Bounds(PLAN, SourceKind.FUND, today=date(2026, 11, 20))
INVOICE = Details(
    allocation_id=1,
    kind=DocumentKind.INVOICE,
    number="FT 12/2026",
    dated_on=date(2026, 3, 2),
    supplier="Tipografia Navigli S.r.l.",
    supplier_code="IT 00743110157",
    description="Stampa",
    net_cents=10_000,
    vat_cents=2_200,
    claimed_cents=12_200,
    paid_on=date(2026, 3, 20),
    payment="Bonifico",
)


def fields(details: Details, bounds: Bounds = BOUNDS) -> list[str | None]:
    return [problem.field for problem in problems_of(details, bounds)]


def test_an_expense_in_order_is_kept_with_its_code_in_one_form():
    assert checked(INVOICE, BOUNDS).supplier_code == "00743110157"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": " "}, ["number"]),
        ({"supplier": ""}, ["supplier"]),
        ({"description": ""}, ["description"]),
        ({"supplier_code": ""}, ["supplier_code"]),
        ({"payment": ""}, ["payment"]),
        ({"net_cents": 0, "vat_cents": 0, "claimed_cents": 1}, ["net", "claimed"]),
        ({"vat_cents": -1, "claimed_cents": 100}, ["vat"]),
        ({"net_cents": 2_200, "vat_cents": 10_000}, ["vat"]),
        ({"claimed_cents": 0}, ["claimed"]),
        ({"claimed_cents": 12_201}, ["claimed"]),
        ({"vat_recovered": True}, ["claimed"]),
        ({"vat_recovered": True, "claimed_cents": 10_000}, []),
        ({"dated_on": date(2025, 12, 31)}, ["dated_on"]),
        ({"paid_on": date(2026, 11, 21)}, ["paid_on"]),
        ({"paid_on": date(2026, 2, 1)}, []),
        ({"kind": DocumentKind.PAYSLIP}, ["vat"]),
        ({"kind": DocumentKind.IN_KIND, "vat_cents": 0, "claimed_cents": 1, "payment": ""}, ["allocation"]),
        ({"number": "1" * 61}, ["number"]),
    ],
)
def test_each_thing_that_is_wrong_is_told_beside_its_field(changes, expected):
    with_trimmed = replace(INVOICE, **changes)
    with_trimmed = replace(with_trimmed, number=with_trimmed.number.strip())
    assert fields(with_trimmed) == expected


def test_everything_wrong_is_told_at_once_the_code_included():
    with pytest.raises(Unready) as refused:
        checked(replace(INVOICE, number="", supplier_code="123", claimed_cents=99_999), BOUNDS)
    assert [problem.field for problem in refused.value.problems] == ["number", "claimed", "supplier_code"]


def test_in_kind_goes_with_its_sources_and_money_with_the_others():
    in_kind = replace(INVOICE, kind=DocumentKind.IN_KIND, vat_cents=0, claimed_cents=1)
    own, undivided = (replace(BOUNDS, source_kind=kind) for kind in (SourceKind.IN_KIND, SourceKind.COFINANCING))
    assert fields(in_kind, own) == fields(in_kind, undivided) == fields(INVOICE, undivided) == []
    assert fields(INVOICE, own) == ["allocation"]


def test_what_is_given_in_kind_needs_no_proof_of_payment():
    assert missing_papers(DocumentKind.IN_KIND, documents=1, proofs=0) == ()
    assert len(missing_papers(DocumentKind.INVOICE, documents=0, proofs=0)) == 2


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (None, None, PLAN.since, PLAN.until),
        (date(2026, 6, 1), None, date(2026, 6, 1), PLAN.until),
        (date(2025, 6, 1), date(2027, 1, 1), PLAN.since, date(2027, 1, 1)),
        (date(2030, 1, 1), date(2031, 1, 1), PLAN.since, PLAN.until),
    ],
)
def test_the_eligible_days_are_those_of_the_alliance_within_the_plan(since, until, first, last):
    assert window_of(PLAN, since, until) == Window(first, last)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("00743110157", "00743110157"),
        ("it 0074 3110 157", "00743110157"),
        ("rssmra85t10a562s", "RSSMRA85T10A562S"),
        ("DE 136 695 976", "DE136695976"),
        ("US 12-3456789", "US123456789"),
        ("", ""),
    ],
)
def test_codes_of_suppliers_are_kept_in_one_form(typed, kept):
    assert supplier_code(typed) == kept


@pytest.mark.parametrize("typed", ["00743110158", "IT123", "DE136695977", "RSSMRA85T10A562A", "?", "HELLO WORLD"])
def test_codes_that_cannot_be_are_refused(typed):
    with pytest.raises(Refusal):
        supplier_code(typed)


@pytest.mark.parametrize(
    "typed", ["FT 12/2026", "12-2026", "Ft. 0012/26", "fattura n. 12", "N° 12 del 3 aprile 2026", "2026/012", "12"]
)
def test_the_same_number_typed_differently_is_found(typed):
    assert number_pieces(typed, 2026) == ("12",)


def mark(**changes: object) -> str:
    known = {
        "kind": DocumentKind.INVOICE,
        "number": "12",
        "dated_on": date(2026, 3, 2),
        "supplier": "Tipografia Navigli S.r.l.",
        "supplier_code": "00743110157",
    }
    return fingerprint(**{**known, **changes})  # type: ignore[arg-type]


def test_the_same_document_has_one_fingerprint_and_others_have_others():
    assert mark() == mark(number="FT 012/2026", dated_on=date(2026, 3, 20), supplier="Altro nome")
    assert mark(supplier_code="") == mark(supplier_code="", supplier="NAVIGLI tipografia srl")
    others = [
        mark(number="13"),
        mark(number="12/B"),
        mark(dated_on=date(2027, 3, 2)),
        mark(supplier_code="DE136695976"),
        mark(kind=DocumentKind.RECEIPT),
        mark(kind=DocumentKind.RECEIPT, dated_on=date(2026, 3, 3)),
    ]
    assert len({mark(), *others}) == len(others) + 1


def test_a_reduction_needs_its_reason_and_nothing_exceeds_what_was_claimed():
    assert judgement(100, 100, " ") == ""
    assert judgement(100, 0, " Non riguarda. ") == "Non riguarda."
    for cents, reason in ((99, ""), (101, "x"), (-1, "x"), (0, "x" * 2001)):
        with pytest.raises(Refusal):
            judgement(100, cents, reason)


def test_everything_that_stands_in_the_way_of_closing_is_told_at_once():
    judged = [Judged(1, 1, "a", 100, 100), Judged(2, 1, "a", 100, 60), Judged(3, 2, "b", 50, None)]
    rooms = {1: Room("voce", 150), 2: Room("altra", 0)}
    papers = {"a": Paper("12", 200, 41), "b": Paper("13", 50, 0)}
    assert len(hindrances(judged, rooms, papers)) == 3
    assert hindrances(judged[:2], {1: Room("voce", 160)}, {"a": Paper("12", 200, 40)}) == ()


@pytest.mark.parametrize(
    ("accepted", "step"), [((100, 50), "accept"), ((100, 49), "accept_in_part"), ((0, 0), "refuse")]
)
def test_a_control_ends_as_its_judgements_say(accepted, step):
    pairs = zip((100, 50), accepted, strict=True)
    assert outcome([Judged(1, 1, "a", claimed, cents) for claimed, cents in pairs]) == step


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_settlement_loses_no_cent_and_is_never_negative(accepted, advance):
    settled = settlement(accepted, advance)
    assert settled.paid + settled.recovered == settled.payable == accepted
    assert 0 <= settled.recovered <= advance
    assert settled.paid >= 0
    assert settled.paid == 0 or settled.recovered == advance


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.booleans())
def test_no_more_than_the_document_is_eligible(net, vat, recovered):
    assert eligible_cents(net, vat, vat_recovered=recovered) == net + (0 if recovered else vat)
