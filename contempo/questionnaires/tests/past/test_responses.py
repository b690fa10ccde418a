"""Single responses of a past survey come from a table, row by row, and go again."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.imports.bringing import bring_file, choose_columns
from contempo.core.imports.kinds import kind_called
from contempo.core.imports.models import ImportMapping
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.tests.factories import MILANO
from contempo.questionnaires.actions.past.beginning import begin_past, tell_columns
from contempo.questionnaires.models import Campaign, Invitation, Response
from contempo.questionnaires.queries.opened import opened
from contempo.questionnaires.queries.past.listing import seen
from contempo.questionnaires.rules.document import Document, Kind, Page, Question, Words, to_json
from contempo.questionnaires.rules.states import CampaignState, Mode, VersionState
from contempo.questionnaires.tests.factories import QuestionnaireFactory, VersionFactory

HEADS = "ID;Data;Municipality of who answered;Quante persone ci lavorano?;C’è un orario flessibile?;In che modo?"
TABLE = f"""{HEADS}
7;05/03/2019;Milano;12;Sì;In entrata;
8;06/03/2019;;40;No;;
9;;;30;Forse;;
10;;Paperopoli;3;No;;
"""
OWN = "ID;Sei contento?;Voto;Servizi [Nido];Servizi [Mensa]\n" + "".join(
    f"{number};{'Molto' if number % 2 else 'Poco'};{number % 11};{'sì' if number % 3 else 'no'};no\n"
    for number in range(1, 13)
)


def test_rows_become_responses_without_an_invitation_and_wrong_ones_say_where(past):
    campaign = past.begin()
    run = past.preview(campaign, TABLE)
    assert (run.new, run.wrong) == (3, 1)
    wrong = run.rows.get(status="wrong")
    assert (wrong.line, [each["field"] for each in wrong.errors]) == (5, ["_municipality"])
    past.write(run)
    found = {one.paper: one for one in Response.objects.filter(campaign=campaign)}
    assert sorted(found) == ["7", "8", "9"]
    assert found["7"].answers == {"workers": 12, "flexible": "yes", "how": ["entry"]}
    assert (found["7"].channel, found["7"].state, found["7"].invitation) == ("imported", "completed", None)
    assert found["7"].attributes == {"municipality": MILANO}
    assert found["7"].completed_at.date() == date(2019, 3, 5)
    assert found["9"].answers == {"workers": 30, "flexible": "other", "flexible.other": "Forse"}


def test_rows_that_answer_nothing_are_no_responses(past):
    campaign = past.begin()
    run = past.preview(campaign, "ID;Data;Quante persone ci lavorano?\n1;05/03/2019;\n2;05/03/2019;4\n")
    assert (run.new, run.wrong) == (1, 1)
    assert run.rows.get(status="wrong").line == 2


def test_a_question_may_be_called_as_what_is_told_of_who_answered(past):
    keys = ("number", "completed", "kind", "size", "municipality", "stratum")
    asked = tuple(Question(key, Kind.TEXT, Words(f"Domanda {key}")) for key in keys)
    form = QuestionnaireFactory(network=past.pages.it.world.milano)
    version = VersionFactory(questionnaire=form, document=to_json(Document((Page("p", Words("P"), asked),))))
    campaign = past.begin(version_id=version.pk)
    past.write(past.preview(campaign, "ID;Domanda number;Domanda size\n7;sette;grande\n"))
    found = Response.objects.get(campaign=campaign)
    assert (found.paper, found.answers) == ("7", {"number": "sette", "size": "grande"})


def test_what_the_questionnaire_would_not_have_asked_was_not_asked(past):
    campaign = past.begin()
    past.write(past.preview(campaign, TABLE))
    assert "how" in Response.objects.get(campaign=campaign, paper="8").unasked
    assert "how" not in Response.objects.get(campaign=campaign, paper="7").unasked


def test_without_a_number_of_its_own_a_row_is_called_by_its_place(past):
    campaign = past.begin()
    past.write(past.preview(campaign, "Quante persone ci lavorano?;In quale comune?\n12;Milano\n40;Milano (MI)\n"))
    found = Response.objects.filter(campaign=campaign).order_by("paper")
    assert [(one.paper, one.answers) for one in found] == [
        ("2", {"workers": 12, "place": MILANO}),
        ("3", {"workers": 40, "place": MILANO}),
    ]


def test_the_same_table_again_changes_nothing_and_a_mended_one_what_it_mends(past):
    campaign = past.begin()
    past.write(past.preview(campaign, TABLE))
    again = past.preview(campaign, TABLE)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    mended = past.preview(campaign, TABLE.replace(";40;", ";41;"))
    assert (mended.changed, mended.unchanged) == (1, 2)
    past.write(mended)
    assert Response.objects.get(campaign=campaign, paper="8").answers["workers"] == 41


def test_an_import_is_taken_back_whole(past):
    campaign = past.begin()
    run = past.write(past.preview(campaign, TABLE))
    assert past.undo(run).undone == 3
    assert not Response.objects.filter(campaign=campaign).exists()


def test_columns_chosen_are_remembered(past):
    campaign = past.begin()
    table = b"Matr;A\n1;12\n"
    kind = kind_called(f"questionnaires.past-{campaign.pk}")

    def brought():
        return bring_file(past.marta, kind=kind, about_id=campaign.pk, upload=SimpleUploadedFile("a.csv", table))

    first = brought()
    choose_columns(past.marta, kind=kind, run_id=first.pk, mapping={"_number": 0, "workers": 1})
    second = brought()
    assert (second.mapping, second.remembered) == ({"_number": 0, "workers": 1}, True)


def test_an_anonymous_survey_of_the_past_keeps_no_time(past):
    campaign = past.begin(mode=Mode.ANONYMOUS)
    past.write(past.preview(campaign, TABLE))
    assert set(Response.objects.filter(campaign=campaign).values_list("completed_at", flat=True)) == {None}


def test_a_questionnaire_is_made_of_the_columns_and_its_table_read_with_them(past):
    campaign = past.begin(version_id=None, table=OWN)
    assert campaign.state == CampaignState.DRAFT
    table = seen(opened(past.marta, campaign.number))
    run = tell_columns(past.marta, campaign_id=campaign.pk, columns=table.columns, heads=table.heads)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.version.state) == (CampaignState.CLOSED, VersionState.PUBLISHED)
    assert run.remembered
    run = past.write(past.read(run))
    assert (run.written, run.wrong) == (12, 0)
    answers = Response.objects.get(campaign=campaign, paper="1").answers
    assert answers == {"sei_contento": "molto", "voto": 1, "servizi": ["nido"]}
    assert past.undo(run).undone == 12
    assert ImportMapping.objects.get().about_id == campaign.pk


def test_what_is_already_made_is_not_made_again(past):
    campaign = past.begin()
    with pytest.raises(Refusal):
        tell_columns(past.marta, campaign_id=campaign.pk, columns=(), heads=())
    assert seen(opened(past.marta, campaign.number)) is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"last": date(2019, 1, 1)}, "last"),
        ({"last": date(2026, 11, 20)}, "last"),
        ({"version_id": None}, "file"),
        ({"version_id": 0}, "version_id"),
    ],
)
def test_what_cannot_be_noted_says_where(past, said, field):
    before = Campaign.objects.count()
    with pytest.raises(Refusal) as told:
        past.begin(**said)
    assert told.value.field == field
    assert Campaign.objects.count() == before


def test_what_is_no_table_is_refused(past):
    with pytest.raises(Refusal):
        past.begin(version_id=None, table="")


def test_only_who_coordinates_brings_surveys(past):
    campaign = past.begin()
    kind = kind_called(f"questionnaires.past-{campaign.pk}")
    for who in ("elena", "chiara", "davide", None):
        actor = past.pages.it.actor(who)
        assert not kind.may(actor, campaign.pk)
        with pytest.raises(NotPermitted):
            begin_past(actor, past=None)


def test_the_columns_of_a_survey_are_not_those_of_another(past):
    one, other = past.begin(), past.begin(title="Un’altra")
    kind = kind_called(f"questionnaires.past-{one.pk}")
    assert kind.about(past.marta, other.pk) is None
    assert kind.about(past.marta, one.pk).url == f"/milano/questionari/passate/{one.number}/"
    assert kind_called(f"questionnaires.past-{past.pages.it.named.pk}") is None
    assert kind_called("questionnaires.past-x") is None
    assert Invitation.objects.filter(campaign=one).count() == 0
