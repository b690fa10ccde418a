"""The things of the desk that the matrix asks about."""

from datetime import timedelta

from contempo.core.clock import now, replaying, today
from contempo.helpdesk.actions.asking import ask
from contempo.helpdesk.actions.clock import check_question
from contempo.helpdesk.actions.experts import add_absence
from contempo.helpdesk.actions.mail.taking import take_in
from contempo.helpdesk.models import DeskPolicy
from contempo.helpdesk.rules.asking import Asked, Capacity, Channel
from contempo.helpdesk.rules.topics import Topic
from contempo.network.models import Network
from contempo.people.models import Person
from contempo.people.public import SYSTEM, Actor, actor_for

_FORTNIGHT = timedelta(days=14)


def _mail(network: Network, expert: Person) -> dict[str, dict[str, object]]:
    """An e-mail that waits: an expert wrote to the desk."""
    raw = f"From: {expert.email}\nTo: desk@example.org\nSubject: Una risposta\n\nRispondo io per posta.\n"
    taken = take_in(SYSTEM, raw=raw.encode(), network_id=network.pk)
    return {"waiting_mail": {"mail_id": taken[0].mail_id}}


def desk_parts(network: Network, cast: dict[str, Person]) -> dict[str, dict[str, object]]:
    """An expert with days away, and a question whose answer is late. Numbers of questions differ between networks."""
    DeskPolicy.objects.create(network=network, last_number=network.pk * 1000)
    expert = cast["expert"]
    away = add_absence(
        actor_for(expert, network.pk), person_id=expert.pk, since=today() + _FORTNIGHT, until=today() + 2 * _FORTNIGHT
    )
    with replaying(now() - _FORTNIGHT):
        late = ask(
            Actor(network_id=network.pk, is_system=True),
            asked=Asked(text="Posso chiedere il congedo a ore?", topic=Topic.HOURLY_LEAVE, capacity=Capacity.WORKER),
            channel=Channel.MAIL,
            asker_id=cast["applicant"].pk,
        )
    check_question(SYSTEM, question_id=late.pk)
    return {
        **_mail(network, expert),
        "desk_expert": {"person_id": expert.pk},
        "desk_away": {"person_id": expert.pk, "absence_id": away.pk},
        "own_away": {"absence_id": away.pk},
        "late": {"number": late.number},
    }
