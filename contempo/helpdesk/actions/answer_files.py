"""Files added to an answer while it is written; with the answer they become the asker's to read."""

from uuid import UUID

from django.core.files import File

from contempo.core import files
from contempo.core.action import action
from contempo.core.files import Attachment
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_answer
from contempo.helpdesk.actions.moves import locked_question
from contempo.helpdesk.models import AnswerDraft, Reading
from contempo.helpdesk.rules.asking import check_documents
from contempo.people.public import Actor


@action
def attach_to_answer(actor: Actor, *, question_id: int, upload: "File[bytes]") -> Attachment:
    """Add a file to one's own draft; one too many, or of the wrong type or size, is refused with a sentence."""
    draft = _changed_draft(actor, question_id)
    check_documents(len(files.attachments_of(AnswerDraft.FILES, draft.pk)) + 1)
    return files.accept(
        upload,
        network_id=draft.question.network_id,
        owner_kind=AnswerDraft.FILES,
        owner_id=draft.pk,
        purpose="document",
        person_id=actor.person_id,
        field="documents",
    )


@action
def detach_from_answer(actor: Actor, *, question_id: int, attachment: UUID) -> None:
    """Take a file out of one's own draft."""
    files.discard(attachment, owner_kind=AnswerDraft.FILES, owner_id=_changed_draft(actor, question_id).pk)


def _changed_draft(actor: Actor, question_id: int) -> AnswerDraft:
    """The draft of the actor, locked; a second reading does not hold for what is changed after it."""
    question = locked_question(actor, question_id)
    require(may_answer(actor, question))
    draft = AnswerDraft.objects.select_for_update().filter(question=question, author_id=actor.person_id).first()
    if draft is None:
        raise Refusal(N_("Write something first: then files can be added."), field="documents")
    if draft.reading != Reading.NONE:
        draft.reading, draft.reader_id = Reading.NONE, None
        draft.save()
    return draft
