"""Making the files that take time, and forgetting those nobody took."""

import logging
from uuid import UUID

from django.utils.translation import override

from contempo.core import clock
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.reading import extracts
from contempo.questionnaires.queries.reading.extracts import alone_with, waiting_files, wanted_file
from contempo.questionnaires.queries.reading.files.wanted import write_wanted

logger = logging.getLogger(__name__)


@every("* * * * *")
@task(retry=False)
def make_files(timestamp: int) -> None:
    """Make the files that somebody waits for, one after the other. Whoever runs at the same time takes others."""
    for key in waiting_files():
        with alone_with(key) as alone:
            if alone:
                make_file(key)


def make_file(key: UUID) -> None:
    """Make one file, telling its progress as it goes: whole under its name, or not at all.

    What cannot be made is told to who waits, and not tried again: it would go no better by itself.
    """
    if (wanted := wanted_file(key)) is None:
        return

    def told(done: int, total: int) -> None:
        extracts.note_progress(SYSTEM, key=key, done=done, total=total)

    partial = wanted.path.with_suffix(".part")
    try:
        partial.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.touch(mode=0o600)
        with override(wanted.language):
            write_wanted(wanted, partial, made_at=clock.now(), told=told)
        partial.rename(wanted.path)
    except Exception:
        logger.exception("the file %s of campaign %s could not be made", wanted.kind, wanted.campaign_id)
        partial.unlink(missing_ok=True)
        extracts.end_file(SYSTEM, key=key, size=None)
    else:
        extracts.end_file(SYSTEM, key=key, size=wanted.path.stat().st_size)


@every("40 3 * * *")
@task(queue="housekeeping")
def forget_old_files(timestamp: int) -> None:
    """Remove files that waited three days."""
    for path in extracts.forget_files(SYSTEM):
        path.unlink(missing_ok=True)
