"""Writing the units of an uploaded list from the rows of a file, in batches, and taking it back."""

from collections.abc import Sequence

from contempo.core import clock
from contempo.core.action import action
from contempo.core.imports import Change, Finding, Values
from contempo.core.words import N_
from contempo.network.public import places_by_name
from contempo.people.public import Actor
from contempo.questionnaires.actions.campaigns.population import change_units, come_back, filled, leave_out
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.models import Target
from contempo.questionnaires.rules.populations import PopulationRow, target_key

NO_PLACE = N_("No Italian municipality, or several, have this name: add the province in brackets.")


@action
def write_units(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write units of the campaign `about_id` as their rows say. Constant number of SQL.

    A unit taken out, or whose import is undone, goes only as far as nobody answered for it: see `population.leave_out`.
    """
    campaign = hold_campaign(actor, about_id)
    keys = [target_key(str((change.after or change.before or {})["code"])) for change in changes]
    known = {target.key: target for target in Target.objects.filter(campaign=campaign, key__in=keys)}
    names = {str(change.after["municipality"]) for change in changes if change.after and change.after["municipality"]}
    places = places_by_name(names)
    new, changed, wrong = [], [], []
    for change in changes:
        if change.after is None:
            continue
        place = change.after["municipality"]
        if place and str(place) not in places:
            wrong.append(Finding(change.line, NO_PLACE, "municipality"))
            continue
        row = _row(change.after, places)
        target = known.get(row.key)
        if target is None:
            new.append(filled(Target(campaign=campaign, key=row.key), row))
        else:
            changed.append(filled(target, row))
    Target.objects.bulk_create(new)
    change_units(changed)
    come_back([target.pk for target in changed if not target.eligible])
    gone = [target_key(str(change.before["code"])) for change in changes if change.after is None and change.before]
    leave_out([known[key] for key in gone if key in known])
    campaign.population = {**campaign.population, "taken_at": clock.now().isoformat()}
    campaign.save(update_fields=["population"])
    return wrong


def _row(values: Values, places: dict[str, str]) -> PopulationRow:
    def text(key: str) -> str:
        return str(values[key] or "")

    return PopulationRow(
        key=target_key(text("code")),
        name=text("name"),
        contact=text("contact"),
        email=text("email"),
        language=text("language") or "it",
        kind=text("kind"),
        size=text("size"),
        municipality_id=places.get(text("municipality")),
        stratum=text("group"),
    )
