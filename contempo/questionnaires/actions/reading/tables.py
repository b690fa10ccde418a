"""Tables that somebody keeps: in an order, each in the report or not."""

from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_keep, part_of
from contempo.questionnaires.models import Campaign, SavedTable
from contempo.questionnaires.rules.tables import Spec, to_json

MOST_KEPT = 60
"""Tables of one campaign: a report of more is read by nobody."""

PERCENT = "percent"
"""Under what the kind of share is kept beside the table."""


@action
def keep_table(actor: Actor, *, campaign_id: int, title: str, spec: Spec, percent: str) -> SavedTable:
    """Keep a table under a title, the last of its campaign. Raises Refusal beside `title`."""
    campaign = _locked(actor, campaign_id)
    title = _titled(title)
    kept = list(campaign.tables.order_by("position", "pk"))
    if len(kept) >= MOST_KEPT:
        raise Refusal(N_("At most %(most)s tables fit: take one away first."), field="title", most=MOST_KEPT)
    position = max((one.position for one in kept), default=-1) + 1
    return SavedTable.objects.create(
        campaign=campaign, title=title, spec={**to_json(spec), PERCENT: percent}, position=position
    )


@action
def change_table(actor: Actor, *, campaign_id: int, table_id: int, title: str, report: bool) -> SavedTable:
    """Give a kept table another title, put it into the report or take it out. Raises Refusal beside `title`."""
    table = _table(_locked(actor, campaign_id), table_id)
    table.title, table.report = _titled(title), report
    table.save(update_fields=["title", "report"])
    return table


@action
def move_table(actor: Actor, *, campaign_id: int, table_id: int, up: bool) -> None:
    """Let a kept table change places with the one before or after it; the first and the last stay."""
    campaign = _locked(actor, campaign_id)
    table = _table(campaign, table_id)
    order = list(campaign.tables.order_by("position", "pk"))
    place = order.index(table)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order):
        one.position = position
    SavedTable.objects.bulk_update(order, ["position"])


@action
def drop_table(actor: Actor, *, campaign_id: int, table_id: int) -> None:
    """Keep a table no longer."""
    _table(_locked(actor, campaign_id), table_id).delete()


def _locked(actor: Actor, campaign_id: int) -> Campaign:
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    require(may_keep(part_of(actor, campaign)))
    return campaign


def _table(campaign: Campaign, table_id: int) -> SavedTable:
    found = campaign.tables.filter(pk=table_id).first()
    if found is None:
        raise Refusal(N_("This table is not kept any more: somebody took it away."))
    return found


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refusal(N_("Give the table a title."), field="title")
    if len(title) > 160:
        raise Refusal(N_("The title has at most %(most)s letters."), field="title", most=160)
    return title
