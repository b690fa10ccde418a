"""A question an expert is answering, with all that belongs to it, for the matrix to ask about."""

from contempo.core.files import attachments_of
from contempo.helpdesk.actions.answer_files import attach_to_answer
from contempo.helpdesk.actions.answering import ask_reading, save_answer_draft
from contempo.helpdesk.actions.asking import MESSAGE, ask
from contempo.helpdesk.actions.filters import keep_filter
from contempo.helpdesk.actions.taking import take
from contempo.helpdesk.actions.templates import keep_template
from contempo.helpdesk.rules.asking import Asked, Capacity, Channel
from contempo.helpdesk.rules.topics import Topic
from contempo.network.models import Network
from contempo.network.tests.factories import pdf
from contempo.people.models import Person
from contempo.people.public import Actor, actor_for

_TEXT = "Lavoro in un panificio e ho un bambino di due anni: posso chiedere il congedo a ore?"


def working_parts(network: Network, cast: dict[str, Person]) -> dict[str, dict[str, object]]:
    """A question taken by the expert, with a file, a draft with a file that waits to be read; a template, a filter."""
    expert = actor_for(cast["expert"], network.pk)
    question = ask(
        Actor(network_id=network.pk, is_system=True),
        asked=Asked(text=_TEXT, topic=Topic.HOURLY_LEAVE, capacity=Capacity.WORKER),
        channel=Channel.MAIL,
        asker_id=cast["applicant"].pk,
        uploads=(pdf(),),
    )
    take(expert, question_id=question.pk)
    draft = save_answer_draft(expert, question_id=question.pk, text=f"Risposta: {_TEXT}", version=0)
    file = attach_to_answer(expert, question_id=question.pk, upload=pdf("modulo.pdf"))
    ask_reading(expert, question_id=question.pk, version=draft.version)
    (document,) = attachments_of(MESSAGE, question.messages.get().pk)
    template = keep_template(expert, template_id=None, title="Saluto", text="Ciao {{name}}")
    kept = keep_filter(expert, name="Le mie", query="scheda=mie")
    return {
        "held": {"number": question.number},
        "held_document": {"number": question.number, "attachment": document.key},
        "held_draft": {"number": question.number, "attachment": file.key},
        "held_reading": {"number": question.number, "author_id": cast["expert"].pk},
        "template": {"template_id": template.pk},
        "kept_filter": {"filter_id": kept.pk},
    }
