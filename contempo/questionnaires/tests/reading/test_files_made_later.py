"""A file that takes time is made by a job, waits for who asked for it, and is gone after three days."""

from datetime import timedelta

import pandas
import pytest

from contempo.core import clock
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.reading.extracts import MOST_UNDER_WAY, ask_for_file, forget_files
from contempo.questionnaires.jobs.reading import forget_old_files, make_files
from contempo.questionnaires.models import Extract
from contempo.questionnaires.queries.opened import opened
from contempo.questionnaires.queries.reading.extracts import data_page, ready_extract
from contempo.questionnaires.rules.extracts import ExtractState, FileKind
from contempo.questionnaires.rules.states import CampaignState, Mode
from contempo.questionnaires.tests.reading.surveyed import surveyed


def _asked(surveys, campaign, kind=FileKind.CSV, who="marta", part=""):
    return ask_for_file(surveys.actor(who), campaign_id=campaign.pk, kind=kind, part=part, language="it")


@pytest.mark.parametrize("kind", list(FileKind))
def test_the_job_makes_what_was_asked_for(surveys, kind):
    campaign = surveyed(surveys)
    made = _asked(surveys, campaign, kind)
    make_files(timestamp=0)
    made.refresh_from_db()
    assert made.state == ExtractState.READY
    assert made.done == made.total > 0
    assert made.path.stat().st_size == made.size > 0
    if kind == FileKind.CSV:
        assert len(pandas.read_csv(made.path, sep=";", encoding="utf-8-sig")) == 60


def test_asking_again_while_it_is_made_gives_the_same_file(surveys):
    campaign = surveyed(surveys)
    assert _asked(surveys, campaign).pk == _asked(surveys, campaign).pk
    for number in range(MOST_UNDER_WAY - 1):
        _asked(surveys, campaign, part=f"part{number}")
    with pytest.raises(Refusal):
        _asked(surveys, campaign, FileKind.SAV)


def test_a_file_that_cannot_be_made_says_so(surveys):
    campaign = surveyed(surveys)
    made = _asked(surveys, campaign, part="nothing_of_this_name")
    make_files(timestamp=0)
    made.refresh_from_db()
    assert made.state == ExtractState.FAILED
    assert not made.path.exists()
    assert not made.path.with_suffix(".part").exists()
    (shown,) = data_page(opened(surveys.actor("marta"), campaign.number), surveys.actor("marta")).making
    assert shown.failed


def test_a_job_that_runs_twice_makes_it_once(surveys):
    made = _asked(surveys, surveyed(surveys))
    make_files(timestamp=0)
    written = made.path.stat().st_mtime_ns
    make_files(timestamp=0)
    assert made.path.stat().st_mtime_ns == written


def test_only_who_asked_takes_it_and_only_while_they_may(surveys):
    campaign = surveyed(surveys, mode=Mode.ANONYMOUS)
    made = _asked(surveys, campaign)
    make_files(timestamp=0)
    marta, elena = surveys.actor("marta"), surveys.actor("elena")
    assert ready_extract(opened(marta, campaign.number), marta, made.pk) is not None
    assert ready_extract(opened(elena, campaign.number), elena, made.pk) is None
    type(campaign).objects.filter(pk=campaign.pk).update(state=CampaignState.OPEN.value)
    assert ready_extract(opened(marta, campaign.number), marta, made.pk) is None


def test_readers_of_figures_get_the_report_and_not_the_answers(surveys):
    campaign = surveyed(surveys)
    assert _asked(surveys, campaign, FileKind.REPORT, who="elena")
    with pytest.raises(NotPermitted):
        _asked(surveys, campaign, FileKind.SAV, who="elena")


def test_after_three_days_it_is_gone(surveys, at):
    made = _asked(surveys, surveyed(surveys))
    make_files(timestamp=0)
    at(clock.now() + timedelta(days=2))
    assert forget_files(SYSTEM) == []
    at(clock.now() + timedelta(days=2))
    forget_old_files(timestamp=0)
    assert not Extract.objects.exists()
    assert not made.path.exists()
