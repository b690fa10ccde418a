"""What a frequency says in a sentence: how many answered of how many asked, and what was said most."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.questionnaires.queries.reading.wording import decimal, rounded, whole
from contempo.questionnaires.queries.tables import Base, Category, Frequency, Numbers


def answered_of(base: Base) -> str:
    """Of how many a figure speaks."""
    if base.asked is None or base.answered is None:
        return _("Too few answers to tell without recognising who gave them.")
    if base.asked == 0:
        return _("Nobody was asked this question.")
    told = {"answered": whole(base.answered), "asked": whole(base.asked)}
    return (
        ngettext(
            "%(answered)s of %(asked)s who was asked has answered.",
            "%(answered)s of the %(asked)s who were asked have answered.",
            base.asked,
        )
        % told
    )


def denominators(base: Base) -> str:
    """Who is not among those who answered."""
    parts = []
    if base.missing:
        parts.append(
            ngettext("%(count)s left it empty", "%(count)s left it empty", base.missing)
            % {"count": whole(base.missing)}
        )
    if base.unasked:
        parts.append(
            ngettext(
                "%(count)s was not asked, because of an earlier answer",
                "%(count)s were not asked, because of an earlier answer",
                base.unasked,
            )
            % {"count": whole(base.unasked)}
        )
    return f"{'; '.join(parts)}." if parts else ""


def most_chosen(told: Sequence[Category], names: dict[str, str]) -> str:
    """The answer given most, with its share; empty when nothing is told, and when several were given as often."""
    best = best_of(told)
    if not best:
        return ""
    if len(best) > 1:
        several = _(" and ").join(f"“{names[one.key]}”" for one in best)
        return _("%(several)s were chosen most, with %(share)s each.") % {
            "several": several,
            "share": rounded(best[0].share),
        }
    (one,) = best
    words = {"label": names[one.key], "share": rounded(one.share)}
    if one.interval is None or one.interval.low == one.interval.high:
        return _("The most chosen is “%(label)s”, with %(share)s.") % words
    ends = {"low": rounded(one.interval.low), "high": rounded(one.interval.high)}
    return _("The most chosen is “%(label)s”, with %(share)s (from %(low)s to %(high)s).") % (words | ends)


def best_of(told: Sequence[Category]) -> list[Category]:
    """The answers with the largest share told: none when there is nothing to tell, or when more than three share it.

    What is kept back is smaller: the least counts are.
    """
    known = [one for one in told if one.share]
    best = [one for one in known if one.share == max(each.share or 0 for each in known)]
    return best if len(best) <= 3 else []


def summed_up(numbers: Numbers | None, unit: str = "") -> str:
    """The mean and the median in a sentence; empty when they are not told."""
    if numbers is None or numbers.mean is None:
        return ""
    words = {"mean": f"{decimal(numbers.mean)} {unit}".strip(), "median": decimal(numbers.median)}
    if numbers.interval is None or numbers.interval.low == numbers.interval.high:
        return _("The mean is %(mean)s; half of the answers are %(median)s or less.") % words
    ends = {"low": decimal(numbers.interval.low), "high": decimal(numbers.interval.high)}
    return _("The mean is %(mean)s (from %(low)s to %(high)s); half of the answers are %(median)s or less.") % (
        words | ends
    )


def finding(found: Frequency, names: dict[str, str]) -> str:
    """The title of the chart: what the numbers show."""
    best = best_of(found.categories)
    if len(best) == 1:
        return _("“%(label)s”: %(share)s") % {"label": names[best[0].key], "share": rounded(best[0].share)}
    if found.numbers is not None and found.numbers.mean is not None:
        return _("On average %(mean)s") % {"mean": decimal(found.numbers.mean)}
    if best:
        several = _(" and ").join(f"“{names[one.key]}”" for one in best)
        return _("%(several)s: %(share)s each") % {"several": several, "share": rounded(best[0].share)}
    return _("How often each answer was given")
