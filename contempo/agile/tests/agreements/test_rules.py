"""Rules of agreements: what one must say, how it ends, what the Ministry is told, how long it is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contempo.agile.rules.agreements import SIGNED, AgreementState, Ground, Term, Told, Who
from contempo.agile.rules.agreements.evaluation import can_be_evaluated, evaluation
from contempo.agile.rules.agreements.keeping import kept_until
from contempo.agile.rules.agreements.notice import cut, may_withdraw, notice_of
from contempo.agile.rules.agreements.states import GRANTS_PRIORITY
from contempo.agile.rules.agreements.telling import COLUMNS, Span, due_on, told_of_signing, told_of_withdrawal
from contempo.agile.rules.agreements.terms import (
    FIELD_LABELS,
    STEP_FIELDS,
    Terms,
    changed,
    objectives_of,
    problems,
)
from contempo.agile.rules.law import RULES, rule, value
from contempo.agile.tests.agreements.samples import FULL

TODAY = date(2026, 11, 20)
WEEK = (0, 1, 2, 3, 4)


def fields(terms: Terms) -> list[str]:
    return [each.field for each in problems(terms, worked=WEEK, today=TODAY)]


def test_a_full_agreement_lacks_nothing() -> None:
    assert fields(FULL) == []


def test_an_empty_one_lacks_what_the_law_and_the_form_ask_for() -> None:
    asked = {"activities", "objectives", "days_per_month", "contact_bands", "rest", "places", "tools", "control"}
    assert set(fields(Terms())) == asked | {"starts_on", "until"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days_per_month": 24}, "days_per_month"),
        ({"days_per_month": 0}, "days_per_month"),
        ({"weekdays": (5,)}, "weekdays"),
        ({"contact_bands": (("09:00", "25:00"),)}, "contact_bands"),
        ({"contact_bands": (("12:00", "09:00"),)}, "contact_bands"),
        ({"contact_bands": (("09:00", "12:00"), ("11:00", "13:00"))}, "contact_bands"),
        ({"places": ("seat",)}, "seats"),
        ({"places": ("other",)}, "place_words"),
        ({"starts_on": date(2026, 11, 19)}, "starts_on"),
        ({"until": date(2026, 12, 1)}, "until"),
        ({"term": "open", "until": None, "notice_days": 29}, "notice_days"),
        (
            {"objectives": "\n".join("uno due tre quattro cinque sei sette otto nove dieci undici".split())},
            "objectives",
        ),
    ],
)
def test_what_is_wrong_is_told_of_its_field(changes: dict[str, object], field: str) -> None:
    assert fields(replace(FULL, **changes)) == [field]


def test_every_one_of_the_terms_stands_in_one_step_and_has_a_name() -> None:
    named = [name for names in STEP_FIELDS.values() for name in names]
    assert sorted(named) == sorted(Terms.__dataclass_fields__)
    assert set(named) == set(FIELD_LABELS)


def test_terms_are_kept_and_read_again_unchanged() -> None:
    assert Terms.from_json(FULL.to_json()) == FULL


def test_two_versions_differ_by_what_was_changed() -> None:
    assert changed(FULL, replace(FULL, days_per_month=6, rest="Altro")) == ("days_per_month", "rest")


def test_objectives_are_lines_without_marks() -> None:
    assert objectives_of("- primo\n\n 2. secondo\n• terzo") == ("primo", "secondo", "terzo")


@pytest.mark.parametrize(
    ("side", "protected", "agreed", "days"),
    [
        (Who.WORKER, False, 30, 30),
        (Who.MANAGER, False, 30, 30),
        (Who.MANAGER, True, 30, 90),
        (Who.WORKER, True, 30, 30),
        (Who.HR, True, 120, 120),
        (Who.WORKER, False, 10, 30),
    ],
)
def test_the_notice_is_what_was_agreed_and_never_less_than_the_law_asks(
    side: Who, protected: bool, agreed: int, days: int
) -> None:
    given = notice_of(
        side=side,
        agreed_days=agreed,
        protected=protected,
        justified=False,
        given_on=TODAY,
        starts_on=date(2026, 1, 1),
    )
    assert given.days == days
    assert (given.last_day - TODAY).days == days


def test_a_justified_reason_ends_it_at_once_and_one_not_begun_on_its_first_day() -> None:
    def at_once(starts_on: date) -> date:
        return notice_of(
            side=Who.WORKER, agreed_days=30, protected=True, justified=True, given_on=TODAY, starts_on=starts_on
        ).last_day

    assert at_once(date(2026, 1, 1)) == TODAY
    assert at_once(date(2026, 12, 1)) == date(2026, 12, 1)


def test_before_its_end_date_an_agreement_is_left_only_for_a_justified_reason() -> None:
    assert not may_withdraw(Term.FIXED, justified=False)
    assert may_withdraw(Term.FIXED, justified=True)
    assert may_withdraw(Term.OPEN, justified=False)


def test_a_notice_never_makes_an_agreement_longer() -> None:
    notice = notice_of(
        side=Who.WORKER, agreed_days=30, protected=False, justified=False, given_on=TODAY, starts_on=TODAY
    )
    assert cut(notice, date(2026, 12, 1)) == date(2026, 12, 1)
    assert cut(notice, None) == notice.until == date(2026, 12, 21)


FIXED = Span(date(2026, 12, 1), date(2027, 7, 1), "fixed")


def test_a_first_agreement_is_told_from_its_first_day() -> None:
    assert told_of_signing(TODAY, FIXED, None) == (Told.STARTED, date(2026, 12, 1))


def test_one_that_goes_on_with_another_term_is_a_change_told_from_the_signature() -> None:
    longer = Span(date(2027, 7, 1), date(2028, 1, 1), "fixed")
    assert told_of_signing(TODAY, longer, FIXED) == (Told.CHANGED, TODAY)


def test_a_change_of_words_alone_is_not_told() -> None:
    revised = Span(date(2027, 2, 1), FIXED.until, "fixed")
    assert told_of_signing(TODAY, revised, FIXED) is None


def test_after_a_gap_it_is_a_beginning_again() -> None:
    later = Span(date(2027, 9, 1), None, "open")
    assert told_of_signing(TODAY, later, FIXED) == (Told.STARTED, date(2027, 9, 1))


def test_an_early_end_is_told_and_the_agreed_one_is_not() -> None:
    assert told_of_withdrawal(date(2027, 3, 1), FIXED) == (Told.ENDED, date(2027, 3, 1))
    assert told_of_withdrawal(date(2027, 6, 30), FIXED) is None


def test_private_employers_have_five_days_and_public_bodies_the_twentieth_of_the_next_month() -> None:
    assert due_on(date(2025, 2, 1), public_body=False) == date(2025, 2, 6)
    assert due_on(date(2025, 2, 1), public_body=True) == date(2025, 3, 20)
    assert due_on(date(2026, 12, 31), public_body=True) == date(2027, 1, 20)
    assert due_on(date(2026, 1, 31), public_body=True) == date(2026, 2, 20)


def test_the_files_have_columns_for_every_kind() -> None:
    assert set(COLUMNS) == set(Told)
    assert all(len(set(names)) == len(names) for names in COLUMNS.values())


def test_a_signed_agreement_is_kept_five_years_and_while_it_holds() -> None:
    signed = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert kept_until(signed, date(2027, 7, 1)) == date(2031, 11, 20)
    assert kept_until(signed, date(2033, 1, 1)) == date(2033, 1, 1)
    assert kept_until(datetime(2028, 2, 29, 9, tzinfo=UTC), date(2028, 6, 1)) == date(2033, 3, 1)


def test_an_agreement_is_evaluated_in_its_last_month_and_after() -> None:
    starts, until = date(2026, 1, 1), date(2026, 12, 15)
    assert can_be_evaluated(AgreementState.IN_FORCE, starts, until, TODAY)
    assert not can_be_evaluated(AgreementState.IN_FORCE, starts, until, date(2026, 11, 1))
    assert not can_be_evaluated(AgreementState.IN_FORCE, starts, None, TODAY)
    assert can_be_evaluated(AgreementState.ENDED, starts, date(2026, 6, 1), TODAY)
    assert not can_be_evaluated(AgreementState.REFUSED, starts, until, TODAY)


def test_a_mark_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="perfect"):
        evaluation(["uno"], ["perfect"], "")


def test_each_legal_rule_has_a_source_and_never_two_hold_on_one_day() -> None:
    for each in RULES:
        assert each.source
        assert each.address.startswith("https://")
        others = [other for other in RULES if other.key == each.key and other is not each]
        assert not any(other.holds(each.since) for other in others)


def test_a_rule_holds_only_between_its_days() -> None:
    assert value("telling.private", date(2025, 1, 11)) == value("telling.private", date(2025, 1, 12)) == 5
    assert rule("telling.private", date(2025, 1, 11)) != rule("telling.private", date(2025, 1, 12))
    with pytest.raises(LookupError):
        rule("telling.private", date(2022, 8, 31))
    with pytest.raises(LookupError):
        value("content", TODAY)


def test_the_longer_notice_gives_no_priority() -> None:
    assert set(Ground) - GRANTS_PRIORITY == {Ground.TARGETED_PLACEMENT}
    assert AgreementState.APPROVED not in SIGNED
