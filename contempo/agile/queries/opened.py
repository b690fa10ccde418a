"""One employer as its pages open it, with the pages it has for its reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.agile.access import Part, may_act_as_worker, may_manage, may_read_inside, part_of, visible_employers
from contempo.agile.models import Employer
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.web.tabs import Tab


@dataclass(frozen=True)
class OpenedEmployer:
    """An employer with the part its reader has there; `tabs` are the pages they may open, `pages` their addresses."""

    employer: Employer
    part: Part
    tabs: tuple[Tab, ...]
    pages: Mapping[str, str]

    def url(self, name: str, **parts: object) -> str:
        """The address of a page of this employer; `parts` are the further ones of the address."""
        where = {"network": self.employer.network.slug, "employer": self.employer.organisation.slug, **parts}
        return reverse(f"agile:{name}", kwargs=where)


def _everybody(_part: Part) -> bool:
    return True


def _inside(part: Part) -> bool:
    return bool(may_read_inside(part))


def _outside(part: Part) -> bool:
    return not part.any


def _manages(part: Part) -> bool:
    return bool(may_manage(part))


def _works(part: Part) -> bool:
    return bool(may_act_as_worker(part))


PAGES: tuple[tuple[str, str, Callable[[Part], bool]], ...] = (
    ("my_month", N_("My month"), _works),
    ("team_now", N_("Presences"), _inside),
    ("bank", N_("Bank of days"), _works),
    ("agreements", N_("Agreement"), _inside),
    ("activities", N_("Mapping"), _inside),
    ("criteria", N_("Criteria"), _outside),
    ("staff", N_("Staff"), _manages),
    ("months", N_("Months"), _manages),
    ("policy", N_("Rules of the month"), _everybody),
    ("results", N_("Published results"), _everybody),
    ("monitoring", N_("Monitoring"), _inside),
    ("work_plan", N_("Agile work plan"), _everybody),
    ("my_data", N_("My data"), _works),
)
"""Name of the address, message id of the label, whether who has the part may open it; in the order of the tabs."""

_INSTEAD = {"criteria": "activities"}
"""The tab that is all a stranger sees of the pages of another."""


def opened(actor: Actor, slug: str, *, current: str = "") -> OpenedEmployer | None:
    """The employer `slug` of the actor's network, None when there is none. `current` names the page shown. Two SQL."""
    employers = Employer.objects.select_related("network", "organisation__municipality")
    employer = visible_employers(actor, employers).filter(organisation__slug=slug).first()
    if employer is None:
        return None
    part = part_of(actor, employer)
    where = {"network": employer.network.slug, "employer": slug}
    pages = {name: reverse(f"agile:{name}", kwargs=where) for name, _label, open_to in PAGES if open_to(part)}
    tabs = tuple(
        Tab(_(label), pages[name], current=current in (name, _INSTEAD.get(name)))
        for name, label, _to in PAGES
        if name in pages
    )
    return OpenedEmployer(employer, part, tabs, pages)
