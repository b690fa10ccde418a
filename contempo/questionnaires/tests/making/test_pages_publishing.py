"""Versions: comparison, publication, a new draft, what never changes."""

import pytest
from django.db import DatabaseError, transaction

from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.actions.making.drafting import change_draft
from contempo.questionnaires.actions.making.publishing import publish_version
from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.rules.digest import digest_of
from contempo.questionnaires.rules.document import Kind, Words
from contempo.questionnaires.rules.editing import AddQuestion, PartKind, Ref, Remove, WriteQuestion
from contempo.questionnaires.tests.making.conftest import Desk, read_main, typed_in


def _write(desk: Desk, key: str, **changes: object) -> None:
    path = desk.path(f"modifica/domanda/{key}/")
    assert desk.post(path, **typed_in(desk.see(path)) | changes, do="save").status_code == 302


def _publish(desk: Desk, **typed: object) -> object:
    page = desk.see(desk.path("pubblica/"))
    revision = page.find(attrs={"name": "revision"})["value"]
    return desk.post(desk.path("pubblica/"), revision=revision, **typed)


def test_a_corrected_wording_is_published_as_a_new_version_with_its_digest(desk: Desk) -> None:
    _write(desk, "workers", label_it="Quante persone lavorano da voi?")
    answer = _publish(desk, note="Domanda più chiara")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    desk.draft.refresh_from_db()
    assert (desk.draft.state, desk.draft.note) == ("published", "Domanda più chiara")
    assert desk.draft.digest == digest_of(desk.document())
    assert desk.draft.published_by == desk.marta
    page = desk.see(desk.path("versioni/2/")).get_text(" ", strip=True)
    assert "Quante persone ci lavorano?" in page
    assert desk.draft.digest in page


def test_a_change_of_meaning_is_refused_with_the_reason_at_the_question(desk: Desk) -> None:
    _write(desk, "workers", unit="dirigenti")
    page = desk.see(desk.path("pubblica/"))
    refused = page.find(attrs={"aria-labelledby": "refused"})
    assert desk.path("modifica/domanda/workers/") in {link["href"] for link in refused.find_all("a")}
    assert page.find(attrs={"name": "revision"}) is None
    with pytest.raises(Refusal):
        publish_version(desk.it.actor(desk.marta), questionnaire_id=desk.form.pk, note="Altro")
    desk.draft.refresh_from_db()
    assert desk.draft.state == "draft"


def test_what_is_still_to_be_mended_stops_the_publication_with_links(desk: Desk) -> None:
    actor = desk.it.actor(desk.marta)
    edit = AddQuestion(Ref(PartKind.PAGE, "who"), Kind.TEXT)
    change_draft(actor, questionnaire_id=desk.form.pk, edit=edit)
    stopping = desk.see(desk.path("pubblica/")).find(attrs={"aria-labelledby": "stopping"})
    assert "/modifica/domanda/" in stopping.find("a")["href"]
    with pytest.raises(Refusal):
        publish_version(actor, questionnaire_id=desk.form.pk, note="Una domanda in più")


def test_a_version_that_changes_nothing_or_says_nothing_is_not_published(desk: Desk) -> None:
    actor = desk.it.actor(desk.marta)
    with pytest.raises(Refusal):
        publish_version(actor, questionnaire_id=desk.form.pk, note="Niente")
    _write(desk, "workers", label_en="How many people work there?")
    answer = _publish(desk, note="")
    assert read_main(answer).select_one(".error-summary a")["href"] == "#id_note"  # type: ignore[arg-type]


def test_nobody_publishes_what_they_have_not_read(desk: Desk) -> None:
    _write(desk, "workers", label_it="Prima correzione?")
    with pytest.raises(Refusal):
        publish_version(desk.it.actor(desk.marta), questionnaire_id=desk.form.pk, note="Letta prima", revision=0)


def test_a_question_may_leave_and_another_come_in_a_new_version(desk: Desk) -> None:
    actor = desk.it.actor(desk.marta)
    change_draft(actor, questionnaire_id=desk.form.pk, edit=Remove(Ref(PartKind.QUESTION, "notes")))
    question = desk.document().question("since").question
    new = type(question)("until", Kind.DATE, Words("Fino a quando?", "Until when?"))
    changed = change_draft(
        actor, questionnaire_id=desk.form.pk, edit=AddQuestion(Ref(PartKind.QUESTION, "since"), Kind.DATE)
    )
    assert changed.shown is not None
    change_draft(actor, questionnaire_id=desk.form.pk, edit=WriteQuestion(changed.shown, new))
    changes = desk.see(desk.path("pubblica/")).find(attrs={"aria-labelledby": "changes"}).get_text()
    assert "Fino a quando?" in changes
    assert "Altro da dire?" in changes
    publish_version(actor, questionnaire_id=desk.form.pk, note="Una domanda al posto di un’altra")
    assert Version.objects.get(pk=desk.draft.pk).state == "published"


def test_a_published_version_never_changes(desk: Desk) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=desk.it.version.pk).update(note="Altro")


def test_a_new_draft_begins_from_the_published_version(desk: Desk) -> None:
    desk.draft.delete()
    assert desk.post(desk.path("bozza/"))["Location"] == desk.path("modifica/")
    begun = Version.objects.get(questionnaire=desk.form, state="draft")
    assert (begun.number, begun.document) == (2, desk.it.version.document)
    desk.post(desk.path("bozza/"))
    assert Version.objects.filter(questionnaire=desk.form, state="draft").count() == 1


def test_a_draft_given_up_goes_and_what_was_published_stays(desk: Desk) -> None:
    assert desk.post(desk.path("bozza/elimina/"))["Location"] == desk.path()
    assert list(desk.form.versions.values_list("number", flat=True)) == [1]


def test_the_page_of_a_questionnaire_tells_versions_and_campaigns(desk: Desk) -> None:
    main = desk.see(desk.path())
    links = {link["href"] for link in main.find_all("a")}
    assert {desk.path("versioni/1/"), desk.path("versioni/2/"), desk.path("modifica/")} <= links
    assert desk.it.named.title in main.find(attrs={"aria-labelledby": "campaigns"}).get_text()


def test_only_who_keeps_a_questionnaire_writes_it(desk: Desk) -> None:
    for who in (desk.it.world.elena, desk.it.world.chiara):
        assert desk.get(desk.path("modifica/"), who).status_code == 403
        with pytest.raises((NotPermitted, Refusal)):
            publish_version(desk.it.actor(who), questionnaire_id=desk.form.pk, note="Io")
    assert Questionnaire.objects.get(pk=desk.form.pk).versions.filter(state="draft").exists()
