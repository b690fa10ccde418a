"""What the desk knows of its experts: set by the coordinators, and by each of them for what is their own to say."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings

from contempo.core.action import action
from contempo.core.calendar import Window, rows_of
from contempo.core.clock import today
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_coordinate, may_keep_expert, may_run_installation
from contempo.helpdesk.models import Absence, Expert
from contempo.helpdesk.rules.topics import Topic
from contempo.people.public import Actor, NetworkRole, persons_with

MOST_AT_ONCE = 50
LONGEST_ABSENCE = timedelta(days=730)


def _locked(actor: Actor, person_id: int) -> Expert:
    """The row of an expert of the actor's network, made when it is not there, locked until the end."""
    network_id = actor.network_id or 0
    if person_id not in {person.id for person in persons_with(network_id, NetworkRole.EXPERT)}:
        raise Refusal(N_("This person is not an expert of the network: give the role first, under People."))
    Expert.objects.bulk_create([Expert(network_id=network_id, person_id=person_id)], ignore_conflicts=True)
    return Expert.objects.select_for_update().get(network_id=network_id, person_id=person_id)


@action
def set_expert(
    actor: Actor,
    *,
    person_id: int,
    topics: Sequence[str],
    municipalities: Sequence[str],
    languages: Sequence[str],
    windows: Sequence[Window],
    capacity: int,
    senior: bool,
) -> Expert:
    """Say what an expert answers on, where, in which languages, when, how much at once. No topic or place means all."""
    require(may_coordinate(actor))
    row = _locked(actor, person_id)
    if unknown := set(topics) - set(Topic):
        raise Refusal(N_("This topic does not exist: %(topic)s."), field="topics", topic=", ".join(sorted(unknown)))
    if not languages or set(languages) - {code for code, _name in settings.LANGUAGES}:
        raise Refusal(N_("Choose at least one language."), field="languages")
    if not 1 <= capacity <= MOST_AT_ONCE:
        raise Refusal(
            N_("Write a number between %(least)s and %(most)s."), field="capacity", least=1, most=MOST_AT_ONCE
        )
    row.topics, row.municipalities, row.languages = list(topics), sorted(set(municipalities)), list(languages)
    row.windows, row.capacity, row.senior = rows_of(windows), capacity, senior
    row.save()
    return row


@action
def set_own_profile(actor: Actor, *, windows: Sequence[Window], shows_name: bool) -> Expert:
    """Say, as an expert, when one works for the desk and whether answers carry one's name."""
    if actor.person_id is None or not actor.has(NetworkRole.EXPERT):
        raise NotPermitted(N_("Only the experts of the network have this page."))
    row = _locked(actor, actor.person_id)
    row.windows, row.shows_name = rows_of(windows), shows_name
    row.save()
    return row


@action
def add_absence(actor: Actor, *, person_id: int, since: date, until: date) -> Absence:
    """Write days on which an expert receives nothing: from `since`, back on `until`. The reason is not asked."""
    require(may_keep_expert(actor, person_id))
    row = _locked(actor, person_id)
    if until <= since:
        raise Refusal(N_("The day of the return comes after the first day away."), field="until")
    if until <= today():
        raise Refusal(N_("These days are over already."), field="until")
    if until - since > LONGEST_ABSENCE:
        raise Refusal(N_("An absence lasts two years at most: end the role instead."), field="until")
    if row.absences.filter(since__lt=until, until__gt=since).exists():
        raise Refusal(N_("Some of these days are in another absence already: take that one away first."), field="since")
    return Absence.objects.create(expert=row, since=since, until=until)


@action
def end_absence(actor: Actor, *, person_id: int, absence_id: int) -> None:
    """Take an absence away."""
    require(may_keep_expert(actor, person_id))
    row = _locked(actor, person_id)
    row.absences.filter(pk=absence_id).delete()


@action
def erase_former_experts(actor: Actor) -> int:
    """Erase what the desk knew, absences included, of persons who no longer have the role; tells of how many."""
    require(may_run_installation(actor))
    erased = 0
    for network_id in Expert.objects.order_by("network_id").values_list("network_id", flat=True).distinct():
        people = [person.id for person in persons_with(network_id, NetworkRole.EXPERT)]
        former = Expert.objects.filter(network_id=network_id).exclude(person_id__in=people)
        erased += former.count()
        former.delete()
    return erased
