"""A second person approves; entries are looked at again when it is time, and retired with a reason."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from contempo.core import clock
from contempo.core.search import find
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.catalogue.deciding import (
    approve_revision,
    ask_review,
    confirm_review,
    retire,
    review_what_cites,
    send_back,
)
from contempo.helpdesk.actions.catalogue.drafting import begin_revision, save_revision
from contempo.helpdesk.models import CatalogueWord, Entry, EntryAddress, Revision
from contempo.helpdesk.rules.entries import Review, RevisionState, State, Words
from contempo.helpdesk.tests.catalogue.factories import SOURCE, WORDS
from contempo.network.tests.factories import OrganisationFactory
from contempo.norms.tests.factories import NormFactory
from contempo.people.public import SYSTEM

REASON = "Manca il riferimento al contratto."
IN_A_YEAR = timedelta(days=300)


def _found(desk, text, **more):
    return [hit.key for hit in find(network_id=desk.network_id, text=text, public_only=True, **more).items]


def test_nobody_approves_their_own_words_not_even_a_coordinator(catalogue, desk):
    revision = catalogue.proposed()
    with pytest.raises(NotPermitted, match="second person"):
        approve_revision(desk.actor(desk.nadia), revision_id=revision.pk)
    own = catalogue.proposed(by=desk.world.marta)
    with pytest.raises(NotPermitted, match="second person"):
        approve_revision(desk.actor(desk.world.marta), revision_id=own.pk)
    assert not Entry.objects.filter(state=State.PUBLISHED).exists()


def test_the_database_knows_that_a_second_person_approves(catalogue, desk):
    revision = catalogue.approved()
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(approver=revision.author)


def test_only_the_desk_of_the_network_approves(catalogue, desk):
    revision = catalogue.proposed()
    for somebody in (desk.sara, desk.world.elena):
        with pytest.raises(NotPermitted):
            approve_revision(desk.actor(somebody), revision_id=revision.pk)
    davide = desk.world.actor(desk.world.davide, desk.world.bergamo)
    with pytest.raises(Refusal):
        approve_revision(davide, revision_id=revision.pk)


def test_an_approved_entry_is_published_found_and_remembers_when(catalogue, desk, at):
    moment = at("2026-03-02T10:00")
    norm = NormFactory(network=desk.world.milano)
    entry = catalogue.published(norms=(norm.pk,), sources=(SOURCE,))
    assert (entry.state, entry.published_at, entry.reviewed_on) == (State.PUBLISHED, moment, date(2026, 3, 2))
    assert [each.norm_id for each in entry.citations.all()] == [norm.pk]
    assert [each.url for each in entry.sources.all()] == [SOURCE.url]
    assert _found(desk, "congedi orario") == []
    assert _found(desk, "congedi a ore") == [f"{entry.pk}:it"]
    assert _found(desk, "congedo", tags=[f"norm:{norm.pk}", "topic:hourly_leave"]) == [f"{entry.pk}:it"]
    assert CatalogueWord.objects.get(word="congedo").count == 1


def test_marks_are_looked_for_again_when_somebody_approves(catalogue, desk):
    revision = catalogue.proposed(words=Words("Chi?", "", "Al forno Spiga Azzurrina si può."))
    OrganisationFactory(network=desk.world.milano, name="Forno Spiga Azzurrina S.r.l.")
    with pytest.raises(Refusal, match="identify"):
        approve_revision(desk.actor(desk.tullio), revision_id=revision.pk)


def test_what_is_sent_back_says_why_and_may_be_proposed_again(catalogue, desk):
    revision = catalogue.proposed()
    with pytest.raises(Refusal):
        send_back(desk.actor(desk.tullio), revision_id=revision.pk, reason="no")
    send_back(desk.actor(desk.tullio), revision_id=revision.pk, reason=REASON)
    revision.refresh_from_db()
    assert (revision.state, revision.decision, revision.entry.state) == (RevisionState.SENT_BACK, REASON, State.DRAFT)
    assert catalogue.approved(revision).state == RevisionState.APPROVED


def test_a_new_revision_replaces_the_text_and_leaves_nothing_of_it_to_be_found(catalogue, desk):
    entry = catalogue.published()
    revision = begin_revision(desk.actor(desk.nadia), entry_id=entry.pk, language="it")
    words = Words("Quante ore di congedo al giorno?", "", "Metà dell'orario medio giornaliero.")
    save_revision(desk.actor(desk.nadia), revision_id=revision.pk, words=words, significance="substance")
    assert _found(desk, "preavviso") == [f"{entry.pk}:it"]
    catalogue.approved(Revision.objects.get(pk=revision.pk))
    assert _found(desk, "preavviso") == []
    assert _found(desk, "giornaliero") == [f"{entry.pk}:it"]
    assert not CatalogueWord.objects.filter(word="preavviso").exists()
    entry.refresh_from_db()
    assert entry.slug == "quante-ore-di-congedo-al-giorno"
    assert EntryAddress.objects.filter(entry=entry).count() == 2


def test_an_address_is_never_given_to_another_entry(catalogue, desk):
    first, second = catalogue.published(), catalogue.published()
    assert second.slug == f"{first.slug}-2"
    assert catalogue.published(Words("Cerca", "", "Risposta.")).slug == "cerca-2"


def test_a_norm_that_ends_puts_its_entries_on_the_list_once_with_the_weightier_reason(catalogue, desk, at):
    norm = NormFactory(network=desk.world.milano)
    entry = catalogue.published(norms=(norm.pk,))
    other = catalogue.published()
    moment = at("2026-11-27T09:00")
    assert review_what_cites(SYSTEM, norm_id=norm.pk, reason=Review.NORM_CHANGED) == 1
    at("2026-11-28T09:00")
    assert review_what_cites(SYSTEM, norm_id=norm.pk, reason=Review.NORM_ENDED) == 0
    assert review_what_cites(SYSTEM, norm_id=norm.pk, reason=Review.NORM_CHANGED) == 0
    entry.refresh_from_db()
    other.refresh_from_db()
    assert (entry.review_reason, entry.review_since) == (Review.NORM_ENDED, moment)
    assert other.review_since is None


def test_nobody_runs_what_norms_set_off_by_hand(catalogue, desk):
    with pytest.raises(NotPermitted):
        review_what_cites(desk.actor(desk.world.marta), norm_id=1, reason=Review.NORM_ENDED)


@pytest.mark.parametrize(("significance", "cleared"), [("normative", True), ("substance", True), ("wording", False)])
def test_a_revision_of_substance_answers_the_review_one_of_wording_does_not(catalogue, desk, significance, cleared):
    entry = catalogue.published()
    ask_review(desk.actor(desk.tullio), entry_id=entry.pk)
    revision = begin_revision(desk.actor(desk.nadia), entry_id=entry.pk, language="it")
    save_revision(desk.actor(desk.nadia), revision_id=revision.pk, words=WORDS, significance=significance)
    catalogue.approved(Revision.objects.get(pk=revision.pk))
    entry.refresh_from_db()
    assert (entry.review_since is None) == cleared


def test_an_entry_that_holds_as_it_is_gets_its_next_review(catalogue, desk):
    entry, tullio = catalogue.published(), desk.actor(desk.tullio)
    ask_review(tullio, entry_id=entry.pk)
    with pytest.raises(Refusal, match="day to come"):
        confirm_review(tullio, entry_id=entry.pk, review_on=clock.today())
    confirm_review(tullio, entry_id=entry.pk, review_on=clock.today() + IN_A_YEAR)
    entry.refresh_from_db()
    assert (entry.review_since, entry.reviewed_on) == (None, clock.today())


def test_a_retired_entry_is_found_no_longer_and_comes_back_with_a_new_revision(catalogue, desk):
    entry = catalogue.published()
    with pytest.raises(Refusal, match="reason"):
        retire(desk.actor(desk.tullio), entry_id=entry.pk, reason="")
    retire(desk.actor(desk.tullio), entry_id=entry.pk, reason="La norma non esiste più da anni.")
    assert _found(desk, "congedo") == []
    assert not CatalogueWord.objects.exists()
    revision = begin_revision(desk.actor(desk.nadia), entry_id=entry.pk, language="it")
    catalogue.approved(revision)
    entry.refresh_from_db()
    assert (entry.state, entry.retired_why) == (State.PUBLISHED, "")
    assert _found(desk, "congedo") == [f"{entry.pk}:it"]
