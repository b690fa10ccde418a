"""The page on response rates says what the code does."""

import re
from pathlib import Path

from contempo.questionnaires.rules.rates import DISPOSITIONS, Group, Ratio, outcome
from contempo.questionnaires.rules.states import InvitationState

TEXT = (Path(__file__).parents[4] / "docs/algorithms/response-rates.md").read_text(encoding="utf-8")
STATES = {
    "answered": "completed",
    "half": "partial",
    "begun": "begun",
    "opened": "opened",
    "refused": "refused",
    "invited": "sent",
    "came back": "bounced",
    "not sent": "prepared",
    "not concerned": "not_eligible",
    "passed on": "replaced",
}


def rows(head: str) -> list[list[str]]:
    """The rows of the table whose head begins so."""
    table = TEXT[TEXT.index(head) :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in (table[0], *table[2:])]


def test_the_worked_example_is_what_the_code_computes():
    head, numbers = rows("| answered | half")
    counts = {STATES[name]: int(number) for name, number in zip(head, numbers, strict=True)}
    # The page counts those half answered apart, the database among those begun.
    counts[InvitationState.BEGUN] += counts["partial"]
    found = outcome(counts)
    assert (found.rr1, found.rr2) == (Ratio(51, 102), Ratio(55, 102))
    assert f"**{found.cases}**" in TEXT
    for ratio in (found.rr1, found.rr2):
        assert f"**{float(ratio.share) * 100:.1f} %**".replace(".", ",") in TEXT


def test_the_table_of_codes_is_that_of_the_code():
    told = {
        (code, letter if letter != "none" else "")
        for _state, code, _name, letter in rows("| state of the invitation")[1:]
    }
    lettered = {Group.COMPLETE, Group.PARTIAL, Group.REFUSAL, Group.UNKNOWN}
    assert told == {(one.code, one.group.value if one.group in lettered else "") for one in DISPOSITIONS.values()}


def test_the_formulas_are_told():
    assert re.search(r"RR1 = I / \(I \+ P \+ R \+ UO\)", TEXT)
    assert re.search(r"RR2 = \(I \+ P\) / \(I \+ P \+ R \+ UO\)", TEXT)
