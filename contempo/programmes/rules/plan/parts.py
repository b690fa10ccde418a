"""What the parts of a plan file are made of: keys, days, amounts, and a base that takes nothing unknown."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from contempo.core.money import cents_written, euro, number_written
from contempo.core.words import N_

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


class Part(BaseModel):
    """A part of a plan: frozen, without unknown fields; what is left out is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


FROM_ROWS = {"from": "rows"}
"""Context for a tree made of what the database holds: signs that cannot be printed are left out, not refused."""


def _one_line(value: Any, info: ValidationInfo) -> Any:
    return " ".join(_printable(value, info).split()) if isinstance(value, str) else value


def _lines(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    lines = _printable(_BREAK.sub("\n", value), info).expandtabs(4).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _printable(text: str, info: ValidationInfo) -> str:
    if not _UNPRINTABLE.search(text):
        return text
    if info.context == FROM_ROWS:
        return _UNPRINTABLE.sub("", text)
    raise ValueError(N_("There are characters here that cannot be printed."))


def day_written(text: str) -> date:
    """The day written in `text`, as `2014-06-30` or `30/06/2014`; ValueError, with a message id, when it is none."""
    if written := _DAY.fullmatch(text.strip()):
        day, month, year = map(int, written.groups())
    elif written := _ISO_DAY.fullmatch(text.strip()):
        year, month, day = map(int, written.groups())
    else:
        raise ValueError(N_("A day is written 2014-06-30 or 30/06/2014."))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(N_("This day does not exist.")) from None


def _day(value: Any) -> Any:
    return day_written(value) if isinstance(value, str) else value


def _yes_or_no(value: Any) -> Any:
    return value.strip().lower() in ("sì", "si") or value if isinstance(value, str) else value


def _cents(value: Any) -> Any:
    return cents_written(value) if isinstance(value, str) else value


def _number(value: Any) -> Any:
    return number_written(value) if isinstance(value, str) else value


_AS_WRITTEN = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]})
"""In YAML a number without quotes is a number to every reader but ours."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name for other parts to refer to: small letters, digits and hyphens."""

Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=300)]
"""A text of one line: spaces and line ends between words become one space."""

Short = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=300)]
"""A text of one line that may be left out."""

Text = Annotated[str, BeforeValidator(_lines), StringConstraints(max_length=20_000)]
"""A text of any lines, in Markdown: tabs and what is blank at the end of a line are not kept."""

Words = Annotated[Text, StringConstraints(min_length=1)]
"""A text of any lines that says something."""

Day = Annotated[
    date,
    BeforeValidator(_day),
    Field(ge=date(1900, 1, 1), le=date(2100, 12, 31)),
    WithJsonSchema({"type": "string", "pattern": rf"^({_ISO_DAY.pattern}|{_DAY.pattern})$"}),
]
"""A day, `2014-06-30` or `30/06/2014`."""

YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""`sì` or `no`, `true` or `false`."""

Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""How many."""

Times = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""How often."""

Ordinal = Annotated[int, Field(ge=1, le=10_000)]
"""A number in a list of the document, from 1."""

Cents = Annotated[
    int,
    BeforeValidator(_cents),
    PlainSerializer(lambda cents: f"{euro(cents)}", return_type=str),
    _AS_WRITTEN,
]
"""An amount, written in euro (`1.234,56` or `1234.56`), kept in cents."""

Amount = Annotated[Cents, Field(ge=0)]
"""An amount that is not negative."""

Percent = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=0, le=100, decimal_places=2),
    PlainSerializer(lambda share: f"{share.normalize():f}", return_type=str),
    _AS_WRITTEN,
]
"""A share in per cent, with two decimals at most."""

Organisation = Key
"""The key of an organisation of the file."""
