"""The board of a campaign, as those who use it see it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.questionnaires.models import Coverage, Invitation, Response, Target
from contempo.questionnaires.rules.states import Channel, InvitationState, ResponseState
from contempo.questionnaires.tests.board.conftest import words
from contempo.questionnaires.tests.factories import InvitationFactory, ResponseFactory, TargetFactory, answer


def test_the_board_tells_the_rates_with_what_they_are_made_of(boards):
    found = boards.shown(boards.it.named, "", "board")
    assert [(rate.value, rate.of) for rate in found.rates] == [
        ("16,7 %", "1 di 6"),
        ("33,3 %", "2 di 6"),
        ("16,7 %", "1 di 6"),
    ]


def test_each_state_of_invitations_is_told_by_channel_and_opens_its_list(boards):
    found = boards.shown(boards.it.named, "", "board")
    assert len(found.channels) == 2
    counts = {line.look.label: line.total.count for line in found.lines}
    assert sum(counts.values()) == 6
    for line in found.lines:
        assert boards.count(line.total.url) == line.total.count
        for cell in line.cells:
            if cell.url:
                assert boards.count(cell.url) == cell.count


def test_the_rates_of_the_board_open_their_lists(boards):
    found = boards.shown(boards.it.named, "", "board")
    opened = {rate.url: int(rate.of.split()[0]) for rate in found.rates if rate.url}
    assert len(opened) == 2
    for url, count in opened.items():
        assert boards.count(url) == count


def test_who_keeps_the_campaign_is_told_what_to_do_next(boards):
    found = boards.shown(boards.it.named, "", "board")
    assert [hint.text for hint in found.hints] == [
        "1 invito non è ancora partito.",
        "3 inviti aspettano una risposta: guarda chi chiamare.",
    ]
    assert boards.count(found.hints[1].url) == 3
    assert boards.shown(boards.it.named, "", "board", "elena").hints == ()


def test_answers_are_told_by_day_and_channel(boards):
    found = boards.shown(boards.it.closed, "", "board")
    assert found.chart.table[-1][0] == "10 nov"
    ResponseFactory(campaign=boards.it.closed, channel=Channel.PUBLIC.value)
    chart = boards.shown(boards.it.closed, "", "board").chart
    assert [(each.name, each.values) for each in chart.series] == [
        ("E-mail diretta", (3,)),
        ("Link pubblico", (1,)),
    ]


def test_answers_by_channel_and_by_day_open_their_lists_where_they_have_names(boards):
    ResponseFactory(campaign=boards.it.named, state=ResponseState.EXCLUDED.value)
    found = boards.shown(boards.it.named, "", "board")
    opened = [(cell.count, cell.url) for line in found.responses for cell in line.cells if cell.url]
    assert sorted(count for count, _url in opened) == [1, 1, 1]
    opened += [(sum(values), url) for _day, url, values in found.chart.table]
    for count, url in opened:
        assert boards.count(url) == count, url
    confidential = boards.shown(boards.it.confidential, "", "board")
    assert not any(cell.url for line in confidential.responses for cell in line.cells)
    assert confidential.chart.links == ()


def test_municipalities_without_any_answer_are_told(boards):
    found = boards.shown(boards.it.named, "", "board")
    assert [(place.label, place.waiting) for place in found.places] == [
        ("Sesto San Giovanni (MI)", 2),
        ("Bergamo (BG)", 1),
    ]
    assert found.places_missing == 2
    for place in found.places:
        assert boards.count(place.url) == place.waiting


def test_an_anonymous_board_has_no_days_and_no_units_and_says_so(boards):
    found = boards.shown(boards.it.anonymous, "", "board")
    assert found.chart is None
    assert len(found.rates) == 2
    assert "anonim" in words(boards.see(boards.it.anonymous))
    assert [(place.label, place.waiting) for place in found.places] == [
        ("Sesto San Giovanni (MI)", 2),
        ("Bergamo (BG)", 1),
    ]
    for place in found.places:
        assert boards.count(place.url) == place.waiting


def test_a_delegate_sees_its_own_part_only(boards):
    found = boards.shown(boards.it.named, "", "board", "lucia")
    assert not found.whole
    assert [(line.look.label, line.total.count) for line in found.lines] == [("Invited", 1)]
    assert (found.chart, found.responses, found.places, found.hints) == (None, (), (), ())
    assert "Panificio" not in words(boards.see(boards.it.named, "", "lucia"))
    assert boards.count(found.lines[0].total.url, "lucia") == 1


def test_readers_see_figures_and_no_lists(boards):
    found = boards.shown(boards.it.named, "", "board", "elena")
    assert found.rates[0].value == "16,7 %"
    assert not any(line.total.url for line in found.lines)
    assert boards.get(boards.it.named, "ritardi/", "elena").status_code == 403
    assert boards.get(boards.it.named, "tassi/inviti/", "elena").status_code == 403
    assert boards.get(boards.it.named, "copertura/", "elena").status_code == 403


def test_everybody_reads_the_board_of_a_closed_campaign_with_public_results_and_no_other(boards):
    assert boards.get(boards.it.closed, "", None).status_code == 200
    assert boards.get(boards.it.named, "", None).status_code == 302
    assert boards.get(boards.it.named, "", "chiara").status_code == 403


def test_the_staff_of_an_organisation_is_followed_by_its_human_resources_alone(boards):
    assert boards.get(boards.it.staff, "", "paolo").status_code == 200
    assert boards.get(boards.it.staff, "", "marta").status_code == 403


def test_the_board_costs_the_same_with_few_and_with_many_answers(boards):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            boards.get(boards.it.named)
        return len(captured)

    before = statements()
    for _each in range(12):
        target = TargetFactory(campaign=boards.it.named)
        answer(InvitationFactory(campaign=boards.it.named, target=target, state=InvitationState.SENT.value))
    assert statements() == before


def test_the_board_reads_no_row_that_grows(boards):
    with CaptureQueriesContext(connection) as captured:
        boards.get(boards.it.named)
    tables = {model._meta.db_table for model in (Invitation, Response, Coverage, Target)}
    asked = [query["sql"] for query in captured if any(f'"{table}"' in query["sql"] for table in tables)]
    assert asked == []
