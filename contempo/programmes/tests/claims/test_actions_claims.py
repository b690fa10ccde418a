"""From the draft of a partner to the payment: each step by whoever it is up to, with the sentences people get."""

from datetime import date
from operator import attrgetter

import pytest

from contempo.core.files import attachments_of
from contempo.core.money import in_euro
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.tests.factories import OrganisationFactory
from contempo.people.models import Notification
from contempo.people.public import NetworkRole
from contempo.people.tests.factories import RoleGrantFactory
from contempo.programmes.actions.claims.control import (
    begin_control,
    close_control,
    give_back,
    judge,
    judge_rest,
    take_over,
)
from contempo.programmes.actions.claims.drafting import (
    add_expense,
    change_expense,
    draft_claim,
    drop_paper,
    remove_claim,
    remove_expense,
)
from contempo.programmes.actions.claims.sending import submit, withdraw
from contempo.programmes.actions.claims.story import EXPENSE
from contempo.programmes.actions.payments import advance, pay
from contempo.programmes.models import Account, Claim, Expense, Payment
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.claims import ClaimState, DocumentKind
from contempo.programmes.rules.expenses import Unready
from contempo.programmes.tests.claims.world import paper
from contempo.web.sentences import sentence

PAID_ON = date(2026, 11, 20)


def told(error) -> list[str]:
    return [str(problem.reason % problem.params if problem.params else problem.reason) for problem in error.problems]


def titles(person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("id").values_list("title", flat=True))


def test_a_claim_goes_from_the_partner_to_the_lead_to_the_coordinator(money):
    claim = money.claim(ClaimState.ACCEPTED, {}, {"allocation_id": money.own.id, "claimed_cents": 5_000})
    assert (claim.number, claim.claimed_cents, claim.accepted_cents) == (1, 17_200, 17_200)
    payment = pay(money.marta, claim_id=claim.id, reference="Mandato 12", paid_on=PAID_ON)
    claim.refresh_from_db()
    assert claim.state == ClaimState.PAID
    assert (payment.cents, payment.recovered_cents) == (12_200, 0)
    assert list(claim.expenses.values_list("stage", "accepted_cents", "paid_cents")) == [
        ("paid", 12_200, 12_200),
        ("paid", 5_000, 0),
    ]
    steps = ["draft", "submit", "control", "accept", "pay"]
    assert list(claim.moves.values_list("transition", flat=True)) == steps
    assert titles(money.people["lia"]) == ["La rendicontazione 1 di Cooperativa Girasole attende il controllo"]
    assert titles(money.people["carla"]) == [
        "Il controllo della rendicontazione 1 è iniziato",
        "La rendicontazione 1 è ammessa",
        "La rendicontazione 1 è pagata",
    ]
    assert titles(money.people["giulio"]) == ["La rendicontazione 1 di Cooperativa Girasole è da pagare"]
    money.fund.refresh_from_db()
    assert money.fund.accepted_cents == 12_200


def test_only_who_works_for_an_organisation_claims_for_it(money):
    claim = money.draft()
    for who in (money.bruno, money.lia, money.marta, money.elena, money.sara):
        with pytest.raises(NotPermitted):
            money.draft(who)
        with pytest.raises(NotPermitted):
            add_expense(who, claim_id=claim.id, details=money.details())
        with pytest.raises(NotPermitted):
            submit(who, claim_id=claim.id)


def test_an_organisation_that_takes_no_part_has_nothing_to_claim(money):
    stranger = OrganisationFactory(network=money.network)
    RoleGrantFactory(
        person=money.people["sara"], role="editor", network_id=money.network.id, organisation_id=stranger.id
    )
    with pytest.raises(Refusal) as refused:
        money.draft(money.sara, stranger)
    assert refused.value.field == "alliance"


def test_nothing_is_claimed_when_the_plan_is_not_in_force(money):
    claim = money.claim(ClaimState.DRAFT)
    money.plan.state = PlanState.CLOSED.value
    money.plan.save()
    with pytest.raises(Refusal):
        money.draft()
    with pytest.raises(Refusal):
        submit(money.carla, claim_id=claim.id)


