"""An entry is drafted from an answered question or from nothing, and only what identifies nobody is in it."""

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.catalogue.drafting import (
    begin_revision,
    discard_revision,
    draft_entry,
    note_publication,
    propose_entry,
    propose_revision,
    save_revision,
    take_back,
)
from contempo.helpdesk.actions.catalogue.marks import judge_anew, judge_marks
from contempo.helpdesk.models import Entry, Question, ResolvedMark, Revision
from contempo.helpdesk.rules.entries import Facts, Harmless, RevisionState, Significance, State, Words
from contempo.helpdesk.rules.redaction import Kind, key_of
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.catalogue.factories import IN_ENGLISH, WORDS
from contempo.network.tests.factories import OrganisationFactory

TOLD = (
    "Mi chiamo Sara Moretti, lavoro al Panificio Aurora e ho un bambino di due anni. Il mio numero è 333 1234567. "
    "Posso chiedere il congedo a ore?"
)
ANSWER = (
    "Gentile Sara, sì: il congedo parentale si può prendere a ore. Il Comune di Milano ha uno sportello; per il resto "
    "scrivi a sara.moretti@example.org."
)


@pytest.fixture
def question(desk):
    """An answered question that tells who asked, with consent."""
    taken = desk.taken(desk.question(text=TOLD, consent=True))
    desk.answer(taken, text=ANSWER)
    return Question.objects.get(pk=taken.pk)


def _propose(desk, question, by=None, **more):
    return propose_entry(desk.actor(by or desk.nadia), question_id=question.pk, **more)


def test_only_redacted_words_are_copied(desk, question):
    OrganisationFactory(network=desk.world.milano, name="Panificio Aurora S.r.l.")
    revision = _propose(desk, question)
    everything = f"{revision.title} {revision.question} {revision.answer}"
    for secret in ("Sara", "Moretti", "Aurora", "333", "example.org", "Comune di Milano"):
        assert secret not in everything
    assert "congedo parentale si può prendere a ore" in revision.answer
    assert (revision.entry.state, revision.state, revision.author) == (State.DRAFT, RevisionState.DRAFT, desk.nadia)
    assert revision.facts["topics"] == [question.topic]


def test_what_is_judged_to_identify_nobody_stays_with_who_said_so_and_why(desk, question):
    body = (str(Kind.ORGANISATION), key_of("Il Comune di Milano"))
    kept = {body: Harmless.PUBLIC_BODY, (str(Kind.ORGANISATION), key_of("Comune di Milano")): Harmless.PUBLIC_BODY}
    revision = _propose(desk, question, judged=kept)
    assert "Comune di Milano" in revision.answer
    (mark,) = revision.resolved.all()
    assert (mark.person, mark.why) == (desk.nadia, Harmless.PUBLIC_BODY)


def test_the_question_knows_only_that_a_publication_was_proposed(desk, question):
    _propose(desk, question)
    question.refresh_from_db()
    assert question.publication == "proposed"
    note_publication(desk.actor(desk.nadia), question_id=question.pk)
    question.refresh_from_db()
    assert question.publication == "published"


def test_without_consent_nothing_is_drafted(desk):
    answered = desk.answered(desk.question(consent=False))
    with pytest.raises(NotPermitted, match="did not agree"):
        _propose(desk, answered)
    assert not Entry.objects.exists()


def test_only_an_answered_question_becomes_an_entry_and_only_once(desk, question):
    with pytest.raises(NotPermitted, match="answered question"):
        _propose(desk, desk.question(consent=True))
    _propose(desk, question)
    with pytest.raises(NotPermitted, match="already"):
        _propose(desk, question, by=desk.tullio)


def test_only_the_desk_drafts(desk, question):
    for somebody in (desk.sara, desk.world.renato, desk.world.elena, desk.world.davide):
        with pytest.raises(NotPermitted):
            _propose(desk, question, by=somebody)
        with pytest.raises(NotPermitted):
            draft_entry(desk.actor(somebody), language="it", words=WORDS, facts=Facts((Topic.WELFARE,)))


def test_the_author_writes_and_nobody_else(catalogue, desk):
    revision = catalogue.draft()
    new = Words(WORDS.title, "", "Sì, a ore.")
    save_revision(desk.actor(desk.nadia), revision_id=revision.pk, words=new, significance=Significance.SUBSTANCE)
    revision.refresh_from_db()
    assert revision.answer == "Sì, a ore."
    with pytest.raises(Refusal, match="only its author"):
        save_revision(desk.actor(desk.tullio), revision_id=revision.pk, words=new, significance=Significance.WORDING)


