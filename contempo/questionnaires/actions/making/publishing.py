"""Publishing a version: from then on it never changes."""

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.actions.making.beginning import own_questionnaire
from contempo.questionnaires.actions.making.drafting import NO_DRAFT
from contempo.questionnaires.models import Version
from contempo.questionnaires.rules import checking, versions
from contempo.questionnaires.rules.digest import digest_of
from contempo.questionnaires.rules.document import Document, read
from contempo.questionnaires.rules.states import VersionState

_MEND = N_("Some things are still to be mended: open each of them from the list.")
_MEANING = N_("The meaning of a question has changed: the list says of which, and what to do.")


@action
def publish_version(actor: Actor, *, questionnaire_id: int, note: str, revision: int | None = None) -> Version:
    """Publish the version being written, with a `note` on what changed (needed from the second version on).

    Refused, with the reason told at each question, when something is still to be mended or when a question would go on
    under the same name with another meaning. `revision` is that of the draft whoever publishes has read.
    """
    found = own_questionnaire(actor, questionnaire_id)
    rows = list(found.versions.order_by("-number"))
    draft = next((one for one in rows if one.state == VersionState.DRAFT), None)
    if draft is None:
        raise Refusal(NO_DRAFT)
    if revision is not None and draft.revision != revision:
        raise Refusal(N_("The questionnaire was changed after you opened the page. Read again what you publish."))
    document = read(draft.document)
    published = [read(one.document) for one in rows if one.state == VersionState.PUBLISHED]
    _check(document, published, note)
    draft.state, draft.note = VersionState.PUBLISHED.value, note.strip()
    draft.digest, draft.published_at, draft.published_by_id = digest_of(document), clock.now(), actor.person_id
    draft.save(update_fields=["state", "note", "digest", "published_at", "published_by"])
    return draft


def _check(document: Document, published: list[Document], note: str) -> None:
    if checking.refused(checking.problems(document)):
        raise Refusal(_MEND)
    if not published:
        return
    if document == published[0]:
        raise Refusal(N_("Nothing changed since the last published version."))
    if versions.refused(versions.compare(published[0], document, published[1:])):
        raise Refusal(_MEANING)
    if not note.strip():
        raise Refusal(N_("Say what changed: who reads the answers of several versions needs to know."), field="note")
