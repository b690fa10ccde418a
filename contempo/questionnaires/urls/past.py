"""Surveys of the past: their data, or only their aggregates."""

from django.urls import path

from contempo.questionnaires.views.past import pages

_PAST = "questionari/passate/"

urlpatterns = [
    path(_PAST, pages.past, name="past"),
    path(f"{_PAST}nuova/", pages.past_new, name="past_new"),
    path(f"{_PAST}<int:campaign>/", pages.past_one, name="past_one"),
    path(f"{_PAST}<int:campaign>/colonne/", pages.past_columns, name="past_columns"),
    path("questionari/<int:campaign>/aggregati/", pages.aggregates, name="aggregates"),
]
