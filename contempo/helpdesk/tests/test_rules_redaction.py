"""What could identify someone is marked, judged or taken out, however it is written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban
from stdnum.it import codicefiscale

from contempo.core.verdict import Refusal
from contempo.helpdesk.rules.redaction import (
    KIND_LABELS,
    Kind,
    Known,
    candidate_places,
    found,
    is_small,
    kept,
    key_of,
    redacted,
    refuse_unresolved,
    unresolved,
)

KNOWN = Known(
    persons=("Sara Moretti", "Ludmilla D’Ambrosio", "Chiara Costa"),
    organisations=("Panificio Aurora S.r.l.", "Comune di Milano", "Melograno società cooperativa"),
    small_places=("Gorla Minore", "Vermezzo con Zelo", "Re"),
)


def _kinds(text, known=KNOWN):
    return [(mark.kind, mark.text) for mark in found(text, known)]


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("il mio codice fiscale è RSSMRA85T10A562S.", Kind.TAX_CODE, "RSSMRA85T10A562S"),
        ("CF rssmra85t10a562s", Kind.TAX_CODE, "rssmra85t10a562s"),
        ("CF RSS MRA 85T10 A562S", Kind.TAX_CODE, "RSS MRA 85T10 A562S"),
        ("CF RSSMRA85T10A562X", Kind.TAX_CODE, "RSSMRA85T10A562X"),
        ("CF RSSMRA85T10A56S", Kind.TAX_CODE, "RSSMRA85T10A56S"),
        ("CF RSSMRALRTMLARSNE", Kind.TAX_CODE, "RSSMRALRTMLARSNE"),
        ("partita IVA 00743110157", Kind.TAX_CODE, "00743110157"),
        ("bonifico su IT60X0542811101000000123456 entro", Kind.IBAN, "IT60X0542811101000000123456"),
        ("su it60 x054 2811 1010 0000 0123 456 entro", Kind.IBAN, "it60 x054 2811 1010 0000 0123 456"),
        ("su IT61X0542811101000000123456", Kind.IBAN, "IT61X0542811101000000123456"),
        ("entro il 12 IT60X0542811101000000123456", Kind.IBAN, "IT60X0542811101000000123456"),
        ("scrivi a sara.moretti+lavoro@example.org!", Kind.EMAIL, "sara.moretti+lavoro@example.org"),
        ("nome.cognome (chiocciola) dominio punto it", Kind.EMAIL, "nome.cognome (chiocciola) dominio punto it"),
        ("pippo@localhost", Kind.EMAIL, "pippo@localhost"),
        ("chiamami al 333 123 4567", Kind.PHONE, "333 123 4567"),
        ("tel. 02/77404343", Kind.PHONE, "02/77404343"),
        ("chiama l’INPS (803 164, gratis)", Kind.PHONE, "803 164"),
        ("+44 20 7946 0958", Kind.PHONE, "+44 20 7946 0958"),
        ("+40 721 234 567", Kind.PHONE, "+40 721 234 567"),
        ("cell: 3331234", Kind.PHONE, "3331234"),
        ("auto AB 123 CD", Kind.DOCUMENT, "AB 123 CD"),
        ("carta d'identità CA12345AB", Kind.DOCUMENT, "CA12345AB"),
        ("pratica n. 2026/00123.", Kind.DOCUMENT, "pratica n. 2026/00123"),
        ("instagram.com/sara.mor", Kind.ONLINE, "instagram.com/sara.mor"),
        ("mi trovi come @sara_mor", Kind.ONLINE, "@sara_mor"),
        ("sono nata il 12/03/1985 a", Kind.BIRTH, "12/03/1985"),
        ("nata a Lodi il 3 maggio 2024", Kind.BIRTH, "3 maggio 2024"),
        ("born on March 3, 1985", Kind.BIRTH, "March 3, 1985"),
        ("abito in via Giuseppe Garibaldi 12/b", Kind.ADDRESS, "via Giuseppe Garibaldi 12/b"),
        ("abito in via garibaldi 12", Kind.ADDRESS, "via garibaldi 12"),
        ("P.zza Duomo, 20121 Milano", Kind.ADDRESS, "P.zza Duomo, 20121 Milano"),
        ("at 12 Baker Street", Kind.ADDRESS, "12 Baker Street"),
        ("lavoro al panificio aurora da anni", Kind.ORGANISATION, "panificio aurora"),
        ("per il Comune di Milano", Kind.ORGANISATION, "Comune di Milano"),
        ("la Dolce Forno S.r.l. dice", Kind.ORGANISATION, "Dolce Forno S.r.l."),
        ("faccio la maestra a Gorla Minore", Kind.SMALL_PLACE, "Gorla Minore"),
    ],
)
def test_what_has_a_telling_shape_or_name_is_marked(text, kind, marked):
    assert (kind, marked) in _kinds(text)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Mi chiamo Sara Moretti.", "Sara Moretti"),
        ("la moretti mi ha detto", "moretti"),
        ("MI CHIAMO ANNA COLNAGHI E LAVORO", "ANNA COLNAGHI"),
        ("mi chiamo zbygniew kowalczyk", "zbygniew kowalczyk"),
        ("Anche Marco Esposito lo chiede", "Marco Esposito"),
        ("con Rossi Maria in ufficio", "Rossi Maria"),
        ("mario rossi", "mario rossi"),
        ("mia figlia Chiara ha tre anni", "Chiara"),
        ("il collega Szczepanik rifiuta", "Szczepanik"),
        ("dalla dott.ssa Greppi in poi", "Greppi"),
        ("il sig. Quarantelli", "Quarantelli"),
        ("con Mohamed El Sayed", "Mohamed El Sayed"),
        ("con Nicolò D’Amico", "Nicolò D’Amico"),
        ("scrive Ludmilla d'ambrosio", "Ludmilla d'ambrosio"),
        ("ne parla Kwabena Oduya spesso", "Kwabena Oduya"),
        ("Jose\u0301 Quispe", "Jose\u0301 Quispe"),
        ("M\u200bario Ro\u00adssi", "M\u200bario Ro\u00adssi"),
        ("Ｍａｒｉｏ Ｒｏｓｓｉ", "Ｍａｒｉｏ Ｒｏｓｓｉ"),
    ],
)
def test_names_of_persons_are_marked_however_they_are_written(text, marked):
    assert (Kind.PERSON, marked) in _kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "La legge 104/1992, art. 33, comma 3, e il D.Lgs. 26 marzo 2001, n. 151.",
        "Vera è la norma; sarà possibile dal 1° gennaio 2026.",
        "Santo Stefano, Natale e Sant’Ambrogio, 7 dicembre.",
        "Entro 12 mesi di congedo parentale, all’80% fino a 30 giorni, 1.234,56 €.",
        "Si chiede all’INPS via PEC, via mail o via SPID.",
        "Un corso di 12 ore in corso d’anno, nel corso del 2024.",
        "Gorla Minore ha un bel parco.",
        "Il Testo Unico e la Direttiva Europea; l’Assegno Unico Universale.",
        "Parental leave: up to 30 days at 80 %. The Legislative Decree applies.",
        "numeri 10, 20, 30 e 2026/2027",
        "Per i figli nati dal 1° gennaio 2025, un bonus of 516 to 1000 euro; from Milan.",
        "",
        "   \n\t  ",
    ],
)
def test_laws_dates_and_ordinary_words_are_left_alone(text):
    assert found(text, KNOWN) == ()


def test_a_small_municipality_counts_only_with_a_sector_and_says_which():
    (mark,) = found("Vivo a Vermezzo con Zelo e lavoro in panificio.", KNOWN)
    assert (mark.kind, mark.detail) == (Kind.SMALL_PLACE, "panificio")
    assert found("Vivo a Vermezzo con Zelo e lavoro tanto.", KNOWN) == ()


def test_small_is_what_the_census_does_not_list_among_the_larger():
    assert not is_small("F205")
    assert is_small("E102")


def test_candidates_for_places_are_runs_of_words_that_begin_with_a_capital():
    assert {"gorla minore", "vermezzo con zelo"} <= set(candidate_places("A Gorla Minore e a Vermezzo con Zelo."))


def test_every_mark_says_why_in_a_sentence():
    text = "Sara Moretti, via Roma 3, tel. 333 1234567, RSSMRA85T10A562S, scuola a Gorla Minore, nata il 1/2/1990."
    for mark in found(text, KNOWN):
        assert mark.why.endswith((".", "fit both."))
        assert mark.kind in KIND_LABELS


def test_marks_that_overlap_become_one_of_the_most_telling_kind():
    (mark,) = found("mario.rossi@example.org")
    assert (mark.kind, mark.text) == (Kind.EMAIL, "mario.rossi@example.org")


def test_what_was_judged_to_identify_nobody_is_subtracted_wherever_the_same_words_stand():
    text = "Il Comune di Milano risponde; scrivi al comune di Milano. Chiama Mario Rossi."
    judged = {(str(Kind.ORGANISATION), key_of("Comune di Milano"))}
    assert [mark.text for mark in unresolved(text, KNOWN, judged)] == ["Mario Rossi"]
    assert kept(text, KNOWN, judged) == "Il Comune di Milano risponde; scrivi al comune di Milano. Chiama […]."


def test_publication_is_refused_while_a_mark_remains():
    with pytest.raises(Refusal, match="Mario Rossi") as refused:
        refuse_unresolved(found("Chiama Mario Rossi."), field="answer")
    assert refused.value.field == "answer"
    refuse_unresolved(())


@pytest.mark.parametrize(
    ("searched", "left"),
    [
        ("congedo mario rossi", "congedo […]"),
        ("stefania brambillasca congedo", "[…] congedo"),
        ("smart working legge 104", "smart working legge 104"),
        ("nido via garibaldi 12", "nido […]"),
        ("bonus nido 2026", "bonus nido 2026"),
        ("3331234567", "[…]"),
    ],
)
def test_of_a_search_only_what_identifies_nobody_is_kept(searched, left):
    assert redacted(searched, searched=True) == left


def test_a_text_too_long_to_look_through_is_one_mark():
    assert len(found("a " * 30_000)) == 1
    assert redacted("a " * 30_000) == "[…]"


ANYTHING = st.text(max_size=400)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Sara Moretti",
                "mario rossi",
                "dott.ssa Greppi",
                "RSSMRA85T10A562S",
                "IT60X0542811101000000123456",
                "333 1234567",
                "sara@example.org",
                "via Roma 12",
                "nata il 1/2/1990",
                "Comune di Milano",
                "Gorla Minore",
                "scuola",
                "congedo parentale",
                "legge 104/1992",
                "…",
                "\n",
                "San",
                "é\u0301",
                "ﬁ",
                "\u200b",
            ]
        ),
        st.text(alphabet=string.ascii_letters + string.digits + " .,;@'’-/\n", max_size=12),
    ),
    max_size=14,
).map(" ".join)


@given(st.one_of(ANYTHING, PIECES), st.booleans())
def test_marks_stand_in_order_apart_from_one_another_and_hold_what_they_say(text, searched):
    at = 0
    for mark in found(text, KNOWN, searched=searched):
        assert at <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.text
        at = mark.end


@given(st.one_of(ANYTHING, PIECES), st.booleans())
def test_what_was_redacted_holds_no_mark_and_redacting_again_changes_nothing(text, searched):
    once = redacted(text, KNOWN, searched=searched)
    assert found(once, KNOWN, searched=searched) == ()
    assert redacted(once, KNOWN, searched=searched) == once


@given(st.one_of(ANYTHING, PIECES))
def test_judging_every_mark_leaves_none(text):
    judged = {(str(mark.kind), mark.key) for mark in found(text, KNOWN)}
    assert unresolved(text, KNOWN, judged) == ()
    assert kept(text, KNOWN, judged) == text


LETTERS = st.text(alphabet=string.ascii_uppercase, min_size=6, max_size=6)
CODES = st.builds(
    lambda letters, year, month, day, place: _with_check(f"{letters}{year:02d}{month}{day:02d}{place}"),
    LETTERS,
    st.integers(0, 99),
    st.sampled_from("ABCDEHLMPRST"),
    st.integers(1, 28),
    st.from_regex(r"\A[A-M][0-9]{3}\Z"),
)
ACCOUNTS = st.builds(
    lambda cin, digits: _iban(f"{cin}{digits}"),
    st.sampled_from(string.ascii_uppercase),
    st.text(alphabet=string.digits, min_size=22, max_size=22),
)
MOBILES = st.builds(lambda prefix, rest: f"3{prefix}{rest}", st.integers(20, 99), st.from_regex(r"\A[0-9]{7}\Z"))
MAILS = st.from_regex(r"\A[a-z]{2,10}\.[a-z]{2,10}@[a-z]{2,10}\.(it|com|org)\Z")
AROUND = st.sampled_from(["", "Buongiorno, ", "il mio recapito: ", "scrivo per mia madre ", "(", "\n", "12 mesi, "])


def _with_check(code):
    return code + codicefiscale.calc_check_digit(code)


def _iban(rest):
    return f"IT{iban.calc_check_digits('IT00' + rest)}{rest}"


@given(AROUND, st.one_of(CODES, ACCOUNTS, MOBILES, MAILS), st.sampled_from(["", ".", ", grazie", ")", "\nSaluti"]))
def test_no_code_account_number_or_address_survives_redaction(before, secret, after):
    assert secret not in redacted(f"{before}{secret}{after}")


@given(
    st.sampled_from(["Sara Moretti", "Ludmilla D’Ambrosio"]),
    st.sampled_from([str, str.lower, str.upper]),
    st.sampled_from(["chiede {}", "{} chiede un congedo", "firmato: {}", "«{}»", "({}, operaia)"]),
)
def test_no_name_the_desk_knows_survives_redaction(name, written, sentence):
    left = redacted(sentence.format(written(name)), KNOWN).casefold()
    assert not any(part in left for part in name.casefold().replace("d’", "").split())
