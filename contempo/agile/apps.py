"""Agile work as Django starts it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgileConfig(AppConfig):
    name = "contempo.agile"
    label = "agile"
    verbose_name = _("Agile work")

    def ready(self) -> None:
        from contempo.agile.actions.agreements import story
        from contempo.agile.actions.months import telling
        from contempo.agile.actions.planning import telling as planning_telling
        from contempo.agile.forms.mapping.files import register_mapping_files
        from contempo.agile.forms.staff.files import register_staff_files
        from contempo.agile.handlers import listen_to_agile
        from contempo.agile.queries import desk
        from contempo.agile.queries.bank import desk as bank_desk
        from contempo.agile.queries.monitoring.asked import register_opinions
        from contempo.agile.queries.monitoring.sources import register_sources
        from contempo.agile.queries.staff.asked import register_staff_population
        from contempo.agile.queries.staff.held import personal_data
        from contempo.people import public as people
        from contempo.web.navigation import NavItem, register

        people.register_desk_source(desk.cards)
        people.register_desk_source(bank_desk.cards)
        story.register_kinds()
        telling.register_kinds()
        planning_telling.register_kinds()
        listen_to_agile()
        register_staff_files()
        people.register_personal_data("agile", personal_data)
        register(NavItem(_("Agile work"), "agile:employers", 27))
        register_mapping_files()
        register_sources()
        register_staff_population()
        register_opinions()
