"""The published criteria of an employer."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from contempo.agile.access import may_keep
from contempo.agile.models import CriteriaVersion, Employer
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import PROPOSED, THRESHOLD, Criterion, Difference, Differing, differences
from contempo.core.words import N_
from contempo.people.public import names

_HOW = {
    Difference.ADDED: N_("New criterion"),
    Difference.DROPPED: N_("No longer asked"),
    Difference.REWORDED: N_("Other words"),
    Difference.REQUIRED: N_("Now required"),
    Difference.OPTIONAL: N_("No longer required"),
}


@dataclass(frozen=True)
class CriterionShown:
    """A criterion in the reader's language."""

    text: str
    help: str
    required: bool


@dataclass(frozen=True)
class ChangeShown:
    """One thing a version changed; `before` is the text there was, where words changed."""

    how: str
    text: str
    before: str


@dataclass(frozen=True)
class VersionLink:
    """Another version, and the page of it."""

    number: int
    since: date
    url: str
    shown: bool


@dataclass(frozen=True)
class CriteriaPage:
    """A version of the criteria with what it changed; `threshold_before` None where the threshold stayed.

    `proposed`: none is published yet and these are the ones to begin with. `publisher` is empty for who works
    elsewhere.
    """

    number: int
    since: date | None
    threshold: int
    threshold_before: int | None
    note: str
    publisher: str
    criteria: tuple[CriterionShown, ...]
    changes: tuple[ChangeShown, ...]
    versions: tuple[VersionLink, ...]
    current: bool
    proposed: bool
    may_publish: bool


def criteria_page(opened: OpenedEmployer, number: int | None = None) -> CriteriaPage | None:
    """The page of a version, of the newest when `number` is None; None when there is no such version. Two SQL."""
    versions = list(CriteriaVersion.objects.filter(employer=opened.employer).order_by("number"))
    if not versions:
        return _proposed(opened) if number is None else None
    wanted = versions[-1].number if number is None else number
    place = next((place for place, each in enumerate(versions) if each.number == wanted), None)
    if place is None:
        return None
    version, before = versions[place], versions[place - 1] if place else None
    found = _of(version)
    changes = differences(_of(before), found) if before else ()
    return CriteriaPage(
        number=version.number,
        since=version.since,
        threshold=version.threshold,
        threshold_before=before.threshold if before and before.threshold != version.threshold else None,
        note=version.note,
        publisher=names([version.published_by_id]).get(version.published_by_id or 0, "") if opened.part.any else "",
        criteria=tuple(map(shown, found)),
        changes=tuple(map(_change, changes)),
        versions=tuple(_link(opened, each, shown=each is version) for each in reversed(versions)),
        current=version is versions[-1],
        proposed=False,
        may_publish=bool(may_keep(opened.part)),
    )


def _proposed(opened: OpenedEmployer) -> CriteriaPage:
    return CriteriaPage(
        number=0,
        since=None,
        threshold=THRESHOLD,
        threshold_before=None,
        note="",
        publisher="",
        criteria=tuple(map(shown, PROPOSED)),
        changes=(),
        versions=(),
        current=True,
        proposed=True,
        may_publish=bool(may_keep(opened.part)),
    )


@dataclass(frozen=True)
class CriteriaTyped:
    """What the form of a new version begins with."""

    number: int
    criteria: tuple[Criterion, ...]
    threshold: int


def criteria_typed(opened: OpenedEmployer) -> CriteriaTyped:
    """The criteria in force, or those proposed before any is published, to be changed. One SQL."""
    version = current_version(opened.employer)
    if version is None:
        return CriteriaTyped(0, PROPOSED, THRESHOLD)
    return CriteriaTyped(version.number, _of(version), version.threshold)


def current_version(employer: Employer) -> CriteriaVersion | None:
    """The criteria in force; None before any is published. One SQL."""
    return CriteriaVersion.objects.filter(employer=employer).order_by("-number").first()


def _of(version: CriteriaVersion) -> tuple[Criterion, ...]:
    return tuple(map(Criterion.read, version.criteria))


def shown(criterion: Criterion) -> CriterionShown:
    """A criterion as its reader sees it."""
    language = get_language() or "it"
    return CriterionShown(criterion.text(language), criterion.help(language), criterion.required)


def _change(each: Differing) -> ChangeShown:
    now, before = shown(each.criterion), shown(each.before) if each.before else None
    reworded = each.how is Difference.REWORDED and before is not None
    return ChangeShown(gettext(_HOW[each.how]), now.text, before.text if reworded and before else "")


def _link(opened: OpenedEmployer, version: CriteriaVersion, *, shown: bool) -> VersionLink:
    return VersionLink(version.number, version.since, opened.url("criteria_version", number=version.number), shown)
