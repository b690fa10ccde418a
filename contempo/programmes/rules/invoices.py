"""When two papers are one: the fingerprint of a document of expense, however it was typed."""

import hashlib
import re
from datetime import date

from contempo.core.text import normalise
from contempo.programmes.rules.claims import DocumentKind

_CALLED = frozenset(
    "bolletta doc docum documento el elettronica fatt fattura ft inv invoice n nr no num numero nro ric "
    "ricevuta sc scontrino".split()
)
"""Words that only say that a number follows."""

_FORMS = frozenset(
    "arl coop cooperativa onlus ets aps odv sa sas snc soc societa sociale spa srl srls ss a r l s p di ditta".split()
)
"""What a name of a firm may be written with or without."""

_PIECES = re.compile(r"\d+|[a-z]+")
_SINCE = re.compile(r"\b(?:del|dd|data)\b.*")


def number_pieces(number: str, year: int) -> tuple[str, ...]:
    """What tells the number of a document of `year` from others: "FT 12/2026", "12-2026", "n. 0012" all give ("12",).

    Words that mean "number", leading zeros, signs between the pieces, what follows "del" and the year are left
    out; letters of a series stay ("12/A" and "12a" are one, "12" is another).
    """
    pieces = _PIECES.findall(_SINCE.sub("", normalise(number)))
    pieces = [piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in pieces]
    meaning = [piece for piece in pieces if piece not in _CALLED]
    kept = meaning or pieces
    if sum(piece.isdigit() for piece in kept) > 1:
        short = len(kept) - 1 if kept[-1] == f"{year % 100}" and str(year) not in kept else None
        kept = [piece for at, piece in enumerate(kept) if piece != str(year) and at != short]
    return tuple(kept)


def supplier_mark(code: str, name: str) -> str:
    """What tells one supplier from others: its code when it is known, else its name without legal form."""
    bare = re.sub(r"[^A-Z0-9]", "", code.upper())
    if bare:
        return bare.removeprefix("IT") if re.fullmatch(r"IT\d{11}", bare) else bare
    words = re.findall(r"[a-z0-9]+", normalise(name))
    return " ".join(sorted(word for word in words if word not in _FORMS) or sorted(words))


def fingerprint(*, kind: str, number: str, dated_on: date, supplier: str, supplier_code: str) -> str:
    """The same 64 characters for the same document, typed by whoever in whatever way.

    Invoices of a supplier are numbered within a year (D.P.R. 633/1972, article 21), so a slip in the day does not hide
    one; other papers are told apart by their day too, because their numbers come back.
    """
    when = str(dated_on.year) if kind == DocumentKind.INVOICE else dated_on.isoformat()
    parts = (supplier_mark(supplier_code, supplier), kind, when, *number_pieces(number, dated_on.year))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
