"""The units of a campaign as a respondent names them: the own one, and others the answers speak for."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contempo.core.text import normalise
from contempo.questionnaires.models import Target
from contempo.questionnaires.queries.answering.opened import Answering

MOST_FOUND = 20


@dataclass(frozen=True)
class Unit:
    """A unit of the population by its number; `place` tells those of the same name apart."""

    id: int
    name: str
    place: str


def units_to_name(answering: Answering) -> bool:
    """Whether one is asked for which organisations one answers: the campaign knows units besides the own one. At most
    one SQL.
    """
    if not answering.speaks_for_units:
        return False
    own = answering.invitation.target_id if answering.invitation else None
    return _of(answering).exclude(pk=own).order_by().exists()


def own_unit(answering: Answering) -> Unit | None:
    """The unit one was invited for, else the one chosen before. At most one SQL."""
    invitation, response = answering.invitation, answering.response
    if invitation is not None and invitation.target_id is not None:
        return next(iter(_units(Target.objects.filter(pk=invitation.target_id))), None)
    named = list(response.speaks_for) if response else []
    return next(iter(_units(_of(answering).filter(pk=named[0]))), None) if named else None


def units_named(answering: Answering, own: Unit | None) -> tuple[Unit, ...]:
    """The other units the answers are for, by name. One SQL, none for nobody."""
    named = list(answering.response.speaks_for) if answering.response else []
    return _units(_of(answering).filter(pk__in=[one for one in named if own is None or one != own.id]))


def found_units(answering: Answering, words: str) -> tuple[Unit, ...]:
    """Units of the campaign with all of `words` in the name, the first `MOST_FOUND`. One SQL, none without words."""
    wanted = Q()
    if not (parts := normalise(words).split()):
        return ()
    for part in parts:
        wanted &= Q(search_name__contains=part)
    return _units(_of(answering).filter(wanted)[:MOST_FOUND])


def _of(answering: Answering) -> QuerySet[Target]:
    return Target.objects.filter(campaign=answering.campaign).order_by("search_name", "id")


def _units(targets: QuerySet[Target]) -> tuple[Unit, ...]:
    rows = targets.values_list("pk", "name", "municipality__name")
    return tuple(Unit(number, name, place or "") for number, name, place in rows)
