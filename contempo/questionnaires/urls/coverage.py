"""Which units the answers speak for, and what is to be settled."""

from django.urls import URLPattern, path

from contempo.questionnaires.views.coverage import units

_COVERAGE = "questionari/<int:campaign>/copertura/"

urlpatterns: list[URLPattern] = [
    path(_COVERAGE, units.coverage, name="coverage"),
    path(f"{_COVERAGE}da-decidere/", units.coverage, name="overlaps"),
    path(f"{_COVERAGE}<int:target>/", units.coverage, name="unit"),
]
