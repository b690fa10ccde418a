"""Which units a delegate may still be given."""

from django.db.models import Count

from contempo.network.public import kind_names, place_labels
from contempo.questionnaires.models import Target
from contempo.questionnaires.queries.opened import OpenedCampaign

Choices = list[tuple[str, str]]


def units_to_give(opened: OpenedCampaign) -> tuple[Choices, Choices]:
    """Municipalities and kinds of the units that nobody invited yet, each with its number. Three SQL at most."""
    alone = Target.objects.filter(campaign=opened.campaign, eligible=True, covered=False, channel="")
    places = dict(alone.exclude(municipality=None).values_list("municipality").annotate(units=Count("pk")).order_by())
    kinds = dict(alone.exclude(kind="").values_list("kind").annotate(units=Count("pk")).order_by())
    labels = place_labels(places)
    names = kind_names(kinds)
    return (
        sorted(((key, f"{label} ({places[key]})") for key, label in labels.items()), key=lambda pair: pair[1]),
        sorted(((key, f"{label} ({kinds[key]})") for key, label in names.items()), key=lambda pair: pair[1]),
    )
