"""Addresses of months, rules and results."""

from django.urls import URLPattern, path

from contempo.agile.views.months import month, results, rules

_EMPLOYER = "lavoro-agile/<slug:employer>"
_MONTHS = f"{_EMPLOYER}/mesi"
_MONTH = f"{_MONTHS}/<str:month>"
_RESULTS = f"{_EMPLOYER}/esiti"

urlpatterns: list[URLPattern] = [
    path(f"{_EMPLOYER}/regole/", rules.policy, name="policy"),
    path(f"{_EMPLOYER}/regole/nuove/", rules.policy_new, name="policy_new"),
    path(f"{_MONTHS}/", month.months, name="months"),
    path(f"{_MONTHS}/nuovo/", month.month_new, name="month_new"),
    path(f"{_MONTH}/", month.month, name="month"),
    path(f"{_MONTH}/date/", month.month_windows, name="month_windows"),
    path(f"{_MONTH}/apri/", month.month_open, name="month_open"),
    path(f"{_MONTH}/elimina/", month.month_drop, name="month_drop"),
    path(f"{_MONTH}/assegna/", month.month_clear, name="month_clear"),
    path(f"{_MONTH}/pubblica/", month.month_publish, name="month_publish"),
    path(f"{_MONTH}/riassegna/", month.month_clear_again, name="month_clear_again"),
    path(f"{_MONTH}/chiudi/", month.month_close, name="month_close"),
    path(f"{_MONTH}/budget/<int:unit_id>/", month.month_persons, name="month_persons"),
    path(f"{_MONTH}/registro/", month.month_ledger, name="month_ledger"),
    path(f"{_MONTH}/richieste/", month.month_requests, name="month_requests"),
    path(f"{_MONTH}/ricorsi/", month.month_appeals, name="month_appeals"),
    path(f"{_MONTH}/ricorsi/<int:appeal_id>/", month.month_appeal, name="month_appeal"),
    path(f"{_RESULTS}/", results.results, name="results"),
    path(f"{_RESULTS}/<str:month>/<int:number>/", results.result, name="result"),
    path(f"{_RESULTS}/<str:month>/<int:number>/dati/", results.result_file, name="result_file"),
]
