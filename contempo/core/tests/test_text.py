"""Two spellings of the same words are the same words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.text import normalise, slugify


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("L’Attività", "l attivita"),
        ("l'attivita'", "l attivita"),
        ("  Più\t\n nidi  ", "piu nidi"),
        ("PERCHÉ", "perche"),
        ("Straße", "strasse"),
        ("con\u00adcilia\u200bzione", "conciliazione"),
        ("a\x00b", "a b"),
        ("ﬁne", "fine"),
        ("", ""),
    ],
)
def test_case_accents_apostrophes_and_invisible_characters_do_not_count(written, meant):
    assert normalise(written) == meant


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_what_is_normalised_has_single_spaces_and_no_control_characters(text):
    assert "  " not in normalise(text)
    assert not any(unicodedata.category(character) == "Cc" for character in normalise(text))


@given(st.text(alphabet="abcdefghilmnopqrstuvzàèéìòù ", max_size=60))
def test_capitals_never_matter(text):
    assert normalise(text) == normalise(text.upper())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Comune di Cologno Monzese", "comune-di-cologno-monzese"),
        ("Società Cooperativa “L’Albero” — ONLUS", "societa-cooperativa-l-albero-onlus"),
        ("!!!", ""),
    ],
)
def test_names_become_addresses(name, slug):
    assert slugify(name) == slug


@given(st.text())
def test_a_slug_needs_no_escaping(text):
    assert all(part.isalnum() and part.isascii() for part in slugify(text).split("-") if slugify(text))
