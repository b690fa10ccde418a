"""Questionnaires as Django starts them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "contempo.questionnaires"
    label = "questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        from contempo.people import public as people
        from contempo.questionnaires.forms.campaigns.files import register_lists
        from contempo.questionnaires.forms.past.files import register_past_files
        from contempo.questionnaires.handlers import listen_to_questionnaires
        from contempo.questionnaires.queries.campaigns.sources import register_network_population
        from contempo.questionnaires.queries.desk import cards
        from contempo.questionnaires.queries.held import personal_data
        from contempo.questionnaires.queries.sources import register_sources
        from contempo.web.navigation import NavItem, register

        listen_to_questionnaires()
        register_network_population()
        register_lists()
        register(NavItem(_("Questionnaires"), "questionnaires:campaigns", 24))
        people.register_desk_source(cards)
        people.register_personal_data("questionnaires", personal_data)
        register_sources()
        register_past_files()
