"""How long personal data are kept."""

from datetime import date

import pytest

from contempo.questionnaires.rules.keeping import is_over, usual_last_day
from contempo.questionnaires.rules.states import CampaignState


@pytest.mark.parametrize(
    ("closing", "last"),
    [(date(2026, 12, 18), date(2031, 12, 18)), (date(2028, 2, 29), date(2033, 2, 28))],
)
def test_five_years_after_the_closing_are_proposed(closing: date, last: date) -> None:
    assert usual_last_day(closing) == last


def test_data_go_the_day_after_and_only_of_a_closed_campaign() -> None:
    last = date(2031, 12, 18)
    assert not is_over(CampaignState.CLOSED, last, last)
    assert is_over(CampaignState.CLOSED, last, date(2031, 12, 19))
    assert not is_over(CampaignState.OPEN, last, date(2031, 12, 19))
    assert not is_over(CampaignState.CLOSED, None, date(2099, 1, 1))