def test_a_second_window_does_not_overwrite_the_first(catalogue, desk, at):
    revision = catalogue.draft()
    seen = revision.changed_at
    nadia = desk.actor(desk.nadia)
    kept = save_revision(nadia, revision_id=revision.pk, words=WORDS, significance="substance", seen_at=seen)
    assert kept.changed_at > seen
    with pytest.raises(Refusal, match="another window"):
        save_revision(nadia, revision_id=revision.pk, words=WORDS, significance="substance", seen_at=seen)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words("Chiedi a Mario Rossi?", "", "Sì."), "title"),
        (Words("Posso?", "Sara chiede", "Sì."), "question"),
        (Words("Posso?", "", "Chiama il 333 1234567."), "answer"),
        (Words("Posso?", "", "Chiedi a Nadia Ferrante."), "answer"),
        (Words("Posso?", "", "Lavora […] da anni."), "answer"),
        (Words("Posso?", "", "   "), "answer"),
    ],
)
def test_nothing_is_proposed_with_a_mark_a_gap_or_no_answer(catalogue, desk, words, field):
    revision = catalogue.draft(words)
    with pytest.raises(Refusal) as refused:
        propose_revision(desk.actor(desk.nadia), revision_id=revision.pk)
    assert refused.value.field == field
    revision.refresh_from_db()
    assert revision.state == RevisionState.DRAFT


def test_a_judged_mark_no_longer_stands_in_the_way_until_it_is_judged_anew(catalogue, desk):
    revision = catalogue.draft(Words("Chi risponde?", "", "Chiama il Contact Center INPS, 803 164, o Anna Neri."))
    nadia = desk.actor(desk.nadia)
    person = (str(Kind.PERSON), key_of("Anna Neri"))
    others = {
        (str(kind), key_of(text)): Harmless.PUBLIC_BODY
        for kind, text in ((Kind.PHONE, "803 164"), (Kind.PERSON, "Contact Center"))
    }
    judge_marks(nadia, revision_id=revision.pk, judged={**others, person: Harmless.EXAMPLE})
    judge_anew(nadia, revision_id=revision.pk, kind=person[0], key=person[1])
    with pytest.raises(Refusal, match="Anna Neri"):
        propose_revision(nadia, revision_id=revision.pk)
    judge_marks(nadia, revision_id=revision.pk, judged={person: Harmless.EXAMPLE})
    assert propose_revision(nadia, revision_id=revision.pk).state == RevisionState.PROPOSED


def test_a_mark_that_is_not_in_the_text_cannot_be_judged_and_one_that_went_is_forgotten(catalogue, desk):
    revision = catalogue.draft(Words("Chi?", "", "Anna Neri."))
    nadia, person = desk.actor(desk.nadia), (str(Kind.PERSON), key_of("Anna Neri"))
    elsewhere = (str(Kind.PERSON), key_of("Mario Rossi"))
    judge_marks(nadia, revision_id=revision.pk, judged={person: Harmless.EXAMPLE, elsewhere: Harmless.EXAMPLE})
    assert ResolvedMark.objects.get().key == person[1]
    save_revision(nadia, revision_id=revision.pk, words=Words("Chi?", "", "Noi."), significance="substance")
    assert not ResolvedMark.objects.exists()


def test_what_was_proposed_is_taken_back_before_it_is_changed(catalogue, desk):
    revision = catalogue.proposed()
    nadia = desk.actor(desk.nadia)
    with pytest.raises(Refusal, match="take it back"):
        save_revision(nadia, revision_id=revision.pk, words=WORDS, significance="substance")
    take_back(nadia, revision_id=revision.pk)
    save_revision(nadia, revision_id=revision.pk, words=WORDS, significance="substance")
    assert Entry.objects.get().state == State.DRAFT


def test_a_draft_given_up_leaves_nothing_and_a_published_entry_stays(catalogue, desk):
    nadia = desk.actor(desk.nadia)
    assert discard_revision(nadia, revision_id=catalogue.draft().pk)
    assert not Entry.objects.exists()
    entry = catalogue.published()
    assert not discard_revision(nadia, revision_id=begin_revision(nadia, entry_id=entry.pk, language="it").pk)
    assert Entry.objects.get().state == State.PUBLISHED


def test_a_translation_begins_from_the_first_text_and_only_one_revision_is_open(catalogue, desk):
    nadia, entry = desk.actor(desk.nadia), catalogue.published()
    first = Revision.objects.get()
    revision = begin_revision(nadia, entry_id=entry.pk, language="en")
    assert (revision.based_on, revision.title, revision.answer) == (first, first.title, "")
    with pytest.raises(Refusal, match="already"):
        begin_revision(desk.actor(desk.tullio), entry_id=entry.pk, language="en")
    save_revision(nadia, revision_id=revision.pk, words=IN_ENGLISH, significance="substance")
    catalogue.approved(Revision.objects.get(pk=revision.pk))
    assert set(entry.revisions.filter(current=True).values_list("language", flat=True)) == {"it", "en"}


def test_norms_of_another_network_cannot_be_cited(catalogue, desk):
    with pytest.raises(Refusal, match="registry of this network"):
        catalogue.draft(norms=(999_999,))
