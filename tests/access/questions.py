"""What the addresses of whoever asks are about: a draft of another browser, and a question asked by the applicant."""

from uuid import UUID

from contempo.core import files
from contempo.helpdesk.actions.asking import ask, save_draft
from contempo.helpdesk.rules.asking import Asked, Capacity, Channel
from contempo.helpdesk.rules.topics import Topic
from contempo.network.models import Network
from contempo.network.tests.factories import pdf
from contempo.people.models import Person
from contempo.people.public import Actor

NO_FILE = UUID("00000000-0000-4000-8000-000000000000")


def question_parts(network: Network, cast: dict[str, Person]) -> dict[str, dict[str, object]]:
    """A draft nobody of the cast wrote, and a question of the applicant with a file."""
    draft = save_draft(Actor(network_id=network.pk), key=None, values={"text": "Una domanda."}, language="it")
    asked = Asked(
        text="Posso chiedere il congedo a ore per un figlio di due anni?",
        topic=Topic.HOURLY_LEAVE,
        capacity=Capacity.WORKER,
    )
    system = Actor(network_id=network.pk, is_system=True)
    question = ask(system, asked=asked, channel=Channel.MAIL, asker_id=cast["applicant"].pk)
    attachment = files.accept(
        pdf(),
        network_id=network.pk,
        owner_kind="helpdesk.message",
        owner_id=question.messages.get().pk,
        purpose="document",
        person_id=None,
    )
    return {
        "asking": {"key": draft.key},
        "asking_file": {"key": draft.key, "attachment": NO_FILE},
        "asked": {"key": question.key},
        "asked_link": {"key": question.key, "token": "not-the-token"},
        "asked_file": {"key": question.key, "attachment": attachment.key},
    }
