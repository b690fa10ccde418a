"""An uploaded list: read, looked at, loaded again without losing anything."""

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.imports import kind_called
from contempo.core.imports.bringing import bring_file, choose_columns, confirm, undo
from contempo.core.imports.jobs import read_import, undo_import, write_import
from contempo.core.imports.models import ImportRun
from contempo.questionnaires.actions.campaigns.population import choose_population
from contempo.questionnaires.actions.invitations.preparing import prepare_invitations
from contempo.questionnaires.models import Campaign, Invitation, Target
from contempo.questionnaires.rules.populations import LIST_KEY
from contempo.questionnaires.tests.campaigns.conftest import Desk
from contempo.questionnaires.tests.factories import answer

FIRST = """Codice;Nome;E-mail;Tipo;Comune;Gruppo
1;Bar Sole;sole@example.org;Impresa;Milano;Navigli
2;Bar Luna;luna@example.org;Impresa;Sesto San Giovanni (MI);Nord
3;Bar Stella;;Impresa;;Nord
"""
AGAIN = """Codice;Nome;E-mail;Tipo;Comune;Gruppo
1;Bar Sole Nuovo;sole@example.org;Impresa;Milano;Navigli
4;Bar Marte;marte@example.org;Impresa;Milano;Nord
"""


def listed(desk: Desk) -> Campaign:
    choose_population(desk.actor(), campaign_id=desk.it.draft.pk, source="list", chosen={}, unit_kind="organisation")
    return desk.it.draft


def load(desk: Desk, campaign: Campaign, text: str, *, ends_missing: bool = False) -> ImportRun:
    """A file loaded as the pages and jobs do it."""
    kind = kind_called(LIST_KEY)
    assert kind is not None
    file = SimpleUploadedFile("elenco.csv", text.encode(), content_type="text/csv")
    run = bring_file(desk.actor(), kind=kind, about_id=campaign.pk, upload=file)
    choose_columns(desk.actor(), kind=kind, run_id=run.pk, mapping=run.mapping, ends_missing=ends_missing)
    read_import(run_id=run.pk)
    confirm(desk.actor(), kind=kind, run_id=run.pk)
    write_import(run_id=run.pk)
    return ImportRun.objects.get(pk=run.pk)


def test_a_list_becomes_units_with_their_addresses(desk: Desk) -> None:
    campaign = listed(desk)
    load(desk, campaign, FIRST)
    units = {unit.key: unit for unit in Target.objects.filter(campaign=campaign)}
    assert set(units) == {"row:1", "row:2", "row:3"}
    assert (units["row:2"].email, units["row:2"].municipality_id, units["row:2"].stratum) == (
        "luna@example.org",
        "015209",
        "Nord",
    )
    assert prepare_invitations(desk.actor(), campaign_id=campaign.pk) == (2, 0)


def test_a_list_loaded_again_loses_no_answer(desk: Desk) -> None:
    campaign = listed(desk)
    load(desk, campaign, FIRST)
    prepare_invitations(desk.actor(), campaign_id=campaign.pk)
    answered = Invitation.objects.get(campaign=campaign, email="luna@example.org")
    answer(answered)
    load(desk, campaign, AGAIN, ends_missing=True)
    names = dict(Target.objects.filter(campaign=campaign, eligible=True).values_list("key", "name"))
    assert names == {"row:1": "Bar Sole Nuovo", "row:2": "Bar Luna", "row:4": "Bar Marte"}
    answered.refresh_from_db()
    assert answered.state == "completed"


def test_a_list_taken_back_leaves_what_was_answered(desk: Desk) -> None:
    campaign = listed(desk)
    run = load(desk, campaign, FIRST)
    prepare_invitations(desk.actor(), campaign_id=campaign.pk)
    answer(Invitation.objects.get(campaign=campaign, email="sole@example.org"))
    kind = kind_called(LIST_KEY)
    assert kind is not None
    undo(desk.actor(), kind=kind, run_id=run.pk)
    undo_import(run_id=run.pk)
    assert list(Target.objects.filter(campaign=campaign).values_list("key", flat=True)) == ["row:1"]


def test_a_municipality_nobody_knows_is_told_at_its_row(desk: Desk) -> None:
    campaign = listed(desk)
    run = load(desk, campaign, FIRST.replace("Sesto San Giovanni (MI)", "Paperopoli"))
    assert run.rows.get(line=3).status == "wrong"
    assert Target.objects.filter(campaign=campaign).count() == 2