def test_everything_wrong_with_an_expense_is_told_at_once_and_nothing_is_kept(money):
    claim = money.draft()
    wrong = money.details(
        number="", supplier_code="12345678901", net_cents=0, claimed_cents=90_000, dated_on=date(2025, 12, 31)
    )
    with pytest.raises(Unready) as refused:
        add_expense(money.carla, claim_id=claim.id, details=wrong)
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"number", "supplier_code", "net", "claimed", "dated_on"}
    assert not Expense.objects.exists()


def test_an_expense_is_changed_and_taken_out_and_the_sums_follow(money):
    claim = money.draft()
    money.expense(claim)
    second = money.expense(claim)
    change_expense(
        money.carla,
        claim_id=claim.id,
        position=1,
        details=money.details(net_cents=5_000, vat_cents=0, claimed_cents=5_000),
    )
    claim.refresh_from_db()
    assert (claim.claimed_cents, claim.expense_count) == (17_200, 2)
    remove_expense(money.carla, claim_id=claim.id, position=2)
    claim.refresh_from_db()
    assert (claim.claimed_cents, claim.expense_count) == (5_000, 1)
    assert attachments_of(EXPENSE, second.id) == ()


def test_without_its_papers_a_claim_does_not_leave(money):
    claim = money.draft()
    add_expense(money.carla, claim_id=claim.id, details=money.details())
    expense = money.expense(claim)
    proof = next(each for each in attachments_of(EXPENSE, expense.id) if each.purpose == "payment")
    drop_paper(money.carla, claim_id=claim.id, position=2, key=proof.key)
    with pytest.raises(Unready) as refused:
        submit(money.carla, claim_id=claim.id)
    assert [(problem.position, problem.field) for problem in refused.value.problems] == [
        (1, "documents"),
        (1, "proofs"),
        (2, "proofs"),
    ]
    assert Claim.objects.get(id=claim.id).state == ClaimState.DRAFT


def test_what_is_given_in_kind_needs_no_proof_of_payment_and_goes_with_its_source(money):
    claim = money.draft()
    given = {"kind": DocumentKind.IN_KIND, "vat_cents": 0, "claimed_cents": 10_000, "payment": "", "supplier_code": ""}
    with pytest.raises(Unready):
        add_expense(money.carla, claim_id=claim.id, details=money.details(**given))
    details = money.details(**given, allocation_id=money.in_kind.id)
    add_expense(money.carla, claim_id=claim.id, details=details, documents=[paper("ore.pdf")])
    submit(money.carla, claim_id=claim.id)
    with pytest.raises(Unready):
        add_expense(money.carla, claim_id=money.draft().id, details=money.details(allocation_id=money.in_kind.id))


def test_an_empty_claim_does_not_leave(money):
    with pytest.raises(Unready):
        submit(money.carla, claim_id=money.draft().id)


def test_a_claim_is_taken_back_until_somebody_controls_it(money):
    claim = money.claim(ClaimState.SUBMITTED)
    withdraw(money.carla, claim_id=claim.id)
    assert list(claim.expenses.values_list("stage", flat=True)) == ["draft"]
    submit(money.carla, claim_id=claim.id)
    begin_control(money.lia, claim_id=claim.id)
    with pytest.raises(Refusal):
        withdraw(money.carla, claim_id=claim.id)


def test_only_a_draft_that_never_left_is_thrown_away(money):
    claim = money.claim(ClaimState.SUBMITTED)
    withdraw(money.carla, claim_id=claim.id)
    with pytest.raises(Refusal):
        remove_claim(money.carla, claim_id=claim.id)
    fresh = money.claim(ClaimState.DRAFT)
    remove_claim(money.carla, claim_id=fresh.id)
    assert not Claim.objects.filter(id=fresh.id).exists()


def test_the_same_document_claimed_twice_in_full_by_one_partner_does_not_leave(money):
    money.claim(ClaimState.ACCEPTED, {"number": "FT 12/2026"})
    claim = money.claim(ClaimState.DRAFT, {"number": "0012-26", "supplier_code": "IT 00743110157"})
    with pytest.raises(Unready) as refused:
        submit(money.carla, claim_id=claim.id)
    assert [(problem.position, problem.params["number"]) for problem in refused.value.problems] == [(1, 1)]


def test_a_document_may_be_divided_between_two_sources(money):
    half = {"number": "FT 77/2026", "claimed_cents": 6_100}
    claim = money.claim(ClaimState.ACCEPTED, half, {**half, "allocation_id": money.own.id})
    assert claim.accepted_cents == 12_200


