"""The desk as Django starts it."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "contempo.helpdesk"
    label = "helpdesk"
    verbose_name = _("Desk and catalogue")

    def ready(self) -> None:
        from contempo.helpdesk.actions.calls import register_kinds
        from contempo.helpdesk.actions.catalogue import telling
        from contempo.helpdesk.handlers import listen_to_norms
        from contempo.helpdesk.queries.catalogue.pages import citations
        from contempo.helpdesk.queries.desk_cards import cards
        from contempo.helpdesk.queries.figures.sources import register_sources
        from contempo.helpdesk.queries.personal import personal_data
        from contempo.norms.public import register_citations
        from contempo.people import public as people

        register_kinds()
        telling.register_kinds()
        listen_to_norms()
        register_citations(citations)
        register_sources()
        people.register_desk_source(cards)
        people.register_personal_data("helpdesk", personal_data)
        _register_navigation()


def _register_navigation() -> None:
    from contempo.helpdesk.access import may_coordinate, may_read_figures, may_work_at_desk
    from contempo.people.public import NetworkRole
    from contempo.web.navigation import NavItem, register

    def coordinates(request: HttpRequest) -> bool:
        return bool(may_coordinate(request.actor))

    def reads_figures(request: HttpRequest) -> bool:
        return bool(may_read_figures(request.actor))

    def answers(request: HttpRequest) -> bool:
        return bool(request.actor.has(NetworkRole.EXPERT))

    def works(request: HttpRequest) -> bool:
        return bool(may_work_at_desk(request.actor))

    def asks_only(request: HttpRequest) -> bool:
        return not request.actor.is_visitor and not request.actor.roles

    register(NavItem(_("Desk"), "helpdesk:service", 5))
    register(NavItem(_("Questions"), "helpdesk:desk", 10, visible=works, group="desk"))
    register(NavItem(_("Catalogue"), "helpdesk:catalogue_keep", 15, visible=works, group="desk"))
    register(NavItem(_("Figures"), "helpdesk:figures", 28, visible=reads_figures, group="desk"))
    register(NavItem(_("My questions"), "helpdesk:my_questions", 45, visible=asks_only, group="desk"))
    register(NavItem(_("My profile at the desk"), "helpdesk:own_profile", 50, visible=answers, group="desk"))
    register(NavItem(_("Desk settings"), "helpdesk:policy", 91, visible=coordinates, group="desk"))
