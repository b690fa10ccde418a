"""Free texts are sorted by codes: given to several at once, taken, renamed, brought together; and crossed."""

import pytest
from django.http import QueryDict

from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.actions.reading.codes import drop_code, give_codes, merge_codes, rename_code, take_code
from contempo.questionnaires.models import Code, Coding, Response
from contempo.questionnaires.queries.opened import opened
from contempo.questionnaires.queries.reading.opening import reading_tables
from contempo.questionnaires.queries.reading.texts import responses_behind, texts_page
from contempo.questionnaires.queries.tables import cross, frequency
from contempo.questionnaires.rules.states import Mode
from contempo.questionnaires.rules.tables import read
from contempo.questionnaires.rules.texts import words
from contempo.questionnaires.tests.reading.surveyed import surveyed


@pytest.fixture
def marta(surveys):
    return surveys.actor("marta")


def _with(campaign, word):
    return [each.pk for each in Response.objects.filter(campaign=campaign, answers__notes__icontains=word)]


def _coded(actor, campaign):
    """All texts with “nido” have the code nido, those with “orari” the code orari."""
    for word in ("nido", "orari"):
        give_codes(
            actor, campaign_id=campaign.pk, question="notes", responses=_with(campaign, word), codes=word.title()
        )
    return {code.label: code for code in Code.objects.filter(questionnaire=campaign.questionnaire)}


def test_codes_are_given_to_several_texts_at_once_and_never_twice(surveys, marta):
    campaign = surveyed(surveys)
    texts = _with(campaign, "nido")
    for _time in range(2):
        given = give_codes(marta, campaign_id=campaign.pk, question="notes", responses=texts, codes="Nido, costi,nido")
    assert given == (len(texts), 2)
    assert Code.objects.filter(question="notes").count() == 2
    assert Coding.objects.count() == 2 * len(texts)


def test_a_code_is_one_whatever_its_case_and_accents(surveys, marta):
    campaign = surveyed(surveys)
    texts = _with(campaign, "nido")
    for codes in ("Flessibilità", "flessibilita"):
        give_codes(marta, campaign_id=campaign.pk, question="notes", responses=texts, codes=codes)
    assert [code.label for code in Code.objects.all()] == ["Flessibilità"]


@pytest.mark.parametrize("codes", ["", " , ", "x" * 81, ",".join(f"c{n}" for n in range(11))])
def test_what_is_no_code_is_refused(surveys, marta, codes):
    campaign = surveyed(surveys)
    with pytest.raises(Refusal):
        give_codes(marta, campaign_id=campaign.pk, question="notes", responses=_with(campaign, "nido"), codes=codes)
    assert not Code.objects.exists()


def test_texts_of_another_campaign_get_no_code(surveys, marta):
    campaign, other = surveyed(surveys), surveyed(surveys, seed=9)
    with pytest.raises(Refusal):
        give_codes(marta, campaign_id=campaign.pk, question="notes", responses=_with(other, "nido"), codes="nido")


def test_a_code_is_taken_from_the_texts_chosen_alone(surveys, marta):
    campaign = surveyed(surveys)
    code, texts = _coded(marta, campaign)["Nido"], _with(campaign, "nido")
    assert take_code(marta, campaign_id=campaign.pk, code_id=code.pk, responses=texts[:3]) == 3
    assert code.codings.count() == len(texts) - 3


def test_codes_are_brought_together(surveys, marta):
    campaign = surveyed(surveys)
    codes = _coded(marta, campaign)
    into, gone = codes["Nido"], codes["Orari"]
    both = {*_with(campaign, "nido"), *_with(campaign, "orari")}
    merge_codes(marta, campaign_id=campaign.pk, codes=[gone.pk], into=into.pk)
    assert set(into.codings.values_list("response_id", flat=True)) == both
    assert not Code.objects.filter(pk=gone.pk).exists()


def test_a_name_that_another_code_has_is_refused(surveys, marta):
    campaign = surveyed(surveys)
    codes = _coded(marta, campaign)
    with pytest.raises(Refusal):
        rename_code(marta, campaign_id=campaign.pk, code_id=codes["Nido"].pk, label="ORARI")
    rename_code(marta, campaign_id=campaign.pk, code_id=codes["Nido"].pk, label="Asilo nido")
    assert Code.objects.get(pk=codes["Nido"].pk).label == "Asilo nido"


def test_a_code_forgotten_leaves_every_text(surveys, marta):
    campaign = surveyed(surveys)
    drop_code(marta, campaign_id=campaign.pk, code_id=_coded(marta, campaign)["Nido"].pk)
    assert not Coding.objects.filter(code__label="Nido").exists()


@pytest.mark.parametrize("who", ["elena", "paolo", None])
def test_only_who_keeps_the_campaign_sorts_its_texts(surveys, who):
    campaign = surveyed(surveys)
    with pytest.raises(NotPermitted):
        give_codes(
            surveys.actor(who), campaign_id=campaign.pk, question="notes", responses=_with(campaign, "nido"), codes="x"
        )


def test_codes_are_counted_and_crossed_as_a_question_with_several_answers(surveys, marta):
    campaign = surveyed(surveys)
    codes = _coded(marta, campaign)
    key = str(codes["Nido"].pk)
    with reading_tables(opened(marta, campaign.number)) as tables:
        found = frequency(tables, read({"rows": "q.notes.codes"}, tables.book))
        table = cross(tables, read({"rows": "q.notes.codes", "columns": "q.flexible"}, tables.book))
    counts = {one.key: one.count for one in found.categories}
    assert counts[key] == len(_with(campaign, "nido"))
    (line,) = [one for one in table.whole.lines if one.key == key]
    told = dict(zip(table.columns, (cell.count for cell in line.cells), strict=True))
    expected = Response.objects.filter(pk__in=_with(campaign, "nido"), answers__flexible="yes").count()
    assert told["yes"] == expected


def test_the_page_counts_words_as_the_rule_does(surveys, marta):
    campaign = surveyed(surveys)
    page = texts_page(opened(marta, campaign.number), "notes", QueryDict())
    given = [each.answers["notes"] for each in Response.objects.filter(campaign=campaign, answers__has_key="notes")]
    expected = {word: sum(word in words(text) for text in given) for text in given for word in words(text)}
    assert {word.word: word.texts for word in page.words} == expected
    assert page.total == len(given)


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.ANONYMOUS])
def test_texts_that_are_not_with_name_cannot_be_brought_together(surveys, marta, mode):
    campaign = surveyed(surveys, mode=mode)
    reading = opened(marta, campaign.number)
    notes, other = texts_page(reading, "notes", QueryDict()), texts_page(reading, "flexible.other", QueryDict())
    assert not {one.ref for one in notes.texts} & {one.ref for one in other.texts}
    assert {(one.name, one.url) for one in notes.texts} == {("", "")}
    ids = responses_behind(campaign, "notes", [notes.texts[0].ref])
    assert Response.objects.get(pk=ids[0]).answers["notes"] == notes.texts[0].text
    assert str(ids[0]) not in str(notes)


def test_fewer_than_five_texts_are_not_read_where_answers_are_not_with_name(surveys, marta):
    campaign = surveyed(surveys, mode=Mode.CONFIDENTIAL, count=4)
    page = texts_page(opened(marta, campaign.number), "notes", QueryDict())
    assert page.few
    assert not page.texts
    assert not page.words
