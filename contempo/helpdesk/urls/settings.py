"""Addresses of the settings of the desk and of its experts."""

from django.urls import URLPattern, path

from contempo.helpdesk.views import settings

_EXPERT = "agenzia/sportello/esperti/<int:person_id>/"

urlpatterns: list[URLPattern] = [
    path("agenzia/sportello/", settings.policy, name="policy"),
    path("agenzia/sportello/esperti/", settings.experts, name="experts"),
    path(_EXPERT, settings.expert, name="expert"),
    path(f"{_EXPERT}assenze/", settings.absence, name="absence"),
    path(f"{_EXPERT}assenze/<int:absence_id>/elimina/", settings.absence_over, name="absence_over"),
    path("esperti/profilo/", settings.own_profile, name="own_profile"),
    path("esperti/profilo/assenze/", settings.absence, name="own_absence"),
    path("esperti/profilo/assenze/<int:absence_id>/elimina/", settings.absence_over, name="own_absence_over"),
    path("esperti/domande/<int:number>/ritardo/", settings.delay, name="delay"),
]
