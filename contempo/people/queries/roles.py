"""Who holds which role: the list those who manage people work with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.clock import ROME
from contempo.people.access import grants_visible_to, may_end, may_see_people
from contempo.people.models import ROLES, RoleGrant
from contempo.people.rules import ROLE_LABELS, Actor, OrganisationRole, networks, organisation_names
from contempo.web.lists import Column, ListPage, build, every_row

_SORT = "name"
_CHUNK = 500


@dataclass(frozen=True)
class RoleToEnd:
    """A role about to end, and the list to go back to."""

    name: str
    role: str
    organisation: str
    list_url: str


@dataclass(frozen=True)
class GrantRow:
    """A role somebody holds; `organisation` is empty for a role in the whole network."""

    id: int
    name: str
    email: str
    role: str
    organisation: str
    since: date
    may_end: bool


COLUMNS = (
    Column("name", _("Name"), sort="person__full_name"),
    Column("email", _("E-mail"), sort="person__email"),
    Column("role", _("Role"), sort="role"),
    Column("organisation", _("Organisation")),
    Column("since", _("Since"), sort="since"),
    Column("may_end", _("What to do"), template="people/cells/end.html"),
)
ORGANISATION_COLUMNS = tuple(column for column in COLUMNS if column.key != "organisation")


class GrantFilter(django_filters.FilterSet):
    """Roles by kind of role and by a piece of name or address."""

    role = django_filters.ChoiceFilter(field_name="role", label=_("Role"), choices=ROLES, empty_label=_("All roles"))
    q = django_filters.CharFilter(method="named", label=_("Name or e-mail"))

    class Meta:
        model = RoleGrant
        fields = ("role", "q")

    def named(self, grants: QuerySet[RoleGrant], name: str, piece: str) -> QuerySet[RoleGrant]:
        return grants.filter(Q(person__full_name__icontains=piece) | Q(person__email__icontains=piece))


def role_list(actor: Actor, *, network_id: int, organisation_id: int | None, params: QueryDict) -> ListPage:
    """A page of the roles held now in the network, or for one of its organisations, as the actor may see them.

    Three SQL statements, whatever the number of rows.
    """
    filterset = _filter(actor, network_id, organisation_id, params)
    page = build(filterset, columns=_columns(organisation_id), to_row=lambda grant: grant, sort=_SORT)
    return replace(page, rows=tuple(_rows(actor, page.rows)))


def every_role(
    actor: Actor, *, network_id: int, organisation_id: int | None, params: QueryDict
) -> tuple[Iterator[GrantRow], Sequence[Column]]:
    """Every row of the same list, read in chunks, and the columns of the file."""
    filterset = _filter(actor, network_id, organisation_id, params)
    grants = every_row(filterset, columns=COLUMNS, to_row=lambda grant: grant, sort=_SORT)

    def rows() -> Iterator[GrantRow]:
        while chunk := list(islice(grants, _CHUNK)):
            yield from _rows(actor, chunk)

    return rows(), [column for column in _columns(organisation_id) if column.key != "may_end"]


def role_to_end(actor: Actor, *, network_id: int, grant_id: int) -> RoleToEnd | None:
    """The role the actor is about to end, None when it is over or not for the actor to manage; five SQL at most.

    Its list is that of the whole network for coordinators, that of the organisation for everybody else.
    """
    visible = grants_visible_to(actor, RoleGrant.objects.filter(network_id=network_id, until=None))
    found = visible.select_related("person").filter(pk=grant_id).first()
    if found is None or not may_see_people(actor, network_id=network_id, organisation_id=found.organisation_id):
        return None
    slug = networks([network_id])[network_id].slug
    whole = reverse("people:network_people", args=[slug])
    part = reverse("people:organisation_people", args=[slug, found.organisation_id]) if found.organisation_id else whole
    row = next(_rows(actor, [found]))
    listed_in = whole if may_see_people(actor, network_id=network_id) else part
    return RoleToEnd(row.name, row.role, row.organisation, listed_in)


def _filter(actor: Actor, network_id: int, organisation_id: int | None, params: QueryDict) -> GrantFilter:
    held = RoleGrant.objects.filter(network_id=network_id, until=None).select_related("person")
    if organisation_id is not None:
        held = held.filter(organisation_id=organisation_id)
    made = GrantFilter(params, queryset=grants_visible_to(actor, held))
    if organisation_id is not None:
        roles = {role.value for role in OrganisationRole}
        made.form.fields["role"].choices = [
            ("", _("All roles")),
            *((key, label) for key, label in ROLES if key in roles),
        ]
    return made


def _columns(organisation_id: int | None) -> Sequence[Column]:
    return COLUMNS if organisation_id is None else ORGANISATION_COLUMNS


def _rows(actor: Actor, grants: Sequence[RoleGrant]) -> Iterator[GrantRow]:
    called = organisation_names(grant.organisation_id for grant in grants)
    for grant in grants:
        yield GrantRow(
            id=grant.pk,
            name=str(grant.person),
            email=grant.person.email or "",
            role=gettext(ROLE_LABELS[grant.role]),
            organisation=called.get(grant.organisation_id or 0, ""),
            since=grant.since.astimezone(ROME).date(),
            may_end=bool(may_end(actor, grant)),
        )
