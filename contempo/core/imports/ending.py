"""How the work on an import goes and ends: who it is done for, and what stopped it."""

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.imports.kinds import Actor, Kind, kind_called
from contempo.core.imports.models import ImportRun
from contempo.core.imports.people import actor_of
from contempo.core.imports.rules import RUNS, RunState
from contempo.core.verdict import Refusal
from contempo.core.words import N_


def begun(run_id: int, state: RunState) -> tuple[ImportRun, Kind, Actor] | None:
    """The import `run_id` with its kind and who it is done for; None when it is not in `state` any more."""
    run = ImportRun.objects.filter(pk=run_id, state=state).first()
    if run is None:
        return None
    person_id = {RunState.WRITING: run.confirmed_by, RunState.UNDOING: run.undone_by}.get(state) or run.person_id
    actor = actor_of(person_id, run.network_id, run.acting_for)
    kind = kind_called(run.kind)
    if kind is None:
        stop(actor, run_id=run_id, refusal=Refusal(N_("Records of this kind can no longer be imported.")))
        return None
    return run, kind, actor


def locked_in(run_id: int, state: RunState) -> ImportRun | None:
    """The import locked, None when it is not in `state` any more."""
    return ImportRun.objects.select_for_update().filter(pk=run_id, state=state).first()


@action
def stop(actor: Actor, *, run_id: int, refusal: Refusal) -> None:
    """End the work on an import with the sentence that says why; what is written stays, and can be undone."""
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    run.state = RUNS.move(run.state, "fail", ("job",))
    run.failure = refusal.reason
    run.failure_params = {key: str(value) for key, value in refusal.params.items()}
    run.finished_at = run.moved_at = now()
    run.save()
