"""Programmes as Django starts them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "contempo.programmes"
    label = "programmes"
    verbose_name = _("Plans, indicators and money")

    def ready(self) -> None:
        from contempo.people import public as people
        from contempo.programmes.actions import values
        from contempo.programmes.actions.claims.story import register_kinds
        from contempo.programmes.handlers import listen_to_programmes
        from contempo.programmes.queries.claims import desk as claims_desk
        from contempo.programmes.queries.indicators.sources import register_own_sources

        register_kinds()
        values.register_kinds()
        listen_to_programmes()
        register_own_sources()
        people.register_desk_source(claims_desk.cards)
