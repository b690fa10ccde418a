"""Addresses of indicators, of their values, and of monitoring periods."""

from django.urls import URLPattern, path

from contempo.programmes.views.indicators import boards, periods, values

_PLAN = "piani/<slug:plan>/"
_INDICATOR = f"{_PLAN}indicatori/<slug:indicator>/"
_VALUE = f"{_PLAN}valori/<int:measurement_id>/"
_PERIOD = f"{_PLAN}periodi/<slug:period>/"

urlpatterns: list[URLPattern] = [
    path(f"{_PLAN}indicatori/", boards.board, name="board"),
    path(_INDICATOR, boards.indicator, name="indicator"),
    path(f"{_INDICATOR}dati/", boards.records, name="records"),
    path(f"{_INDICATOR}valore/", values.enter, name="value_enter"),
    path(f"{_PLAN}valori/", values.values, name="values"),
    path(_VALUE, values.value, name="value"),
    path(f"{_VALUE}decisione/", values.decide, name="value_decide"),
    path(f"{_VALUE}documenti/<uuid:attachment>/", values.evidence, name="value_evidence"),
    path(f"{_PLAN}periodi/", periods.periods, name="periods"),
    path(_PERIOD, periods.period, name="period"),
    path(f"{_PERIOD}chiudi/", periods.close, name="period_close"),
    path(f"{_PERIOD}verifica/", periods.verify, name="period_verify"),
    path(f"{_PERIOD}sigillo/", periods.seal_file, name="period_file"),
]
