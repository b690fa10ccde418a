"""Which units the answers speak for, and what is to be settled."""

from django.urls import URLPattern, path

from contempo.questionnaires.views.coverage import settling, units

_COVERAGE = "questionari/<int:campaign>/copertura/"

urlpatterns: list[URLPattern] = [
    path(_COVERAGE, units.coverage, name="coverage"),
    path(f"{_COVERAGE}da-decidere/", settling.overlaps, name="overlaps"),
    path(f"{_COVERAGE}<int:target>/", settling.unit, name="unit"),
    path(f"{_COVERAGE}<int:target>/riapri/", settling.reopen, name="unit_reopen"),
    path(f"{_COVERAGE}<int:target>/altre/", settling.others, name="unit_others"),
]
