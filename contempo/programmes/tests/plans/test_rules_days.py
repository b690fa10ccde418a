"""Days of an activity that cannot be are refused with a sentence, beside the day that is wrong."""

from datetime import date

import pytest

from contempo.core.verdict import Refusal
from contempo.programmes.rules.days import Period, check_days

PLAN = Period(date(2014, 7, 1), date(2016, 12, 31))
PHASE = Period(date(2014, 9, 1), date(2015, 3, 31))
ANY = Period(None, None)


def check(first: date | None, last: date | None, phase: Period = ANY) -> None:
    check_days(Period(first, last), plan=PLAN, phase=phase, phase_name="Avvio")


def test_days_within_plan_and_phase_are_taken() -> None:
    check(date(2014, 7, 1), date(2016, 12, 31))
    check(date(2014, 9, 1), date(2015, 3, 31), PHASE)
    check(date(2014, 9, 1), date(2014, 9, 1), PHASE)


def test_days_left_out_are_taken() -> None:
    check(None, None, PHASE)
    check(date(2014, 9, 1), None, PHASE)


@pytest.mark.parametrize(
    ("first", "last", "phase", "field", "words"),
    [
        (date(2015, 3, 1), date(2015, 2, 1), ANY, "ends_on", "before the first, 01/03/2015"),
        (date(2014, 6, 30), date(2015, 2, 1), ANY, "starts_on", "from 01/07/2014 to 31/12/2016"),
        (date(2015, 3, 1), date(2017, 1, 1), ANY, "ends_on", "from 01/07/2014 to 31/12/2016"),
        (date(2014, 8, 31), None, PHASE, "starts_on", "“Avvio” begins on 01/09/2014"),
        (None, date(2014, 8, 31), PHASE, "ends_on", "“Avvio” begins on 01/09/2014"),
        (None, date(2015, 4, 1), PHASE, "ends_on", "“Avvio” ends on 31/03/2015"),
    ],
)
def test_days_that_cannot_be_are_refused(
    first: date | None, last: date | None, phase: Period, field: str, words: str
) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        check(first, last, phase)
    assert refused.value.field == field
