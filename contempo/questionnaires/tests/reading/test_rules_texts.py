"""Free texts: which look personal, which may be shown, how their words are counted."""

import pytest

from contempo.questionnaires.rules.states import Mode
from contempo.questionnaires.rules.texts import STOP_WORDS, Trace, Word, frequencies, may_be_shown, traces, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Scrivetemi a anna.rossi@esempio.it, grazie", Trace.EMAIL),
        ("Il mio numero è 347 1234567", Trace.PHONE),
        ("RSSNNA80A41F205B è il codice", Trace.TAX_CODE),
        ("Bonifico su IT60 X054 2811 1010 0000 0123 456", Trace.IBAN),
        ("Mi chiamo Anna e lavoro di notte", Trace.NAME),
        ("Ne ho parlato con la dott.ssa Bianchi", Trace.NAME),
        ("Il capo, Mario Verdi, non vuole", Trace.NAME),
    ],
)
def test_what_names_somebody_is_marked(text, found):
    assert found in traces(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vorrei orari più flessibili, soprattutto a Milano.",
        "Serve un nido vicino al lavoro. Anche d’estate.",
        "Nel 2025 abbiamo avuto 12 giorni su 30",
        "",
    ],
)
def test_what_names_nobody_is_not_marked(text):
    assert traces(text) == ()


def test_texts_with_name_are_read_however_few_the_others_from_five_on():
    assert may_be_shown(Mode.IDENTIFIED, 1)
    assert not may_be_shown(Mode.CONFIDENTIAL, 4)
    assert may_be_shown(Mode.ANONYMOUS, 5)


def test_words_are_counted_without_case_accents_and_common_words():
    assert words("La flessibilità, la FLESSIBILITA’ e gli orari dell’asilo") == [
        "flessibilita",
        "flessibilita",
        "orari",
        "asilo",
    ]


def test_the_stop_words_are_written_as_words_are_compared():
    assert not [word for word in STOP_WORDS if words(f"xx{word}") != [f"xx{word}"]]


def test_rare_words_are_told_only_where_answers_are_with_name():
    counted = [("nido", 7, 9), ("gemelle", 1, 1), ("orari", 7, 12), ("che", 30, 30)]
    assert frequencies(counted, Mode.IDENTIFIED) == (Word("orari", 7, 12), Word("nido", 7, 9), Word("gemelle", 1, 1))
    assert frequencies(counted, Mode.ANONYMOUS) == (Word("orari", 7, 12), Word("nido", 7, 9))
