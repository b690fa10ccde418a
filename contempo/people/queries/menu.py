"""The menu of the signed-in person, in the header of every page."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.people.queries.notifications import unread_count
from contempo.people.rules import Actor, OrganisationRole, organisation_names
from contempo.web.navigation import ActingSwitch, Choice, MenuLink, PersonMenu


def person_menu(request: Any) -> PersonMenu:
    """Notifications, profile and the switch "acting for"; one SQL, and another for whoever acts for organisations."""
    actor: Actor = request.actor
    profile = MenuLink(_("My profile"), reverse("people:profile"), "it-user")
    if request.network is None:
        return PersonMenu(name=request.user.get_short_name(), links=(profile,))
    slug = request.network.slug
    unread = unread_count(actor.person_id, request.network.id)
    called = organisation_names(actor.organisations)
    told = MenuLink(_("Notifications"), reverse("people:notifications", args=[slug]), "it-mail", unread)
    represented = [key for key, roles in actor.organisation_roles if OrganisationRole.REPRESENTATIVE in roles]
    theirs = (
        MenuLink(
            _("People of %(organisation)s") % {"organisation": called.get(key, key)},
            reverse("people:organisation_people", args=[slug, key]),
            "it-pa",
        )
        for key in represented
    )
    return PersonMenu(
        name=request.user.get_short_name(),
        links=(told, profile, *theirs),
        acting_for=called.get(actor.acting_for or 0, ""),
        acting=_switch(slug, actor, called) if actor.organisations else None,
        unread=unread,
    )


def _switch(slug: str, actor: Actor, called: Mapping[int, str]) -> ActingSwitch:
    oneself = Choice("", _("Myself"), actor.acting_for is None)
    organisations = sorted((called.get(key, str(key)), key) for key in actor.organisations)
    return ActingSwitch(
        url=reverse("people:act_for", args=[slug]),
        field="organisation",
        choices=(oneself, *(Choice(str(key), name, key == actor.acting_for) for name, key in organisations)),
    )
