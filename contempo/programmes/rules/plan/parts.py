"""What the parts of a plan file are made of: keys, days, amounts, and a base that takes nothing unknown."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from contempo.core.money import cents_written, euro, number_written
from contempo.core.words import N_

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Part(BaseModel):
    """A part of a plan: frozen, without unknown fields; what is left out is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _day(value: Any) -> Any:
    if isinstance(value, str) and (written := _DAY.fullmatch(value.strip())):
        day, month, year = map(int, written.groups())
        try:
            return date(year, month, day)
        except ValueError:
            raise ValueError(N_("This day does not exist.")) from None
    return value


def _cents(value: Any) -> Any:
    return cents_written(value) if isinstance(value, str) else value


def _number(value: Any) -> Any:
    return number_written(value) if isinstance(value, str) else value


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name for other parts to refer to: small letters, digits and hyphens."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""A text of one line."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
"""A text of any lines, in Markdown."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day, `2014-06-30` or `30/06/2014`."""

Cents = Annotated[
    int,
    BeforeValidator(_cents, json_schema_input_type=str),
    PlainSerializer(lambda cents: f"{euro(cents)}", return_type=str),
]
"""An amount, written in euro (`1.234,56` or `1234.56`), kept in cents."""

Amount = Annotated[Cents, Field(ge=0)]
"""An amount that is not negative."""

Number = Annotated[
    Decimal,
    BeforeValidator(_number, json_schema_input_type=str),
    PlainSerializer(lambda number: f"{number:f}", return_type=str),
]
"""A number as written, with the decimals it is written with."""

Percent = Annotated[Number, Field(ge=0, le=100)]

Organisation = Key
"""The key of an organisation of the file."""
