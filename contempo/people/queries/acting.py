"""For which organisation a person acts now: chosen with the switch, kept in the session, checked at every request."""

from collections.abc import MutableMapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from contempo.people.queries.persons import actor_for
from contempo.people.rules import Actor

SESSION_KEY = "acting_for"


def actor_of(request: HttpRequest, network_id: int | None) -> Actor:
    """The actor behind `request` in the network, acting for the organisation chosen with the switch; one SQL.

    A choice that no longer holds (the role ended) is forgotten, and the person is told.
    """
    chosen = request.session.get(SESSION_KEY, {}).get(str(network_id)) if request.user.is_authenticated else None
    actor = actor_for(request.user, network_id, chosen)
    if chosen is not None and actor.acting_for is None:
        remember_organisation(request.session, network_id, None)
        messages.warning(request, _("You no longer act for that organisation: from now on you act for yourself."))
    return actor


def remember_organisation(
    session: MutableMapping[str, Any], network_id: int | None, organisation_id: int | None
) -> None:
    """Keep the choice of the switch in the session; None means acting for oneself."""
    choices = {**session.get(SESSION_KEY, {}), str(network_id): organisation_id}
    session[SESSION_KEY] = {network: chosen for network, chosen in choices.items() if chosen is not None}
