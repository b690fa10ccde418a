"""Questionnaires as Django starts them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "contempo.questionnaires"
    label = "questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        from contempo.questionnaires.handlers import listen_to_questionnaires

        listen_to_questionnaires()
