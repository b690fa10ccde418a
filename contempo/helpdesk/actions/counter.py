"""Questions asked at the counter or on the phone, typed in by the desk."""

from django.core.files import File

from contempo.core.action import action
from contempo.core.verdict import require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.asking import ask
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.asking import Asked, Channel
from contempo.people.public import SYSTEM, Actor, enrol


@action
def ask_at_counter(
    actor: Actor, *, asked: Asked, email: str = "", full_name: str = "", uploads: "tuple[File[bytes], ...]" = ()
) -> Question:
    """Write down what somebody asks at the counter or on the phone.

    With an e-mail, told by who asks, the answer and the page to follow it go there; without one nobody is written to,
    and the desk tells the answer itself.
    """
    require(may_work_at_desk(actor))
    asker_id = enrol(SYSTEM, email=email, full_name=full_name, language=asked.language) if email else None
    return ask(actor, asked=asked, channel=Channel.DESK, asker_id=asker_id, uploads=uploads)
