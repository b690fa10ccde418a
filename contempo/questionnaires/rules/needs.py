"""Types of need: what the tag of an option says that whoever chooses it lacks. Pure.

A questionnaire may use tags of its own; these are the ones whose words the network shares, so that surveys of different
years and campaigns add up.
"""

from contempo.core.words import N_

NEED_LABELS: dict[str, str] = {
    "childcare": N_("Care of small children"),
    "school_time": N_("Afternoons and school holidays"),
    "elder_care": N_("Care of elderly relatives"),
    "disability": N_("Care of people with disabilities"),
    "hours": N_("Flexible working hours"),
    "agile_work": N_("Agile work and work near home"),
    "leave": N_("Leave and days off"),
    "return": N_("Return after a long absence"),
    "sharing": N_("Sharing care between women and men"),
    "commuting": N_("Way to work"),
    "city_times": N_("Opening hours of services"),
    "household": N_("Help with the household"),
    "money": N_("Money for services and care"),
    "wellbeing": N_("Health and well-being"),
    "information": N_("Information on rights and services"),
}
"""Message ids by tag, in the order in which they are shown."""


def need_order(tag: str) -> tuple[int, str]:
    """The place of a tag: shared ones in their order, the others behind, by name."""
    keys = list(NEED_LABELS)
    return (keys.index(tag) if tag in NEED_LABELS else len(keys), tag)
