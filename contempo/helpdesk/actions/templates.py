"""Templates of answers: written, changed and removed by whoever works at the desk."""

from django.db import IntegrityError, transaction

from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.models import AnswerTemplate
from contempo.helpdesk.rules.templates import check_template
from contempo.people.public import Actor


@action
def keep_template(
    actor: Actor, *, template_id: int | None, title: str, text: str, topic: str = "", language: str = "it"
) -> AnswerTemplate:
    """Add a template to those of the network, or change one; the title is its only one in that language."""
    row = _template(actor, template_id) if template_id else AnswerTemplate(network_id=actor.network_id)
    require(may_work_at_desk(actor))
    check_template(title, text)
    row.title, row.text, row.topic, row.language = title.strip(), text.strip(), topic, language
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refusal(N_("There is a template with this title already: choose another one."), field="title") from None
    return row


@action
def remove_template(actor: Actor, *, template_id: int) -> None:
    """Remove a template; answers written with it stay as they are."""
    _template(actor, template_id).delete()


def _template(actor: Actor, template_id: int) -> AnswerTemplate:
    require(may_work_at_desk(actor))
    row = AnswerTemplate.objects.select_for_update().filter(pk=template_id, network_id=actor.network_id).first()
    if row is None:
        raise Refusal(N_("This template is not there any more."))
    return row
