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
        from contempo.programmes.queries.indicators import desk as indicators_desk
        from contempo.programmes.queries.indicators.sources import register_own_sources
        from contempo.programmes.queries.money import desk as money_desk
        from contempo.programmes.queries.personal import personal_data
        from contempo.programmes.queries.plans import desk as plans_desk
        from contempo.web.navigation import NavItem, register

        register_kinds()
        values.register_kinds()
        listen_to_programmes()
        register_own_sources()
        people.register_personal_data("programmes", personal_data)
        people.register_desk_source(claims_desk.cards)
        people.register_desk_source(plans_desk.cards)
        people.register_desk_source(money_desk.cards)
        people.register_desk_source(indicators_desk.cards)
        register(NavItem(_("Plans"), "programmes:plans", 25))
