"""The network context as Django starts it: what it tells people and the frame of the pages."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "contempo.network"
    label = "network"
    verbose_name = _("Networks and organisations")

    def ready(self) -> None:
        from contempo.network.actions.accession.story import register_kinds
        from contempo.network.queries import desk, names, personal
        from contempo.people import public as people

        register_kinds()
        people.register_networks(names.networks_called)
        people.register_organisation_names(names.organisation_names)
        people.register_organisation_networks(names.organisation_networks)
        people.register_desk_source(desk.cards)
        people.register_personal_data("network", personal.personal_data)
        _register_navigation()


def _register_navigation() -> None:
    from contempo.network.access import may_read_queue, may_run_agency
    from contempo.web.navigation import NavItem, register

    def reads(request: HttpRequest) -> bool:
        return bool(may_read_queue(request.actor))

    def runs(request: HttpRequest) -> bool:
        return bool(may_run_agency(request.actor))

    def acts_for_some(request: HttpRequest) -> bool:
        return bool(request.actor.organisations)

    register(NavItem(_("Members"), "network:members", 20))
    register(NavItem(_("Growth"), "network:growth", 30))
    register(NavItem(_("Join the network"), "network:join", 40))
    register(NavItem(_("Requests"), "network:queue", 20, visible=reads, group="desk"))
    register(NavItem(_("Registry"), "network:registry", 30, visible=reads, group="desk"))
    register(NavItem(_("My organisations"), "network:own_organisations", 40, visible=acts_for_some, group="desk"))
    register(NavItem(_("Network settings"), "network:network_settings", 90, visible=runs, group="desk"))
