"""Erasing what has been kept as long as it may. Safe to run twice."""

from contempo.core import audit, clock, files
from contempo.core.action import action
from contempo.core.files import Attachment
from contempo.core.verdict import require
from contempo.helpdesk.access import may_run_installation
from contempo.helpdesk.actions.asking import MESSAGE, erase_draft
from contempo.helpdesk.models import (
    AnswerDraft,
    Counterpart,
    InboundMail,
    Letter,
    Message,
    Move,
    Promise,
    Question,
    QuestionDraft,
)
from contempo.helpdesk.rules.retention import DRAFT_KEPT, OVER, QUESTION_KEPT, STRAY_MAIL_KEPT
from contempo.people.public import Actor

BATCH = 500
_FILE = ("name", "uploaded_by")


@action
def erase_old_questions(actor: Actor) -> int:
    """Erase the words and the asker of questions that ended long ago, kept versions included; tells how many.

    Topic, capacity, municipality, sector, times and ratings stay: the figures go on opening their records.
    """
    require(may_run_installation(actor))
    over = Question.objects.filter(erased_at__isnull=True, state__in=OVER, state_since__lt=clock.now() - QUESTION_KEPT)
    keys = list(over.select_for_update(skip_locked=True).order_by("id").values_list("id", flat=True)[:BATCH])
    messages = Message.objects.filter(question__in=keys)
    drafts = AnswerDraft.objects.filter(question__in=keys)
    for kind, owners in ((MESSAGE, messages), (AnswerDraft.FILES, drafts)):
        for owner_id in owners.values_list("id", flat=True):
            documents = [document.key for document in files.attachments_of(kind, owner_id)]
            files.discard_all(owner_kind=kind, owner_id=owner_id)
            audit.forget(Attachment, documents, fields=_FILE)
    messages.update(text="")
    messages.filter(by_asker=True).update(author=None)
    drafts.delete()
    Move.objects.filter(question__in=keys).update(text="")
    promises = list(Promise.objects.filter(question__in=keys).values_list("id", flat=True))
    Promise.objects.filter(id__in=promises).update(breach_reason="")
    audit.forget(Promise, promises, fields=("breach_reason",))
    counterparts = list(Counterpart.objects.filter(question__in=keys).values_list("id", flat=True))
    Counterpart.objects.filter(id__in=counterparts).delete()
    audit.forget(Counterpart, counterparts, fields=("name",))
    InboundMail.objects.filter(question__in=keys).delete()
    Letter.objects.filter(question__in=keys).delete()
    Question.objects.filter(id__in=keys).update(
        subject="", search_text="", proposed_why=[], asker=None, rating_comment="", erased_at=clock.now()
    )
    audit.forget(Question, keys, fields=("asker",))
    return len(keys)


@action
def erase_old_question_drafts(actor: Actor) -> int:
    """Erase questions begun long ago and never sent, with their documents; tells how many."""
    require(may_run_installation(actor))
    old = QuestionDraft.objects.filter(changed_at__lt=clock.now() - DRAFT_KEPT).order_by("id")
    drafts = list(old.select_for_update(skip_locked=True)[:BATCH])
    for draft in drafts:
        erase_draft(draft)
    return len(drafts)


@action
def erase_stray_mail(actor: Actor) -> int:
    """Erase e-mails that belonged to no question, with their bytes; those that wait for a decision stay."""
    require(may_run_installation(actor))
    old = InboundMail.objects.filter(
        question__isnull=True, waiting=False, received_at__lt=clock.now() - STRAY_MAIL_KEPT
    )
    keys = list(old.select_for_update(skip_locked=True).order_by("id").values_list("id", flat=True)[:BATCH])
    InboundMail.objects.filter(id__in=keys).delete()
    return len(keys)
