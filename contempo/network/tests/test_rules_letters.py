"""What an organisation reads when the agency decides with a reason."""

import pytest

from contempo.network.rules.accession import NEEDS_REASON
from contempo.network.rules.letters import LETTERS


def test_there_is_a_letter_for_every_decision_that_needs_a_reason():
    assert set(LETTERS) == NEEDS_REASON


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_letter_says_which_organisation_which_network_and_why(letter):
    written = letter.written(network="Rete di Milano", name="100% Pane", reason="Manca lo statuto, al 50%.")
    assert written.title.endswith(": 100% Pane")
    assert "Rete di Milano" in written.text
    assert "Manca lo statuto, al 50%." in written.text
