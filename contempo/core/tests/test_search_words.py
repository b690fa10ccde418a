"""What a question asks for, and the piece of text that answers it."""

from hypothesis import given
from hypothesis import strategies as st

from contempo.core.search.excerpts import LENGTH, excerpt
from contempo.core.search.words import MAX_WORDS, Wanted, grouped, synonyms, wanted, words_of

TEXT = "La rete di Milano apre uno sportello. " * 8 + "Le cooperative sociali offrono l’asilo. " + "Altro testo. " * 30


def test_words_are_compared_without_case_accents_and_punctuation():
    assert words_of("L’Attività (e-mail): città!") == ("l", "attivita", "e", "mail", "citta")


def test_the_last_word_may_still_be_being_typed():
    assert wanted("rete mila") == (Wanted((("rete",),)), Wanted((("mila",),), "mila"))


def test_letters_that_an_apostrophe_leaves_alone_are_not_asked_for():
    assert wanted("l'e-mail d") == (Wanted((("mail",),), "mail"),)
    assert wanted("articolo 4")[-1] == Wanted((("4",),), "4")


def test_a_phrase_with_synonyms_is_one_thing():
    (remote,) = wanted("Smart Working")
    assert ("lavoro", "agile") in remote.phrases
    assert ("telelavoro",) in remote.phrases
    assert remote.beginning == ""


def test_the_longest_phrase_wins():
    groups = grouped([["a", "x"], ["a b", "y"]])
    assert groups["a", "b"] == (("a", "b"), ("y",))
    assert groups["a",] == (("a",), ("x",))


def test_a_word_on_two_lines_means_what_both_say_and_a_longer_phrase_adds_nothing_to_a_shorter_one():
    assert grouped([["a", "b"], ["a", "c", "a c"]])["a",] == (("a",), ("b",), ("c",))


def test_a_question_has_a_bounded_number_of_words():
    assert len(wanted(" ".join(f"parola{number}" for number in range(100)))) == MAX_WORDS


def test_the_field_speaks_of_the_same_things_in_several_words():
    known = synonyms()
    for phrase in ("asilo nido", "congedo parentale", "maternità", "caregiver", "voucher", "centri estivi"):
        assert len(known[words_of(phrase)]) > 1


def test_nothing_but_words_reaches_the_database():
    assert wanted("a & b | !c <-> (d):* ' \\ \x00 %") == ()


def test_an_excerpt_shows_the_words_that_were_found():
    pieces = excerpt(TEXT, {"cooper", "asil"})
    assert [text for text, is_match in pieces if is_match] == ["cooperative", "asilo"]
    assert pieces[0] == ("… ", False)
    assert pieces[-1][0].endswith(" …")


def test_without_the_words_it_is_the_beginning():
    ((text, is_match),) = excerpt(TEXT, {"zebra"})
    assert text.startswith("La rete di Milano apre")
    assert not is_match


def test_a_short_text_is_shown_whole_and_an_empty_one_not_at_all():
    assert excerpt("Ciao, Sara.", {"sar"}) == (("Ciao, ", False), ("Sara", True), (".", False))
    assert excerpt("", {"sar"}) == ()


def test_accents_do_not_hide_a_word_and_short_stems_are_whole_words():
    assert [
        text for text, is_match in excerpt("Le attività e gli asili di una città", {"attiv", "di"}) if is_match
    ] == [
        "attività",
        "di",
    ]


@given(st.text(max_size=2000), st.sets(st.sampled_from(["a", "ab", "lav", "asil", "0"])))
def test_an_excerpt_is_a_bounded_piece_of_the_text_in_order(text, stems):
    pieces = excerpt(text, stems)
    shown = "".join(piece for piece, _ in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in text or shown in text
    assert len(shown) <= LENGTH + 10 + max(map(len, text.split()), default=0)
