"""What a campaign proposes to do next."""

from contempo.questionnaires.rules.followup import Step, todos


def steps(state: str, standings: dict[str, int], *, units: int = 3, disputed: int = 0, public: bool = False) -> list:
    found = todos(state, standings, units=units, disputed=disputed, public_link=public)
    return [(todo.step, todo.count) for todo in found]


def test_a_campaign_in_preparation_needs_a_population_then_invitations_then_to_be_opened():
    assert steps("draft", {}, units=0) == [(Step.POPULATION, 0)]
    assert steps("draft", {}) == [(Step.INVITE, 3)]
    assert steps("draft", {"prepared": 3}) == [(Step.OPEN, 0)]


def test_a_campaign_with_a_public_link_alone_is_ready():
    assert steps("draft", {}, units=0, public=True) == [(Step.OPEN, 0)]


def test_an_open_campaign_tells_first_what_holds_it_up():
    standings = {"prepared": 1, "sent": 5, "opened": 2, "begun": 1, "bounced": 4, "completed": 9, "refused": 1}
    assert steps("open", standings, disputed=2) == [
        (Step.SEND, 1),
        (Step.MEND, 4),
        (Step.SETTLE, 2),
        (Step.FOLLOW, 12),
    ]


def test_an_open_campaign_in_which_everybody_answered_proposes_nothing():
    assert steps("open", {"completed": 9, "refused": 1, "not_eligible": 1, "replaced": 2}) == []


def test_a_closed_campaign_is_settled_and_read():
    assert steps("closed", {"sent": 4, "prepared": 2, "completed": 9}, disputed=1) == [(Step.SETTLE, 1), (Step.READ, 0)]
