"""Secret addresses of calendars: made, shown once, revoked."""

import hashlib
import secrets

from contempo.agile.access import manages, may_act_as_worker, part_of
from contempo.agile.models import Employer, Feed, Unit
from contempo.agile.rules.planning_feeds import TOKEN_BYTES
from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

MOST_FEEDS = 20


@action
def make_feed(actor: Actor, *, employer_id: int, unit_id: int | None = None) -> tuple[Feed, str]:
    """Make an address for one's own days, or for the presences of a unit; the token is known only now."""
    part = part_of(actor, Employer.objects.get(pk=employer_id))
    require(may_act_as_worker(part))
    assert part.worker is not None
    unit = None
    if unit_id is not None:
        unit = Unit.objects.filter(pk=unit_id, employer=employer_id).first()
        if unit is None or not (unit.pk == part.worker.unit_id or manages(part, unit)):
            raise NotPermitted(N_("You may follow the presences of your own unit, or of one you manage."))
    if Feed.objects.filter(worker=part.worker, revoked_at=None).count() >= MOST_FEEDS:
        raise Refusal(N_("You have %(most)s addresses already: revoke one first."), most=MOST_FEEDS)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = Feed.objects.create(
        worker=part.worker, unit=unit, token_hash=hashlib.sha256(token.encode()).hexdigest(), created_at=now()
    )
    return feed, token


@action
def revoke_feed(actor: Actor, *, employer_id: int, feed_id: int) -> None:
    """Let an address lead nowhere from now on."""
    part = part_of(actor, Employer.objects.get(pk=employer_id))
    require(may_act_as_worker(part))
    mine = Feed.objects.filter(pk=feed_id, worker=part.worker)
    if not mine.exists():
        raise Refusal(N_("This address is not there any more."))
    mine.filter(revoked_at=None).update(revoked_at=now())
