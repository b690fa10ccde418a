"""The desk as Django starts it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "contempo.helpdesk"
    label = "helpdesk"
    verbose_name = _("Desk and catalogue")

    def ready(self) -> None:
        from contempo.helpdesk.actions.calls import register_kinds
        from contempo.helpdesk.queries.personal import personal_data
        from contempo.people import public as people

        register_kinds()
        people.register_personal_data("helpdesk", personal_data)
