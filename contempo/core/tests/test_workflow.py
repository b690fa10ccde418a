"""A workflow is a table that anybody can read, and that does what it says."""

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.workflow import Look, Transition, Workflow

LOOKS = {
    "draft": Look("Draft", "neutral", "it-pencil"),
    "submitted": Look("Submitted", "info", "it-mail"),
    "admitted": Look("Admitted", "success", "it-check"),
}
SUBMIT = Transition("submit", ("draft",), "submitted", "Submit", frozenset({"applicant"}))
ADMIT = Transition("admit", ("submitted",), "admitted", "Admit", frozenset({"agency"}))
BACK = Transition("ask_changes", ("submitted",), "draft", "Ask for changes", frozenset({"agency", "expert"}))
JOINING = Workflow("joining", "draft", LOOKS, (SUBMIT, ADMIT, BACK))


def test_each_one_sees_the_steps_that_are_theirs_in_the_order_of_the_table():
    assert JOINING.available("submitted", ["agency"]) == (ADMIT, BACK)
    assert JOINING.available("submitted", ["expert"]) == (BACK,)
    assert JOINING.available("submitted", []) == ()
    assert JOINING.available("admitted", ["agency"]) == ()


def test_a_step_leads_to_its_target():
    assert JOINING.move("draft", "submit", ["applicant", "agency"]) == "submitted"


def test_a_step_of_somebody_else_is_not_permitted():
    with pytest.raises(NotPermitted):
        JOINING.move("submitted", "admit", ["applicant"])


def test_a_step_from_a_state_left_meanwhile_is_refused_with_a_sentence():
    with pytest.raises(Refusal, match="no longer possible") as refused:
        JOINING.move("admitted", "admit", ["agency"])
    assert not isinstance(refused.value, NotPermitted)


def test_the_diagram_shows_every_state_and_step():
    assert JOINING.mermaid().splitlines() == [
        "stateDiagram-v2",
        '    state "Draft" as draft',
        '    state "Submitted" as submitted',
        '    state "Admitted" as admitted',
        "    [*] --> draft",
        "    draft --> submitted: Submit",
        "    submitted --> admitted: Admit",
        "    submitted --> draft: Ask for changes",
        "    admitted --> [*]",
    ]


@pytest.mark.parametrize(
    ("looks", "transitions", "complaint"),
    [
        ({"draft": LOOKS["draft"]}, (SUBMIT,), "without a look"),
        (LOOKS, (SUBMIT,), "nothing leads to"),
        (LOOKS, (SUBMIT, ADMIT, ADMIT), "twice"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_at_once(looks, transitions, complaint):
    with pytest.raises(ValueError, match=complaint):
        Workflow("joining", "draft", looks, transitions)


def test_a_tone_has_to_be_one_of_the_known():
    with pytest.raises(ValueError, match="tone"):
        Look("Draft", "pink", "it-pencil")
