"""What is asked of an expense and of a claim before it is sent: every sentence at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from contempo.core.money import in_euro
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.programmes.rules import eligibility
from contempo.programmes.rules.claims import DocumentKind
from contempo.programmes.rules.eligibility import Window

LENGTHS = {"number": 60, "supplier": 200, "description": 300, "payment": 200}
"""How many characters each text of an expense may have."""

PAID_WITH_MONEY = frozenset(DocumentKind) - {DocumentKind.IN_KIND}
"""Kinds of documents that somebody paid: the proof of payment goes with them."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: `reason` is a message id with `params`; `position` names the expense, if one."""

    field: str | None
    reason: str
    params: dict[str, object]
    position: int | None = None


class Unready(Refusal):
    """Several things to mend, told all at once; `problems` in the order of the page."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__(first.reason, field=first.field, **first.params)
        self.problems = problems


@dataclass(frozen=True)
class Details:
    """An expense as it is typed: amounts in cents, `supplier_code` as anybody writes it."""

    allocation_id: int
    kind: str
    number: str
    dated_on: date
    supplier: str
    description: str
    net_cents: int
    claimed_cents: int
    paid_on: date
    vat_cents: int = 0
    vat_recovered: bool = False
    supplier_code: str = ""
    payment: str = ""


@dataclass(frozen=True)
class Bounds:
    """What an expense is measured against: the eligible days, the kind of its source, and today."""

    window: Window
    source_kind: str
    today: date


def day(value: date) -> str:
    """`27/11/2026`, as sentences tell it."""
    return f"{value:%d/%m/%Y}"


def checked(details: Details, bounds: Bounds) -> Details:
    """The same with spaces trimmed and the code of the supplier in its canonical form. Raises `Unready`."""
    details = replace(
        details,
        number=" ".join(details.number.split()),
        supplier=" ".join(details.supplier.split()),
        description=" ".join(details.description.split()),
        payment=" ".join(details.payment.split()),
        supplier_code=details.supplier_code.strip(),
    )
    problems = list(problems_of(details, bounds))
    try:
        details = replace(details, supplier_code=eligibility.supplier_code(details.supplier_code))
    except Refusal as refusal:
        problems.append(Problem("supplier_code", refusal.reason, refusal.params))
    if problems:
        raise Unready(tuple(problems))
    return details


def problems_of(details: Details, bounds: Bounds) -> tuple[Problem, ...]:
    """All that is wrong with an expense as typed, besides the shape of the code, in the order of the form."""
    return (*_papers(details), *_amounts(details), *_days(details, bounds), *_source(details, bounds))


def _papers(details: Details) -> Iterator[Problem]:
    for field, most in LENGTHS.items():
        if len(getattr(details, field)) > most:
            yield Problem(field, N_("This text is too long: %(most)s characters at most."), {"most": most})
    if not details.number:
        yield Problem("number", N_("Write the number of the document, or “s.n.” when it has none."), {})
    if not details.supplier:
        yield Problem("supplier", N_("Write who issued the document."), {})
    if not details.description:
        yield Problem("description", N_("Say what it is for."), {})
    if details.kind == DocumentKind.INVOICE and not details.supplier_code:
        yield Problem(
            "supplier_code",
            N_(
                "An invoice bears the VAT number or tax code of the supplier: write it, so that nobody claims it twice."
            ),
            {},
        )
    if details.kind in PAID_WITH_MONEY and not details.payment:
        yield Problem("payment", N_("Say how it was paid: the reference of the transfer, for instance."), {})


def _amounts(details: Details) -> Iterator[Problem]:
    if details.net_cents <= 0:
        yield Problem("net", N_("The net amount must be more than zero."), {})
    if details.vat_cents < 0:
        yield Problem("vat", N_("The VAT cannot be less than zero."), {})
    elif details.kind in (DocumentKind.PAYSLIP, DocumentKind.IN_KIND) and details.vat_cents:
        yield Problem("vat", N_("There is no VAT on this kind of document: write zero."), {})
    elif details.net_cents > 0 and eligibility.too_much_vat(details.net_cents, details.vat_cents):
        yield Problem(
            "vat",
            N_("The VAT is more than %(most)s%% of the net amount: check that the two are not changed over."),
            {"most": eligibility.MOST_VAT},
        )
    most = eligibility.eligible_cents(details.net_cents, details.vat_cents, vat_recovered=details.vat_recovered)
    if details.claimed_cents <= 0:
        yield Problem("claimed", N_("The amount claimed must be more than zero."), {})
    elif details.claimed_cents > most:
        reason = N_("At most %(most)s of this document can be claimed.")
        if details.vat_recovered and details.vat_cents:
            reason = N_("At most %(most)s of this document can be claimed: the VAT you recover is not an expense.")
        yield Problem("claimed", reason, {"most": in_euro(most)})


def _days(details: Details, bounds: Bounds) -> Iterator[Problem]:
    """Documents and payments lie in the eligible days. A payment may come before its document, which often follows it
    (D.P.R. 633/1972, article 6); neither may lie in the future.
    """
    window = bounds.window
    for field, value in (("dated_on", details.dated_on), ("paid_on", details.paid_on)):
        if value > bounds.today:
            yield Problem(field, N_("This day is still to come."), {})
        elif value not in window:
            yield Problem(
                field,
                N_("Expenses are eligible from %(first)s to %(last)s: this day is outside."),
                {"first": day(window.since), "last": day(date.fromordinal(window.until.toordinal() - 1))},
            )


def _source(details: Details, bounds: Bounds) -> Iterator[Problem]:
    if not eligibility.may_be_charged(details.kind, bounds.source_kind):
        reason = N_("This source takes only what was paid with money: choose another source or another document.")
        if details.kind != DocumentKind.IN_KIND:
            reason = N_("This source takes only what is given in kind: choose another source or another document.")
        yield Problem("allocation", reason, {})


def missing_papers(kind: str, *, documents: int, proofs: int) -> tuple[Problem, ...]:
    """The files an expense still needs before its claim is sent; `documents` and `proofs` are how many it has."""
    missing = []
    if not documents:
        missing.append(Problem("documents", N_("The document itself is missing: add its file."), {}))
    if kind in PAID_WITH_MONEY and not proofs:
        missing.append(Problem("proofs", N_("The proof of payment is missing: add its file."), {}))
    return tuple(missing)