def test_of_one_document_claimed_by_two_partners_no_more_than_its_amount_is_accepted(money):
    money.claim(ClaimState.ACCEPTED, {"number": "FT 12/2026"})
    claim = money.claim(ClaimState.IN_CONTROL, {"number": "ft. 12"}, who=money.bruno, organisation=money.bakery)
    judge_rest(money.lia, claim_id=claim.id)
    with pytest.raises(Unready) as refused:
        close_control(money.lia, claim_id=claim.id)
    assert refused.value.problems[0].params["elsewhere"] == in_euro(12_200)
    judge(money.lia, claim_id=claim.id, position=1, accepted_cents=0, reason="Già ammessa altrove.")
    close_control(money.lia, claim_id=claim.id)
    claim.refresh_from_db()
    assert (claim.state, claim.accepted_cents) == (ClaimState.REFUSED, 0)


def test_nothing_is_accepted_beyond_the_allocation(money):
    money.fund.cents = 20_000
    money.fund.save()
    claim = money.claim(ClaimState.IN_CONTROL, {}, {})
    judge_rest(money.lia, claim_id=claim.id)
    with pytest.raises(Unready) as refused:
        close_control(money.lia, claim_id=claim.id)
    assert in_euro(20_000) in told(refused.value)[0]
    judge(money.lia, claim_id=claim.id, position=2, accepted_cents=7_800, reason="Il fondo finisce qui.")
    close_control(money.lia, claim_id=claim.id)
    claim.refresh_from_db()
    money.fund.refresh_from_db()
    assert (claim.state, claim.accepted_cents, money.fund.accepted_cents) == ("accepted_in_part", 20_000, 20_000)


def test_a_control_does_not_end_before_every_expense_is_judged(money):
    claim = money.claim(ClaimState.IN_CONTROL, {}, {})
    judge(money.lia, claim_id=claim.id, position=1, accepted_cents=12_200)
    with pytest.raises(Unready) as refused:
        close_control(money.lia, claim_id=claim.id)
    assert [problem.params for problem in refused.value.problems] == [{"position": 2}]


def test_less_than_claimed_needs_its_reason_and_more_is_never_accepted(money):
    claim = money.claim(ClaimState.IN_CONTROL)
    for cents, field in ((12_100, "reason"), (12_201, "accepted"), (-1, "accepted")):
        with pytest.raises(Refusal) as refused:
            judge(money.lia, claim_id=claim.id, position=1, accepted_cents=cents)
        assert refused.value.field == field


def test_whoever_works_for_the_partner_or_sent_it_does_not_control(money):
    claim = money.claim(ClaimState.SUBMITTED)
    RoleGrantFactory(
        person=money.people["carla"], role="editor", network_id=money.network.id, organisation_id=money.lead.id
    )
    for who in (money.carla, money.bruno, money.marta, money.elena, money.sara):
        with pytest.raises(NotPermitted):
            begin_control(who, claim_id=claim.id)
    begin_control(money.leo, claim_id=claim.id)


def test_the_claims_of_the_lead_are_controlled_by_a_coordinator_and_paid_by_another(money):
    claim = money.claim(ClaimState.ACCEPTED, who=money.lia, organisation=money.lead, controller=money.marta)
    with pytest.raises(NotPermitted):
        pay(money.marta, claim_id=claim.id, reference="Mandato 1", paid_on=PAID_ON)
    pay(money.giulio, claim_id=claim.id, reference="Mandato 1", paid_on=PAID_ON)


def test_a_coordinator_who_works_for_the_partner_does_not_pay_it(money):
    claim = money.claim(ClaimState.ACCEPTED)
    RoleGrantFactory(
        person=money.people["carla"], role=NetworkRole.COORDINATOR, network_id=money.network.id, organisation_id=None
    )
    with pytest.raises(NotPermitted):
        pay(money.carla, claim_id=claim.id, reference="Mandato 1", paid_on=PAID_ON)


