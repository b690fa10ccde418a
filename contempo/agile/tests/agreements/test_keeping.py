"""What human resources keep: the Ministry told in time, safety notices, verified grounds; and what is erased."""

from datetime import date

import pytest

from contempo.agile.actions.agreements import priorities, safety, telling, upkeep
from contempo.agile.actions.agreements.deciding import refuse
from contempo.agile.models import Acknowledgement, Agreement, Communication, PriorityVerification, SafetyNotice, Worker
from contempo.agile.rules.agreements import Ground
from contempo.agile.tests.conftest import Comune
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.models import Notification
from contempo.people.public import SYSTEM


def told(comune: Comune, who: str, kind: str) -> int:
    return Notification.objects.filter(person=comune.person(who), kind=kind).count()


def test_human_resources_are_reminded_two_days_before_and_once_a_day(comune, signed, at) -> None:
    signed()
    before = told(comune, "paolo", "agile.ministry")
    assert upkeep.remind_telling(SYSTEM) == 0
    at("2027-01-18T07:00")
    assert upkeep.remind_telling(SYSTEM) == 1
    assert upkeep.remind_telling(SYSTEM) == 0
    at("2027-01-21T07:00")
    assert upkeep.remind_telling(SYSTEM) == 1
    assert told(comune, "paolo", "agile.ministry") == before + 2


def test_what_was_told_is_noted_with_its_receipt(comune, signed, at) -> None:
    signed()
    owed = Communication.objects.get()
    paolo = comune.actor("paolo")
    at("2026-12-03T09:00")
    with pytest.raises(Refusal) as refused:
        telling.mark_told(paolo, communication_id=owed.pk, told_on=date(2026, 12, 4), protocol="A1")
    assert refused.value.field == "told_on"
    with pytest.raises(Refusal) as refused:
        telling.mark_told(paolo, communication_id=owed.pk, told_on=date(2026, 12, 3), protocol=" ")
    assert refused.value.field == "protocol"
    telling.mark_told(paolo, communication_id=owed.pk, told_on=date(2026, 12, 3), protocol=" 123456 ")
    owed.refresh_from_db()
    assert (owed.told_on, owed.protocol) == (date(2026, 12, 3), "123456")
    at("2027-02-01T07:00")
    assert upkeep.remind_telling(SYSTEM) == 0


def test_only_human_resources_say_what_was_told(comune, signed) -> None:
    signed()
    with pytest.raises(NotPermitted):
        telling.mark_told(
            comune.actor("ugo"),
            communication_id=Communication.objects.get().pk,
            told_on=date(2026, 11, 20),
            protocol="A1",
        )


def publish(comune: Comune) -> SafetyNotice:
    return safety.publish_notice(
        comune.actor("paolo"), employer_id=comune.it.employer.pk, year=2026, title="Rischi", text="Attenzione."
    )


def test_a_notice_reaches_who_has_an_agreement_and_the_safety_representatives(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    notice = publish(comune)
    assert [told(comune, who, "agile.safety") for who in ("anna", "sergio", "bruno")] == [1, 1, 0]
    for who in ("anna", "sergio", "anna"):
        safety.acknowledge(comune.actor(who), employer_id=comune.it.employer.pk, notice_id=notice.pk)
    kept = set(Acknowledgement.objects.values_list("worker__number", "as_representative"))
    assert kept == {("000103", False), ("000106", False), ("000106", True)}
    assert safety.remind_missing(comune.actor("paolo"), employer_id=comune.it.employer.pk, notice_id=notice.pk) == 0


def test_who_has_not_acknowledged_is_told_again(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    notice = publish(comune)
    assert safety.remind_missing(comune.actor("paolo"), employer_id=comune.it.employer.pk, notice_id=notice.pk) == 2
    assert told(comune, "anna", "agile.safety") == 2


def test_there_is_one_notice_a_year_and_it_is_of_human_resources(comune) -> None:
    publish(comune)
    with pytest.raises(Refusal) as refused:
        publish(comune)
    assert refused.value.field == "year"
    with pytest.raises(NotPermitted):
        safety.publish_notice(
            comune.actor("ugo"), employer_id=comune.it.employer.pk, year=2027, title="Rischi", text="Attenzione."
        )


def verify(comune: Comune, **facts: object) -> PriorityVerification:
    known = {"number": "000103", "ground": Ground.CHILD_TO_12, "verified_on": date(2026, 11, 2)} | facts
    return priorities.verify(comune.actor("paolo"), employer_id=comune.it.employer.pk, **known)


def test_a_ground_is_kept_as_verified_by_whom_and_when_and_nothing_else(comune) -> None:
    kept = verify(comune, last_day=date(2027, 3, 31))
    assert kept.verified_by == comune.person("paolo")
    assert kept.until == date(2027, 4, 1)
    columns = {field.name for field in PriorityVerification._meta.get_fields() if field.concrete}
    assert columns == {"id", "worker", "ground", "verified_on", "verified_by", "until"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": "999"}, "number"),
        ({"verified_on": date(2026, 11, 21)}, "verified_on"),
        ({"last_day": date(2026, 11, 1)}, "last_day"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(comune, facts: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        verify(comune, **facts)
    assert refused.value.field == field


def test_a_ground_is_erased_a_year_after_its_end_with_its_kept_versions(comune, at) -> None:
    verify(comune, last_day=date(2026, 11, 30))
    at("2027-11-30T03:00")
    assert upkeep.erase_verifications(SYSTEM) == 0
    at("2027-12-02T03:00")
    assert upkeep.erase_verifications(SYSTEM) == 1
    assert not PriorityVerification.pgh_event_model.objects.exclude(ground="").exists()


def test_agreements_are_erased_five_years_after_signing_and_never_while_they_hold(comune, signed, at) -> None:
    made = signed()
    signed("bruno", term="open", until=None)
    at("2031-11-19T03:00")
    assert upkeep.erase_old(SYSTEM) == 0
    at("2031-11-22T03:00")
    assert upkeep.erase_old(SYSTEM) == 1
    assert list(Agreement.objects.values_list("worker__number", flat=True)) == ["000104"]
    kept = Agreement.pgh_event_model.objects.filter(pgh_obj_id=made.pk)
    assert kept.exists()
    assert not kept.exclude(objectives="").exists()


def test_what_was_never_signed_is_erased_a_year_after(comune, sent, at) -> None:
    made = sent()
    refuse(comune.actor("ugo"), agreement_id=made.pk, text="No")
    at("2027-11-19T03:00")
    assert upkeep.erase_old(SYSTEM) == 0
    at("2027-11-22T03:00")
    assert upkeep.erase_old(SYSTEM) == 1


def test_the_mirror_of_who_has_an_agreement_is_mended(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    Worker.objects.filter(number="000103").update(agile=False)
    Worker.objects.filter(number="000104").update(agile=True)
    assert upkeep.mirror_all(SYSTEM) == 2
    assert upkeep.mirror_all(SYSTEM) == 0
    assert set(Worker.objects.filter(agile=True).values_list("number", flat=True)) == {"000103"}
