"""Why a planned day was kept or gave way: in one sentence, with numbers and nobody's reasons."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def why_displaced(ranking: Mapping[str, int]) -> str:
    """What a worker is told of a date that gave way. Empty when nothing was ranked."""
    if not ranking:
        return ""
    if ranking["places"] == 0:
        told = _("All %(staff)s people who work that day must be present, so none of the %(asked)s who asked could go.")
    elif ranking["class"] > ranking["last_class"]:
        told = _(
            "%(asked)s people asked for %(places)s places, and they went to those whose priority class comes before"
            " yours, the number %(class)s."
        )
    elif ranking["kept"] > ranking["last_kept"]:
        told = _(
            "%(asked)s people asked for %(places)s places, and they went to those with fewer days kept so far in the"
            " month: the last one had %(last_kept)s, you %(kept)s."
        )
    else:
        told = _(
            "%(asked)s people asked for %(places)s places; with the same class and the same days kept (%(kept)s) the"
            " draw decided, and you came in place %(position)s."
        )
    return told % ranking


def why_in_numbers(ranking: Mapping[str, int]) -> str:
    """What who manages a unit reads beside each name: class, days kept before, place in the order."""
    if not ranking:
        return ""
    return _("Class %(class)s, %(kept)s days kept before, place %(position)s of %(asked)s") % ranking
