"""Those who work at the desk of the demo, and those who read its catalogue."""

from datetime import date, datetime, time, timedelta
from itertools import chain

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.core.calendar import windows_of
from contempo.core.clock import ROME, now, replaying
from contempo.helpdesk.actions.catalogue.reading import note_miss, say_useful
from contempo.helpdesk.actions.experts import add_absence, set_expert, set_own_profile
from contempo.helpdesk.actions.templates import keep_template
from contempo.helpdesk.models import Entry
from contempo.people.public import Actor

EVENING = time(20, 30)


def load_experts(stage: Stage) -> int:
    """What each expert knows, when they work and are away, and templates of answers; tells how many experts."""
    if not facts.exists(f"{stage.slug}/desk/experts.toml"):
        return 0
    experts = facts.toml(f"{stage.slug}/desk/experts.toml")["experts"]
    agency = stage.agency()
    for told in experts:
        number, windows = stage.cast.number(told["person"]), windows_of(told["windows"])
        set_expert(
            agency,
            person_id=number,
            topics=told["topics"],
            municipalities=told["municipalities"],
            languages=told["languages"],
            windows=windows,
            capacity=told["capacity"],
            senior=told["senior"],
        )
        set_own_profile(stage.actor(told["person"]), windows=windows, shows_name=told["shows_name"])
        for absence in told["absences"]:
            with replaying(facts.office_hours(absence["since"] - timedelta(days=14))):
                add_absence(agency, person_id=number, since=absence["since"], until=absence["until"])
    for template in facts.toml(f"{stage.slug}/desk/templates.toml")["templates"]:
        keep_template(agency, template_id=None, **{**template, "text": template["text"].strip()})
    return len(experts)


def load_readers(stage: Stage) -> int:
    """Searches of the catalogue that found nothing, and what readers said of its entries; tells how many of both."""
    if not facts.exists(f"{stage.slug}/desk/searches.toml"):
        return 0
    told = facts.toml(f"{stage.slug}/desk/searches.toml")
    visitor = Actor(network_id=stage.id)
    count = 0
    for search in told["searches"]:
        for moment in _spread(search["first"], search["last"], search["times"]):
            with replaying(moment):
                count += note_miss(visitor, text=search["text"], language=search["language"])
    titles = {entry["key"]: entry["title"] for entry in facts.toml(f"{stage.slug}/desk/catalogue.toml")["entries"]}
    for votes in told["votes"]:
        entry = Entry.objects.get(network_id=stage.id, revisions__title=titles[votes["entry"]], revisions__current=True)
        reasons = chain.from_iterable([reason] * times for reason, times in votes.get("reasons", {}).items())
        said = [(True, "")] * votes["yes"] + [(False, next(reasons, "")) for _vote in range(votes["no"])]
        for (useful, reason), moment in zip(
            said, _spread(date(2025, 6, 1), date(2026, 11, 15), len(said)), strict=True
        ):
            with replaying(moment):
                say_useful(visitor, entry_id=entry.pk, useful=useful, language="it", reason=reason)
        count += len(said)
    return count


def _spread(first: date, last: date, times: int) -> list[datetime]:
    """So many evenings between two days, none of them to come."""
    days = (last - first).days
    evenings = (
        datetime.combine(first + timedelta(days=days * turn // max(times - 1, 1)), EVENING, ROME)
        for turn in range(times)
    )
    return [min(evening, now()) for evening in evenings]
