"""What a field expects, in words people read, from what pydantic says of it."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from contempo.core.words import N_
from contempo.programmes.rules.plan.problems import NOTHING, Fault, Loc, Phrase, found

_SAID: dict[str, str] = {
    "missing": N_("this field, which must be filled in"),
    "extra_forbidden": N_("only the fields of the format: this one is not among them"),
    "string_type": N_("a text"),
    "string_too_short": N_("a text that is not empty"),
    "int_parsing": N_("a whole number"),
    "int_parsing_size": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "int_type": N_("a whole number"),
    "bool_parsing": N_("“sì” or “no”"),
    "bool_type": N_("“sì” or “no”"),
    "date_type": N_("a day, as 2014-06-30"),
    "decimal_type": N_("a number"),
    "model_type": N_("fields with a name"),
    "model_attributes_type": N_("fields with a name"),
    "dict_type": N_("fields with a name"),
    "tuple_type": N_("a list: each entry on its own line, after a hyphen"),
    "too_short": N_("at least one entry"),
}

_WITH: dict[str, tuple[str, Callable[[Mapping[str, Any]], dict[str, str]]]] = {
    "string_too_long": (N_("at most %(most)s characters"), lambda ctx: {"most": str(ctx["max_length"])}),
    "greater_than_equal": (N_("%(least)s or more"), lambda ctx: {"least": str(ctx["ge"])}),
    "less_than_equal": (N_("%(most)s or less"), lambda ctx: {"most": str(ctx["le"])}),
    "decimal_max_places": (
        N_("a number with at most %(most)s decimals"),
        lambda ctx: {"most": str(ctx["decimal_places"])},
    ),
    "enum": (N_("one of these: %(values)s"), lambda ctx: {"values": _listed(ctx["expected"])}),
    "literal_error": (N_("one of these: %(values)s"), lambda ctx: {"values": _listed(ctx["expected"])}),
}

_INSTEAD: dict[str, str] = {
    "This is not a number: write it like 1.234,56 or 1234.56.": N_("a number, as 1.234,56 or 1234.56"),
    "An amount of euro has two decimals at most.": N_("an amount with two decimals at most"),
    "This amount is too large to be true.": N_("a smaller amount"),
    "A day is written 2014-06-30 or 30/06/2014.": N_("a day, as 2014-06-30 or 30/06/2014"),
    "This day does not exist.": N_("a day that exists"),
    "There are characters here that cannot be printed.": N_("signs that can be printed"),
    "This method cannot be used with this unit.": N_("a method that this unit can have"),
    "The target of this indicator is “sì” or “no”.": N_("“sì” or “no”"),
    "The target of a share is written with its sign: 20,18%.": N_("a share with its sign of per cent"),
    "A target is not negative.": N_("a number that is not negative"),
}
"""What the values of fields complain of, as what is expected instead."""

_KEYS = N_("a key: small letters, digits and hyphens, as “comune-di-milano”")
_WORD = N_("small letters and underscores, as “public_body”")


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Every error pydantic found in a tree, in our words."""
    return tuple(_fault(each) for each in error.errors(include_url=False))


def _fault(each: ErrorDetails) -> Fault:
    kind, ctx = each["type"], each.get("ctx", {})
    loc: Loc = tuple(step for step in each["loc"] if step != "[key]")
    what = NOTHING if kind == "missing" else found(each["input"])
    if kind == "extra_forbidden":
        what = found(loc[-1] if loc else "")
    return Fault(loc, what, _expected(kind, ctx))


def _expected(kind: str, ctx: Mapping[str, Any]) -> Phrase:
    if kind == "value_error":
        said = str(ctx["error"])
        return Phrase(_INSTEAD.get(said, said))
    if kind == "string_pattern_mismatch":
        return Phrase(_WORD if "_" in ctx["pattern"] else _KEYS)
    if kind in _WITH:
        text, params = _WITH[kind]
        return Phrase(text, params(ctx))
    return Phrase(_SAID.get(kind, N_("something else, as the description of the format says")))


def _listed(values: str) -> str:
    """`'fund', 'in_kind' or 'other'` without the words of pydantic."""
    return values.replace(" or ", ", ").replace("'", "")
