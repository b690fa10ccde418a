"""Who is late: the list for the follow-up."""

from contempo.questionnaires.models import Invitation, Target
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.tests.board.conftest import words


def test_who_was_invited_and_did_not_answer_is_late(boards):
    page = boards.shown(boards.it.named, "ritardi/", "page")
    assert {row.who for row in page.rows} == {"Meccanica Lambro", "Cooperativa Girasole", "Tessitura Serio"}


def test_the_list_is_narrowed_by_days_delegate_kind_and_municipality(boards):
    def who(query: str) -> set[str]:
        return {row.who for row in boards.shown(boards.it.named, f"ritardi/?{query}", "page").rows}

    assert who("giorni=14") == {"Meccanica Lambro", "Cooperativa Girasole", "Tessitura Serio"}
    assert who("giorni=30") == set()
    assert who(f"delegato={boards.it.delegate.pk}") == {"Tessitura Serio"}
    assert who("delegato=nessuno") == {"Meccanica Lambro", "Cooperativa Girasole"}
    assert who("tipo=company") == {"Meccanica Lambro", "Tessitura Serio"}
    assert who("comune=016024") == {"Tessitura Serio"}
    assert who("cerca=girasole") == {"Cooperativa Girasole"}
    assert who("stato=begun") == {"Meccanica Lambro"}


def test_whose_unit_another_answer_covers_can_be_left_out(boards):
    coop = boards.it.invitation(boards.it.named, "coop")
    Target.objects.filter(pk=coop.target_id).update(covered=True)

    def who(query: str) -> set[str]:
        return {row.who for row in boards.shown(boards.it.named, f"ritardi/?{query}", "page").rows}

    assert who("unita=coperta") == {"Cooperativa Girasole"}
    assert who("unita=scoperta") == {"Meccanica Lambro", "Tessitura Serio"}


def test_a_bare_token_that_waits_is_not_covered(boards):
    invitation = boards.it.invitation(boards.it.named, "coop")
    Invitation.objects.filter(pk=invitation.pk).update(target=None)
    found = boards.shown(boards.it.named, "ritardi/?unita=scoperta", "page").rows
    assert len(found) == 3


def test_the_list_is_taken_away_with_addresses(boards):
    rows = boards.rows(boards.it.named, "ritardi/?tipo=social_cooperative")
    assert [row["E-mail"] for row in rows] == [boards.it.invitation(boards.it.named, "coop").email]


def test_a_delegate_sees_who_of_its_own_is_late_and_nobody_else(boards):
    page = boards.shown(boards.it.named, "ritardi/", "page", "lucia")
    assert [row.who for row in page.rows] == ["Tessitura Serio"]
    assert set(page.filter_form.fields) == {"cerca", "stato", "giorni", "unita"}
    assert boards.get(boards.it.confidential, "ritardi/", "lucia").status_code == 403


def test_a_delegate_sees_that_one_has_answered_and_never_what(boards):
    Invitation.objects.filter(pk=boards.it.invitation(boards.it.named, "bergamo").pk).update(
        state=InvitationState.COMPLETED.value
    )
    page = boards.see(boards.it.named, "tassi/inviti/", "lucia")
    assert "Tessitura Serio" in words(page)
    assert "Con risposta" in words(page)
    assert boards.get(boards.it.named, "copertura/", "lucia").status_code == 403


def test_nobody_is_late_who_refused_or_was_not_asked_yet(boards):
    Invitation.objects.filter(campaign=boards.it.named).update(state=InvitationState.REFUSED.value)
    assert "Nessuno è in ritardo" in words(boards.see(boards.it.named, "ritardi/"))
