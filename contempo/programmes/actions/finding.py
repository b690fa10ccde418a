"""Plans and alliances in the site search: those in force and closed, which everybody reads."""

from collections.abc import Iterator
from typing import Any

from contempo.core import search
from contempo.core.action import action
from contempo.core.verdict import require
from contempo.people.public import Actor
from contempo.programmes.access import may_run_installation
from contempo.programmes.models import Alliance, Plan
from contempo.programmes.rules.activities import PlanState

PLAN, ALLIANCE = "plan", "alliance"


@action
def index_plan(actor: Actor, *, plan_id: int) -> None:
    """Bring the site search up to date with a plan that was loaded; nothing to do when it is no longer there."""
    require(may_run_installation(actor))
    if (plan := Plan.objects.filter(pk=plan_id).first()) is not None:
        index(plan)


def index(plan: Plan) -> None:
    """Put a plan and its alliances into the site search, in place of what was there; a draft is taken out of it."""
    search.remove_under(kind=ALLIANCE, prefix=f"{plan.pk}/")
    if plan.state == PlanState.DRAFT:
        search.remove(kind=PLAN, key=str(plan.pk))
    else:
        search.put_many(_documents(plan))


def _documents(plan: Plan) -> Iterator[search.Document]:
    said = plan.document
    purposes = [each["text"] for each in said.get("purposes", ())]
    yield _document(plan, PLAN, str(plan.pk), plan.title, "", [plan.summary, *purposes, said.get("context", "")])
    for alliance in Alliance.objects.filter(plan=plan):
        document = alliance.document
        body = [alliance.title, document.get("aims", ""), document.get("context", "")]
        path = f"alleanze/{alliance.key}/"
        yield _document(plan, ALLIANCE, f"{plan.pk}/{alliance.key}", alliance.name, path, body)


def _document(plan: Plan, kind: str, key: str, title: str, path: str, body: list[Any]) -> search.Document:
    return search.Document(
        network_id=plan.network_id,
        kind=kind,
        key=key,
        title=title,
        body="\n".join(filter(None, body)),
        url=f"piani/{plan.key}/{path}",
        public=True,
    )
