"""What people think of agile work, once somebody asks them."""

import pytest

from contempo.agile.public import Opinion, OpinionSource, Topic, register_opinion_source
from contempo.agile.rules import opinions
from contempo.agile.tests.conftest import words
from contempo.agile.tests.monitoring.test_figures import stats, value

LABEL = "Soddisfazione per il lavoro agile"


@pytest.fixture
def asked(monkeypatch):
    """A questionnaire that gives what the list says; the scopes it was asked are kept beside."""
    monkeypatch.setattr(opinions, "_sources", {})
    scopes, given = [], []

    def read(scope):
        scopes.append(scope)
        return given[0]

    register_opinion_source(OpinionSource(Topic.SATISFACTION, "Questionario d’autunno", read))
    return scopes, given


def test_until_a_source_is_there_it_is_not_measured(worked, monkeypatch):
    monkeypatch.setattr(opinions, "_sources", {})
    assert "nessun questionario lo chiede" in words(stats(worked.comune.see("monitoraggio/", "paolo"))[LABEL])


def test_an_opinion_is_a_share_with_its_parts_and_opens_its_answers(worked, asked):
    asked[1].append(Opinion(30, 40, "/milano/questionari/1/"))
    page = worked.comune.see("monitoraggio/", "paolo", periodo="2026-10", sesso="f")
    assert value(page, LABEL) == "75,0 %"
    assert "30 di 40 (Questionario d’autunno)" in words(stats(page)[LABEL])
    assert stats(page)[LABEL].a["href"] == "/milano/questionari/1/"
    scope = asked[0][0]
    assert (scope.organisation_id, f"{scope.since}", f"{scope.until}", scope.sex) == (
        worked.comune.it.employer.organisation_id,
        "2026-10-01",
        "2026-11-01",
        "f",
    )


def test_no_questionnaire_in_the_period_is_missing_and_nobody_satisfied_is_zero(worked, asked):
    asked[1].append(None)
    assert value(worked.comune.see("monitoraggio/", "paolo"), LABEL) == "– non noto"
    asked[1][0] = Opinion(0, 12)
    assert value(worked.comune.see("monitoraggio/", "paolo"), LABEL) == "0,0 %"


def test_a_handful_of_answers_is_told_to_human_resources_alone_and_links_stay_theirs(worked, asked):
    asked[1].append(Opinion(38, 40, "/milano/questionari/1/"))
    assert value(worked.comune.see("monitoraggio/", "anna"), LABEL) == "– non noto"
    asked[1][0] = Opinion(30, 40, "/milano/questionari/1/")
    page = worked.comune.see("monitoraggio/", "anna")
    assert value(page, LABEL) == "75,0 %"
    assert stats(page)[LABEL].a is None


def test_more_in_favour_than_answered_is_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        Opinion(3, 2)
