"""Asking for a file that takes time, and what becomes of it."""

from pathlib import Path
from uuid import UUID

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_read_results, may_take_data, part_of
from contempo.questionnaires.models import Campaign, Extract
from contempo.questionnaires.rules.extracts import KEPT, ExtractState, FileKind

_UNDER_WAY = (ExtractState.WAITING.value, ExtractState.WORKING.value)
MOST_UNDER_WAY = 5


@action
def ask_for_file(actor: Actor, *, campaign_id: int, kind: FileKind, part: str, language: str) -> Extract:
    """Ask for a file of a campaign; whoever asks again while it is being made gets the same one.

    Raises Refusal when too many are being made.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    mine = part_of(actor, campaign)
    require(may_read_results(mine) if kind == FileKind.REPORT else may_take_data(mine))
    if actor.person_id is None:
        raise Refusal(N_("Sign in first: the file waits for you under your name."))
    making = Extract.objects.filter(campaign=campaign, asked_by_id=actor.person_id, state__in=_UNDER_WAY)
    if found := making.filter(kind=kind.value, part=part, language=language).first():
        return found
    if making.count() >= MOST_UNDER_WAY:
        raise Refusal(N_("Other files are still being made: wait for them first."))
    return Extract.objects.create(
        campaign=campaign,
        kind=kind.value,
        part=part,
        language=language,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
    )


@action
def note_progress(actor: Actor, *, key: UUID, done: int, total: int) -> None:
    """Note how far the making of a file is."""
    _only_the_clock(actor)
    Extract.objects.filter(pk=key).update(state=ExtractState.WORKING.value, done=done, total=total)


@action
def end_file(actor: Actor, *, key: UUID, size: int | None) -> None:
    """Note that a file is ready, with its size in bytes, or that it could not be made (None)."""
    _only_the_clock(actor)
    state = ExtractState.FAILED if size is None else ExtractState.READY
    Extract.objects.filter(pk=key).update(state=state.value, size=size or 0, ready_at=clock.now())


@action
def forget_files(actor: Actor) -> list[Path]:
    """Forget the files that nobody has to take any more; returns where they are, for their content to be removed."""
    _only_the_clock(actor)
    old = list(Extract.objects.filter(asked_at__lt=clock.now() - KEPT))
    Extract.objects.filter(pk__in=[one.pk for one in old]).delete()
    return [one.path for one in old]


def _only_the_clock(actor: Actor) -> None:
    if not actor.is_system:
        raise PermissionError("Only the job that makes a file may tell of it.")
