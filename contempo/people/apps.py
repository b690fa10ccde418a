from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "contempo.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from contempo.core.imports.people import register_people
        from contempo.people.queries import actor_by_ids, names, person_menu
        from contempo.people.rules import INVITATION_KIND, ROLE_KIND, register_notification_kind
        from contempo.web.navigation import NavItem, register, register_person_menu

        register_notification_kind(ROLE_KIND)
        register_notification_kind(INVITATION_KIND)
        register_person_menu(person_menu)
        register_people(actor_of=actor_by_ids, names=names)
        register(
            NavItem(
                _("People"),
                "people:network_people",
                order=80,
                group="desk",
                visible=_coordinates,
            )
        )


def _coordinates(request: Any) -> bool:
    from contempo.people.rules import NetworkRole

    return bool(request.actor.has(NetworkRole.COORDINATOR))
