"""The way of an agreement from the first word to the signature, and what is refused on it."""

from datetime import date

import pytest

from contempo.agile.actions.agreements import deciding, drafting
from contempo.agile.models import Agreement, Communication, Worker
from contempo.agile.rules.agreements import AgreementState, Told
from contempo.agile.tests.conftest import Comune
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.models import Notification


def told(comune: Comune, who: str) -> list[str]:
    return list(Notification.objects.filter(person=comune.person(who)).values_list("title", flat=True))


def test_a_worker_writes_the_head_approves_the_worker_signs_and_all_are_told(comune, draft) -> None:
    made = draft()
    anna, ugo = comune.actor("anna"), comune.actor("ugo")
    deciding.submit(anna, agreement_id=made.pk)
    assert len(told(comune, "ugo")) == 1
    assert not told(comune, "diana")
    deciding.approve(ugo, agreement_id=made.pk)
    assert len(told(comune, "anna")) == 1
    signed = deciding.sign(anna, agreement_id=made.pk, statement="Ho letto e firmo.")
    assert signed.state == AgreementState.IN_FORCE
    assert (signed.signer_name, signed.statement) == ("Anna Rossetti", "Ho letto e firmo.")
    assert len(signed.text_digest) == 64
    assert [move.transition for move in signed.moves.all()] == ["draft", "submit", "approve", "sign"]
    owed = Communication.objects.get()
    assert (owed.kind, owed.happened_on, owed.due_on) == (Told.STARTED, date(2026, 12, 1), date(2027, 1, 20))
    assert len(told(comune, "paolo")) == 1
    assert not Worker.objects.get(pk=comune.it.anna.pk).agile, "it begins in December"


def test_who_begins_today_works_in_the_agile_way_at_once(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    assert Worker.objects.get(pk=comune.it.anna.pk).agile


def test_an_approved_agreement_signed_late_holds_from_the_day_of_signature(comune, approved, at) -> None:
    made = approved()
    at("2026-12-10T09:00")
    signed = deciding.sign(comune.actor("anna"), agreement_id=made.pk, statement="Firmo.")
    assert signed.starts_on == date(2026, 12, 10)
    assert Communication.objects.get().happened_on == date(2026, 12, 10)


def test_without_the_statement_nobody_signs(comune, approved) -> None:
    made = approved()
    with pytest.raises(Refusal):
        deciding.sign(comune.actor("anna"), agreement_id=made.pk, statement=" ")
    assert Agreement.objects.get().state == AgreementState.APPROVED


def test_changes_are_asked_with_words_and_the_worker_mends_and_sends_again(comune, sent) -> None:
    made = sent()
    ugo, anna = comune.actor("ugo"), comune.actor("anna")
    with pytest.raises(Refusal, match="what is to be changed"):
        deciding.ask_changes(ugo, agreement_id=made.pk, text="  ")
    deciding.ask_changes(ugo, agreement_id=made.pk, text="Meno giornate")
    drafting.save_step(anna, agreement_id=made.pk, step="giorni", values={"days_per_month": 6})
    again = deciding.submit(anna, agreement_id=made.pk)
    submitted = again.moves.filter(transition="submit")
    assert [move.terms["days_per_month"] for move in submitted] == [8, 6]


def test_a_refusal_says_why(comune, sent) -> None:
    made = sent()
    with pytest.raises(Refusal):
        deciding.refuse(comune.actor("ugo"), agreement_id=made.pk, text="")
    deciding.refuse(comune.actor("ugo"), agreement_id=made.pk, text="L’ufficio è chiuso al pubblico")
    assert Agreement.objects.get().moves.last().text == "L’ufficio è chiuso al pubblico"


def test_nobody_decides_on_their_own_and_the_head_above_decides_on_a_head(comune, sent) -> None:
    made = sent("ugo")
    with pytest.raises(NotPermitted):
        deciding.approve(comune.actor("ugo"), agreement_id=made.pk)
    assert len(told(comune, "diana")) == 1
    assert deciding.approve(comune.actor("diana"), agreement_id=made.pk).state == AgreementState.APPROVED


def test_where_nobody_heads_human_resources_are_told(comune, sent) -> None:
    sent("carla")
    assert len(told(comune, "paolo")) == 1


def test_a_head_of_another_directorate_does_not_find_it(comune, sent) -> None:
    made = sent("carla")
    with pytest.raises(Refusal, match="not there any more"):
        deciding.approve(comune.actor("ugo"), agreement_id=made.pk)


def test_who_is_not_eligible_cannot_begin(comune) -> None:
    Worker.objects.filter(pk=comune.it.anna.pk).update(eligible=False)
    with pytest.raises(Refusal, match="too little of your work"):
        drafting.begin(comune.actor("anna"), employer_id=comune.it.employer.pk)
    assert not Agreement.objects.exists()


def test_beginning_twice_gives_the_same_draft(comune, draft) -> None:
    made = draft()
    assert drafting.begin(comune.actor("anna"), employer_id=comune.it.employer.pk).pk == made.pk


def test_days_that_another_agreement_has_are_refused(comune, signed, draft) -> None:
    signed()
    second = draft(starts_on=date(2027, 3, 1), until=date(2027, 9, 1))
    with pytest.raises(Refusal, match="already holds"):
        deciding.submit(comune.actor("anna"), agreement_id=second.pk)


def test_what_is_missing_keeps_it_from_being_sent(comune, draft) -> None:
    made = draft(rest="")
    with pytest.raises(Refusal) as refused:
        deciding.submit(comune.actor("anna"), agreement_id=made.pk)
    assert refused.value.field == "rest"
