"""The project code (CUP) that every public investment carries. Pure."""

import re

from contempo.core.words import N_

LENGTH = 15
_SHAPE = re.compile(r"[A-Z]\d{2}[A-Z]\d{11}")
_PROVISIONAL = re.compile(r"PROV\d+")


def cup_written(text: str) -> str:
    """The code in `text` as it is kept: capitals, without the spaces it is often printed with."""
    return re.sub(r"\s+", "", text).upper()


def cup_problem(text: str) -> str | None:
    """What is wrong with a project code, as a message id; None when it has the shape of one, or is empty.

    A code has 15 characters: a letter, two digits, a letter, the two digits of the year of the decision, nine digits
    (`C11G06000000001`). The last digits only tell codes apart: no check character is published, so that a code of the
    right shape may still not exist. Codes that begin with PROV are those the ministry's system gives until a request is
    complete: they may not stand on documents. Sources: law 3/2003 article 11; CIPE resolution 143 of 27 December 2002;
    the user's manual of the CUP system (DIPE), whose example is `G17H03000130001`.
    """
    code = cup_written(text)
    if not code:
        return None
    if _PROVISIONAL.fullmatch(code):
        return N_("This is a provisional project code: write the final one.")
    if len(code) != LENGTH:
        return N_("A project code (CUP) has 15 characters.")
    if not _SHAPE.fullmatch(code):
        return N_("A project code (CUP) is a letter, two digits, a letter and eleven digits: C11G06000000001.")
    return None
