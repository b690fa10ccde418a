"""Who may ask for agile work, by directorate, sex and age class."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext

from contempo.agile.access import may_keep
from contempo.agile.models import EmployerTally
from contempo.agile.queries.mapping.activities import directorate_choices, units_of
from contempo.agile.queries.mapping.criteria import current_version
from contempo.agile.queries.mapping.workers import AGE_LABELS, YES
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import UNKNOWN_AGE, Counted, told
from contempo.agile.rules.staff import SEX_LABELS, age_class
from contempo.core.words import N_


@dataclass(frozen=True)
class EligibleRow:
    """Of so many people of one kind, how many may ask; all None where the cell is small. Addresses only for who may
    open the lists, which are as long as the figures."""

    name: str
    staff: int | None
    eligible: int | None
    percent: int | None
    staff_url: str
    eligible_url: str


@dataclass(frozen=True)
class EligibleTable:
    """The rows of one trait of the staff."""

    title: str
    head: str
    rows: tuple[EligibleRow, ...]


@dataclass(frozen=True)
class Eligibility:
    """The figures with their total; `hidden` says that some are not told. `directorate` is the one chosen (by human
    resources), `choices` those to choose from."""

    total: EligibleRow
    tables: tuple[EligibleTable, ...]
    exact: bool
    hidden: bool
    threshold: int | None
    directorate: str
    choices: tuple[tuple[str, str], ...]


def eligibility(opened: OpenedEmployer, directorate: str, *, today: date) -> Eligibility:
    """The figures of an employer, from the sums the database keeps; exact for human resources only. Three SQL.

    `directorate` narrows them for human resources. Everybody else reads the whole employer: from a part and the whole
    what is hidden could be found.
    """
    exact = bool(may_keep(opened.part))
    named = directorate_choices(units_of(opened))
    chosen = directorate if exact and directorate in dict(named) else ""
    by_directorate, by_sex, by_age = _counted(opened, chosen, today)
    version = current_version(opened.employer)
    tables = (
        (N_("By directorate"), N_("Directorate"), "direzione", dict(named), by_directorate),
        (N_("By sex"), N_("Sex"), "sesso", _labelled(SEX_LABELS), by_sex),
        (N_("By age"), N_("Age at the end of the year"), "eta", _labelled(AGE_LABELS), by_age),
    )
    found = []
    total = told(by_sex, exact=exact).total
    for title, head, filter_name, labels, counts in tables:
        if chosen and filter_name == "direzione":
            continue
        rows = told(counts, exact=exact).rows
        made = tuple(
            _row(opened, labels[key], rows[key], {"direzione": chosen, filter_name: key}, exact=exact)
            for key in labels
            if key in rows
        )
        found.append(EligibleTable(gettext(title), gettext(head), made))
    return Eligibility(
        total=_row(opened, "", total, {"direzione": chosen}, exact=exact),
        tables=tuple(found),
        exact=exact,
        hidden=total is None or any(row.staff is None for table in found for row in table.rows),
        threshold=version.threshold if version else None,
        directorate=chosen,
        choices=tuple(named) if exact else (),
    )


def _counted(
    opened: OpenedEmployer, chosen: str, today: date
) -> tuple[dict[str, Counted], dict[str, Counted], dict[str, Counted]]:
    """The sums by directorate, by sex and by age class."""
    found: tuple[dict[str, Counted], dict[str, Counted], dict[str, Counted]] = ({}, {}, {})
    kept = EmployerTally.objects.filter(employer=opened.employer, facet="worker", measure__in=("staff", "eligible"))
    if chosen:
        kept = kept.filter(key__startswith=f"{chosen}|")
    for key, measure, count in kept.filter(count__gt=0).values_list("key", "measure", "count"):
        directorate, sex, born = key.split("|")
        age = age_class(int(born), today.year) if int(born) else UNKNOWN_AGE
        more = Counted(staff=count) if measure == "staff" else Counted(eligible=count)
        for table, part in zip(found, (directorate, sex, age), strict=True):
            table[part] = table.get(part, Counted()) + more
    return found


def _labelled(labels: Mapping[str, str]) -> dict[str, str]:
    return {str(key): gettext(label) for key, label in labels.items()}


def _row(
    opened: OpenedEmployer, name: str, counted: Counted | None, chosen: Mapping[str, str], *, exact: bool
) -> EligibleRow:
    if counted is None:
        return EligibleRow(name, None, None, None, "", "")
    filters = {key: value for key, value in chosen.items() if value}
    everybody, eligible = urlencode(filters), urlencode({**filters, "idoneita": YES})
    address = opened.url("eligible_workers")
    return EligibleRow(
        name=name,
        staff=counted.staff,
        eligible=counted.eligible,
        percent=100 * counted.eligible // counted.staff if counted.staff else None,
        staff_url=f"{address}?{everybody}" if exact else "",
        eligible_url=f"{address}?{eligible}" if exact else "",
    )
