"""What joined questions share: the answer, told to everybody who asked, and the files that go with it."""

from django.core.files import File

from contempo.core import files
from contempo.helpdesk.actions.asking import MESSAGE, add_message
from contempo.helpdesk.actions.letters import tell_answered
from contempo.helpdesk.models import Message, MessageKind, Question
from contempo.helpdesk.rules.questions import State


def share_answer(question: Question, answer: Message) -> None:
    """Let whoever asked a question joined to `question` read its answer, on their own page and by mail.

    The same person is not written twice.
    """
    for joined in question.merged.select_for_update(of=("self",)).select_related("network").filter(state=State.MERGED):
        copy_message(answer, joined)
        joined.save()
        if joined.asker_id != question.asker_id:
            tell_answered(joined, answer)


def last_answer(question: Question) -> Message | None:
    """The answer that counts, if there is one."""
    return question.messages.filter(kind=MessageKind.ANSWER).order_by("-at", "-id").first()


def copy_message(message: Message, to: Question) -> Message:
    """The same words in another question, with their files; norms and links only within one network."""
    copy = add_message(
        to,
        MessageKind(message.kind),
        message.text,
        channel=message.channel,
        author_id=message.author_id,
        by_asker=message.by_asker,
        signs=message.signs,
    )
    if to.network_id == message.question.network_id:
        copy.norms.set(message.norms.all())
        copy.organisations.set(message.organisations.all())
    for each in files.attachments_of(MESSAGE, message.pk):
        with each.path.open("rb") as content:
            files.accept(
                File(content, name=each.name),
                network_id=to.network_id,
                owner_kind=MESSAGE,
                owner_id=copy.pk,
                purpose=each.purpose,
                person_id=each.uploaded_by,
            )
    return copy
