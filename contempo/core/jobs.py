"""Work done later, outside the request: what the `jobs.py` of each context is written with.

    @task
    def remind(request_id: int) -> None: ...

    @every("0 7 * * *")
    @task
    def send_digests(timestamp: int) -> None: ...

    defer(remind, request_id=7)

A job runs in a worker process, once or more than once: it calls actions, and they must not mind being called twice.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from json import loads
from typing import Any, ParamSpec, TypeVar, overload

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.tasks import Task, configure_task

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

MAX_RETRIES = 5
# Again after 6 s, 36 s, 4 minutes, 22 minutes and 2 hours, then the job is left as failed.
RETRY = RetryStrategy(max_attempts=MAX_RETRIES, exponential_wait=6)
KEEP_FINISHED_HOURS = 7 * 24


@overload
def task(function: Callable[P, R], /) -> Task[P, R, P]: ...
@overload
def task(
    *, queue: str = ..., retry: RetryStrategy | bool = ..., pass_context: bool = ...
) -> Callable[[Callable[P, R]], Task[P, R, P]]: ...
def task(
    function: Callable[..., Any] | None = None,
    /,
    *,
    queue: str = "default",
    retry: RetryStrategy | bool = RETRY,
    pass_context: bool = False,
) -> Any:
    """Decorator: make a function a job that `defer` can ask for; after an error it is tried again as `RETRY` says."""
    make: Any = app.task
    declare = make(queue=queue, retry=retry, pass_context=pass_context)
    return declare if function is None else declare(function)


def every(cron: str) -> Callable[[T], T]:
    """Decorator over `@task`: run it at the times of the cron line (UTC); it is called with `timestamp`."""
    repeat: Any = app.periodic
    declare: Callable[[T], T] = repeat(cron=cron)
    return declare


def defer(job: Task[..., Any, ...], *, at: datetime | None = None, **arguments: Any) -> int:
    """Ask for `job` with `arguments` (JSON values), not before `at` when given; return the number of the request.

    The request belongs to the transaction in which it is made: rolled back, it never was. This also holds inside a
    worker, where `job.defer()` would use a connection of its own: always use this function.
    """
    deferrer = configure_task(
        name=job.name,
        job_manager=JobManager(DjangoConnector()),
        queue=job.queue,
        lock=job.lock,
        queueing_lock=job.queueing_lock,
        priority=job.priority,
        schedule_at=at,
    )
    return deferrer.defer(**arguments)


def to_do(*jobs: Task[..., Any, ...]) -> list[tuple[str, dict[str, Any]]]:
    """Name and arguments of each request for one of `jobs` that waits, also to be tried again, or is under way.

    One that is neither done nor here has failed for good. One SQL.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = ANY(%s)",
            [[job.name for job in jobs]],
        )
        return [(name, loads(arguments)) for name, arguments in cursor.fetchall()]


@every("* * * * *")
@task(queue="housekeeping", retry=False, pass_context=True)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died to another one, and drop a job that seems to be what kills them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts < MAX_RETRIES:
            await manager.retry_job(job, retry_at=datetime.fromtimestamp(timestamp, UTC))
        else:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


@every("30 2 * * *")
@task(queue="housekeeping", retry=False, pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Remove what is known of jobs that ended long ago."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FINISHED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
