"""The yearly safety notice: published, acknowledged, asked for again."""

from django.utils.translation import gettext_lazy as _

from contempo.agile.access import may_act_as_worker, may_keep
from contempo.agile.actions.agreements.story import SAFETY, locked_employer, path, said, tell
from contempo.agile.models import Acknowledgement, SafetyNotice, Worker
from contempo.agile.models.agreements import owing_safety
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def publish_notice(actor: Actor, *, employer_id: int, year: int, title: str, text: str) -> SafetyNotice:
    """Publish the notice of a year: everybody with an agreement, and the safety representatives, are told.

    Law 81/2017, article 22, paragraph 1. Once published it does not change: what was acknowledged is what stands there.
    """
    employer, part = locked_employer(actor, employer_id)
    require(may_keep(part))
    if SafetyNotice.objects.filter(employer=employer, year=year).exists():
        raise Refusal(N_("The notice of %(year)s is published already."), field="year", year=str(year))
    if not title.strip():
        raise Refusal(N_("Give the notice a title."), field="title")
    if not text.strip():
        raise Refusal(N_("Write the text of the notice."), field="text")
    notice = SafetyNotice.objects.create(
        employer=employer,
        year=year,
        title=title.strip(),
        text=text.strip(),
        published_at=clock.now(),
        published_by_id=actor.person_id,
    )
    _ask(actor, notice)
    return notice


@action
def acknowledge(actor: Actor, *, employer_id: int, notice_id: int) -> None:
    """Acknowledge a safety notice, as a worker and, for who is one, as safety representative too. Safe to do twice."""
    employer, part = locked_employer(actor, employer_id)
    require(may_act_as_worker(part))
    notice = SafetyNotice.objects.filter(pk=notice_id, employer=employer).first()
    if notice is None or part.worker is None:
        raise Refusal(N_("This notice is not there any more."))
    capacities = (False, True) if part.safety else (False,)
    for as_representative in capacities:
        Acknowledgement.objects.get_or_create(
            notice=notice, worker=part.worker, as_representative=as_representative, defaults={"at": clock.now()}
        )


@action
def remind_missing(actor: Actor, *, employer_id: int, notice_id: int) -> int:
    """Tell again who has not acknowledged a notice; returns how many they are."""
    employer, part = locked_employer(actor, employer_id)
    require(may_keep(part))
    notice = SafetyNotice.objects.filter(pk=notice_id, employer=employer).first()
    if notice is None:
        raise Refusal(N_("This notice is not there any more."))
    return _ask(actor, notice)


def _ask(actor: Actor, notice: SafetyNotice) -> int:
    missing = list(
        Worker.objects.filter(owing_safety(notice), person__isnull=False).values_list("person_id", flat=True)
    )
    tell(
        actor,
        notice.employer,
        SAFETY,
        set(missing),
        said(_("Read the safety notice of %(year)s"), year=notice.year),
        _("It is about the risks of agile work. Read it and confirm that you received it."),
        path(notice.employer, "informativa/"),
    )
    return len(missing)
