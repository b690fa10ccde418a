"""Files of plans brought to be looked at before they are loaded."""

from datetime import timedelta

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import may_keep_plans, may_run_installation, own_uploads
from contempo.programmes.actions.loading import load_plan
from contempo.programmes.models import Plan, PlanUpload
from contempo.programmes.rules.plan import tree

KEPT_FOR = timedelta(days=7)


@action
def keep_upload(actor: Actor, *, text: str, filename: str) -> int:
    """Keep the text of a plan that could be read, to be looked at; the number it is found by."""
    require(may_keep_plans(actor))
    upload = PlanUpload.objects.create(
        network_id=actor.network_id,
        person_id=actor.person_id,
        filename=filename[-200:],
        text=text,
        uploaded_at=now(),
    )
    return upload.pk


@action
def load_upload(actor: Actor, *, upload_id: int, tree: tree.Plan) -> Plan:
    """Load a file that was looked at, and forget it. `tree` is the plan in its text."""
    require(may_keep_plans(actor))
    upload = own_uploads(actor, PlanUpload.objects.all()).select_for_update().filter(pk=upload_id).first()
    if upload is None:
        raise Refusal(N_("This file is no longer here: bring it again."))
    plan = load_plan(actor, tree=tree, text=upload.text, filename=upload.filename)
    upload.delete()
    return plan


@action
def discard_upload(actor: Actor, *, upload_id: int) -> None:
    """Forget a file without loading it."""
    require(may_keep_plans(actor))
    own_uploads(actor, PlanUpload.objects.all()).filter(pk=upload_id).delete()


@action
def erase_old_uploads(actor: Actor) -> int:
    """Erase the files nobody loaded within a week; how many they were."""
    require(may_run_installation(actor))
    erased, _by_model = PlanUpload.objects.filter(uploaded_at__lt=now() - KEPT_FOR).delete()
    return erased
