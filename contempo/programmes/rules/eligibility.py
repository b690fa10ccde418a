"""Which expenses a plan may pay for: days, suppliers, VAT and kinds of sources."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from contempo.core.identifiers import tax_code
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.programmes.rules.claims import DocumentKind
from contempo.programmes.rules.plan.tree import SourceKind

MOST_VAT = 27
"""Per cent: the highest rate of VAT in the Union, that of Hungary. More is a slip: two amounts changed over."""

_PREFIXES = frozenset("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE LT LU LV MT NL PL PT RO SE SI SK XI".split())
_FOREIGN = re.compile(r"[A-Z]{2}(?=[A-Z]*\d)[A-Z0-9]{2,14}")


@dataclass(frozen=True)
class Window:
    """Days within which documents and payments must lie; half-open."""

    since: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.since <= day < self.until


def window_of(plan: Window, since: date | None, until: date | None) -> Window:
    """The eligible days of an alliance that lasts from `since` to `until`: those of its period that are the plan's too.

    Without days of its own, or with none in common with the plan, those of the plan.
    """
    own = Window(max(plan.since, since or plan.since), min(plan.until, until or plan.until))
    return own if own.since < own.until else plan


def supplier_code(value: str) -> str:
    """A VAT number or tax code as it is kept: 11 digits or 16 characters, or a foreign VAT number with its country.

    Numbers of the Union are checked by the rule of their country; of others only the shape is looked at. Empty stays
    empty. Raises `Refusal`.
    """
    code = re.sub(r"[^A-Z0-9]", "", value.upper())
    if not value.strip():
        return ""
    if re.fullmatch(r"IT\d+", code):
        return tax_code(code[2:])
    if code[:2] in _PREFIXES and re.search(r"\d", code) and len(code) != 16:
        try:
            return vat.validate(code)
        except ValidationError:
            raise Refusal(N_("This is not a VAT number of %(country)s: check it."), country=code[:2]) from None
    if code[:1].isdigit() or len(code) == 16:
        return tax_code(code)
    if _FOREIGN.fullmatch(code):
        return code
    raise Refusal(
        N_(
            "Write the 11 digits of the VAT number, the 16 characters of the tax code, or a foreign VAT number "
            "beginning with its country."
        )
    )


def eligible_cents(net_cents: int, vat_cents: int, *, vat_recovered: bool) -> int:
    """How much of a document may be claimed at most: without VAT when the partner gets the VAT back."""
    return net_cents if vat_recovered else net_cents + vat_cents


def too_much_vat(net_cents: int, vat_cents: int) -> bool:
    """Whether the VAT is more than any rate gives; one cent is left to rounding."""
    return (vat_cents - 1) * 100 > net_cents * MOST_VAT


def may_be_charged(kind: str, source_kind: str) -> bool:
    """Whether a document of `kind` goes with a source: what was given in kind with in-kind, money with the rest.

    Co-financing that the plan does not divide takes both.
    """
    if source_kind == SourceKind.COFINANCING:
        return True
    return (kind == DocumentKind.IN_KIND) == (source_kind == SourceKind.IN_KIND)
