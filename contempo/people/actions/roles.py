"""Giving and ending roles."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.access import may_end, may_give
from contempo.people.actions.notifications import notify
from contempo.people.models import Person, RoleGrant
from contempo.people.rules import (
    ROLE_KIND,
    ROLE_LABELS,
    Actor,
    Role,
    organisation_names,
    require_not_last,
    require_scope,
    role_named,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@action
def grant(actor: Actor, *, person_id: int, role: Role, network_id: int, organisation_id: int | None = None) -> int:
    """Give `role` to a person, in the network or for one organisation of it; returns the grant's number.

    Whoever holds the role already keeps the grant they have. The person is told, unless the platform itself
    (`SYSTEM`) or the person did it. Raises NotPermitted, or Refusal when role and scope do not fit.
    """
    role = role_named(role)
    require_scope(role, organisation_id)
    require(may_give(actor, role=role, network_id=network_id, organisation_id=organisation_id))
    return bestow(
        actor,
        person_id=person_id,
        role=role,
        network_id=network_id,
        organisation_id=organisation_id,
        granted_by=actor.person_id,
    )


def bestow(
    actor: Actor,
    *,
    person_id: int,
    role: Role,
    network_id: int,
    organisation_id: int | None,
    granted_by: int | None,
) -> int:
    """Write the grant and tell the person; the caller has authorised it."""
    if not Person.objects.filter(pk=person_id, is_active=True).exists():
        raise Refusal(N_("This account is closed."))
    held, created = RoleGrant.objects.get_or_create(
        person_id=person_id,
        role=role.value,
        network_id=network_id,
        organisation_id=organisation_id,
        until=None,
        defaults={"since": now(), "granted_by_id": granted_by},
    )
    if created and _told_by_another(actor, person_id):
        _tell(
            held,
            title=_("You have a new role: {role}"),
            text=_("You can use at once what it opens."),
            text_for_organisation=_("From now on you act for {organisation}."),
        )
    return held.pk


@action
def end_role(actor: Actor, *, grant_id: int) -> None:
    """End a role now; the person is told. The last coordinator and the last legal representative stay.

    Raises NotPermitted, or Refusal when the role has ended already or nobody else holds it.
    """
    held = RoleGrant.objects.filter(pk=grant_id).first()
    if held is None:
        raise Refusal(N_("This role is not there any more."))
    require(may_end(actor, held))
    # Every holder's row is locked, in order, so that two who leave at once see each other.
    holders = list(
        RoleGrant.objects.select_for_update()
        .filter(role=held.role, network_id=held.network_id, organisation_id=held.organisation_id, until=None)
        .order_by("pk")
    )
    if held.pk not in {holder.pk for holder in holders}:
        raise Refusal(N_("This role has ended already."))
    require_not_last(role_named(held.role), other_holders=len({holder.person_id for holder in holders}) - 1)
    RoleGrant.objects.filter(pk=held.pk).update(until=now())
    if _told_by_another(actor, held.person_id):
        _tell(
            held,
            title=_("A role of yours has ended: {role}"),
            text=_("You no longer see what it opened."),
            text_for_organisation=_("You no longer act for {organisation} in this role."),
        )


def _told_by_another(actor: Actor, person_id: int) -> bool:
    return actor.person_id is not None and actor.person_id != person_id


def _tell(held: RoleGrant, *, title: "StrPromise", text: "StrPromise", text_for_organisation: "StrPromise") -> None:
    organisation = organisation_names([held.organisation_id]).get(held.organisation_id or 0, "")
    notify(
        [held.person_id],
        kind=ROLE_KIND.name,
        network_id=held.network_id,
        title=format_lazy(title, role=_(ROLE_LABELS[held.role])),
        text=format_lazy(text_for_organisation, organisation=organisation) if organisation else text,
        url=reverse("people:profile"),
    )
