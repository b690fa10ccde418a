"""Rates and counts of a campaign, and the lists behind them."""

from django.urls import URLPattern, path

from contempo.questionnaires.views.board import pages

_CAMPAIGN = "questionari/<int:campaign>/"

urlpatterns: list[URLPattern] = [
    path(_CAMPAIGN, pages.board, name="campaign"),
    path(f"{_CAMPAIGN}tassi/", pages.rates, name="rates"),
    path(f"{_CAMPAIGN}mappa/", pages.territories, name="territories"),
    path(f"{_CAMPAIGN}tassi/inviti/", pages.behind, name="behind"),
    path(f"{_CAMPAIGN}ritardi/", pages.late, name="late"),
]
