"""The figures of a network, from the counts the database keeps."""

from contempo.network.models import Tally


def tallies(network_id: int | None, *subjects: str) -> dict[str, dict[str, int]]:
    """Count by key of each of `subjects` (see `models.tallies`); a key without rows is left out. One SQL."""
    found: dict[str, dict[str, int]] = {subject: {} for subject in subjects}
    rows = Tally.objects.filter(network_id=network_id, subject__in=subjects, count__gt=0)
    for subject, key, count in rows.values_list("subject", "key", "count"):
        found[subject][key] = count
    return found