def test_a_colleague_takes_a_control_over_and_then_alone_judges(money):
    claim = money.claim(ClaimState.IN_CONTROL)
    with pytest.raises(Refusal) as refused:
        judge_rest(money.leo, claim_id=claim.id)
    assert "Lia Grandi" in sentence(refused.value)
    take_over(money.leo, claim_id=claim.id)
    judge_rest(money.leo, claim_id=claim.id)
    with pytest.raises(Refusal):
        close_control(money.lia, claim_id=claim.id)
    close_control(money.leo, claim_id=claim.id)


def test_a_claim_given_back_keeps_the_notes_is_mended_and_controlled_anew(money):
    claim = money.claim(ClaimState.IN_CONTROL)
    judge(money.lia, claim_id=claim.id, position=1, accepted_cents=0, reason="Manca la data di pagamento.")
    with pytest.raises(Refusal):
        give_back(money.lia, claim_id=claim.id, reason=" ")
    give_back(money.lia, claim_id=claim.id, reason="Correggi la spesa 1.")
    expense = claim.expenses.get()
    assert (expense.stage, expense.judged_cents, expense.reason) == ("draft", None, "Manca la data di pagamento.")
    assert titles(money.people["carla"])[-1].startswith("La rendicontazione 1 è di nuovo da te")
    submit(money.carla, claim_id=claim.id)
    begin_control(money.leo, claim_id=claim.id)
    assert claim.expenses.get().reason == ""


def test_an_advance_is_recovered_from_the_next_claims_to_the_last_cent(money):
    advance(
        money.marta,
        plan_id=money.plan.id,
        organisation_id=money.coop.id,
        alliance_id=money.alliance.id,
        cents=15_001,
        reference="Mandato 3",
        paid_on=PAID_ON,
    )
    first, second = (money.claim(ClaimState.ACCEPTED) for _each in range(2))
    paid = [pay(money.marta, claim_id=claim.id, reference="Mandato 4", paid_on=PAID_ON) for claim in (first, second)]
    assert list(map(attrgetter("cents", "recovered_cents"), paid)) == [(0, 12_200), (9_399, 2_801)]
    account = Account.objects.get()
    assert (account.advanced_cents, account.recovered_cents) == (15_001, 15_001)


def test_an_advance_is_never_more_than_funds_still_have(money):
    money.claim(ClaimState.ACCEPTED)
    ask = {
        "plan_id": money.plan.id,
        "organisation_id": money.coop.id,
        "alliance_id": money.alliance.id,
        "reference": "Mandato 3",
        "paid_on": PAID_ON,
    }
    with pytest.raises(Refusal) as refused:
        advance(money.marta, cents=87_801, **ask)
    assert (refused.value.field, refused.value.params["left"]) == ("amount", in_euro(87_800))
    for who in (money.carla, money.lia, money.elena):
        with pytest.raises(NotPermitted):
            advance(who, cents=100, **ask)
    advance(money.marta, cents=87_800, **ask)
    assert Payment.objects.get().cents == 87_800


@pytest.mark.parametrize(
    ("reference", "day", "field"),
    [(" ", PAID_ON, "reference"), ("M1", date(2026, 11, 21), "paid_on"), ("M1", date(2026, 11, 19), "paid_on")],
)
def test_a_payment_has_its_reference_and_a_day_between_the_control_and_today(money, reference, day, field):
    claim = money.claim(ClaimState.ACCEPTED)
    with pytest.raises(Refusal) as refused:
        pay(money.marta, claim_id=claim.id, reference=reference, paid_on=day)
    assert refused.value.field == field
    assert not Payment.objects.exists()


def test_when_only_own_money_was_accepted_nothing_is_paid_out_and_the_claim_ends(money):
    claim = money.claim(ClaimState.ACCEPTED, {"allocation_id": money.own.id})
    payment = pay(money.marta, claim_id=claim.id, reference="", paid_on=PAID_ON)
    assert (payment.cents, payment.recovered_cents) == (0, 0)


def test_the_money_of_another_partner_or_alliance_is_not_charged(money):
    money.fund.partner = money.bakery
    money.fund.save()
    with pytest.raises(Refusal) as refused:
        money.expense(money.draft())
    assert refused.value.field == "allocation"


def test_a_claim_of_the_plan_itself_needs_lines_of_the_plan(money):
    with pytest.raises(Refusal):
        draft_claim(money.carla, plan_id=money.plan.id, organisation_id=money.coop.id, alliance_id=None, title="Prima")
