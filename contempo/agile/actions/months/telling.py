"""Who is told of a month, and where its pages are."""

from collections.abc import Iterable

from django.utils.functional import Promise

from contempo.agile.models import Month
from contempo.core.words import N_
from contempo.people.public import (
    Kind,
    OrganisationRole,
    notify,
    persons_of_organisation,
    register_notification_kind,
)

FOR_WORKERS = Kind("agile.bank", N_("The bank of agile days"))
FOR_KEEPERS = Kind("agile.months", N_("Months of agile work to see to"))


def register_kinds() -> None:
    """Make the notifications about months known; called once when the application starts."""
    for kind in (FOR_WORKERS, FOR_KEEPERS):
        register_notification_kind(kind)


def month_path(month: Month, page: str) -> str:
    """Path of a page of a month: `banca` or `mesi`."""
    employer = month.employer
    return f"/{employer.network.slug}/lavoro-agile/{employer.organisation.slug}/{page}/{month.first_day:%Y-%m}/"


def tell(
    person_ids: Iterable[int], month: Month, *, kind: Kind, title: str | Promise, text: str | Promise, url: str
) -> None:
    """Tell each of the persons once."""
    notify(set(person_ids), kind=kind.name, network_id=month.employer.network_id, title=title, text=text, url=url)


def keepers(month: Month) -> set[int]:
    """The persons who keep the agile work of the employer."""
    found = persons_of_organisation(month.employer.organisation_id, OrganisationRole.HR_MANAGER)
    return {person.id for person in found}
