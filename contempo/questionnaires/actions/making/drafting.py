"""Changing a draft, one part at a time; beginning a new one; giving one up."""

from dataclasses import dataclass

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.actions.making.beginning import own_questionnaire
from contempo.questionnaires.models import Version
from contempo.questionnaires.rules.document import Document, read, to_json
from contempo.questionnaires.rules.editing import Edit, Ref, Removed
from contempo.questionnaires.rules.editing.overtaken import require_edition, require_seen
from contempo.questionnaires.rules.states import VersionState

NO_DRAFT = N_("No version of this questionnaire is being written. Begin a new one from the published version.")


@dataclass(frozen=True)
class Changed:
    """A draft after a change: `shown` is the part to look at next, `removed` what can be put back."""

    document: Document
    revision: int
    shown: Ref | None
    removed: Removed | None


@action
def change_draft(
    actor: Actor,
    *,
    questionnaire_id: int,
    edit: Edit,
    revision: int | None = None,
    part: Ref | None = None,
    edition: str = "",
) -> Changed:
    """Change the draft of a questionnaire.

    `revision` is that of the draft on the page from which parts are moved, doubled or taken out; `edition` that of
    the `part` whose form was opened. Overtaken when somebody has changed it meanwhile: nothing is written.
    """
    draft = _draft(actor, questionnaire_id)
    document = read(draft.document)
    require_seen(document, draft.revision, edit, seen=revision)
    if part is not None:
        require_edition(document, part, seen=edition)
    edited = edit.apply(document)
    if edited.document != document:
        _keep(draft, edited.document)
    return Changed(edited.document, draft.revision, edited.shown, edited.removed)


@action
def replace_draft(actor: Actor, *, questionnaire_id: int, document: Document, revision: int | None = None) -> Version:
    """Put a whole document, read from a file, in the place of the draft; one is begun where there is none."""
    found = own_questionnaire(actor, questionnaire_id)
    draft = _latest(found.pk, VersionState.DRAFT)
    if draft is None:
        draft = _begin(found.pk, document)
    elif revision is not None and draft.revision != revision:
        raise Refusal(N_("The questionnaire was changed after the file was read. Read the file again."))
    _keep(draft, document)
    return draft


@action
def begin_version(actor: Actor, *, questionnaire_id: int) -> Version:
    """Begin a new version from the last published one; the one being written when there is one already."""
    found = own_questionnaire(actor, questionnaire_id)
    if draft := _latest(found.pk, VersionState.DRAFT):
        return draft
    if (published := _latest(found.pk, VersionState.PUBLISHED)) is None:
        raise Refusal(NO_DRAFT)
    return _begin(found.pk, read(published.document))


@action
def drop_draft(actor: Actor, *, questionnaire_id: int) -> None:
    """Give up the version being written; one that was never published goes with its questionnaire."""
    found = own_questionnaire(actor, questionnaire_id)
    if (draft := _latest(found.pk, VersionState.DRAFT)) is None:
        raise Refusal(NO_DRAFT)
    draft.delete()
    if not found.versions.exists():
        found.delete()


def _draft(actor: Actor, questionnaire_id: int) -> Version:
    found = own_questionnaire(actor, questionnaire_id)
    if (draft := _latest(found.pk, VersionState.DRAFT)) is None:
        raise Refusal(NO_DRAFT)
    return draft


def _latest(questionnaire_id: int, state: VersionState) -> Version | None:
    rows = Version.objects.filter(questionnaire=questionnaire_id, state=state.value)
    return rows.order_by("-number").first()


def _begin(questionnaire_id: int, document: Document) -> Version:
    last = Version.objects.filter(questionnaire=questionnaire_id).order_by("-number").values_list("number", flat=True)
    return Version.objects.create(
        questionnaire_id=questionnaire_id,
        number=(last.first() or 0) + 1,
        document=to_json(document),
        changed_at=clock.now(),
    )


def _keep(draft: Version, document: Document) -> None:
    draft.document = to_json(document)
    draft.revision += 1
    draft.changed_at = clock.now()
    draft.save(update_fields=["document", "revision", "changed_at"])
