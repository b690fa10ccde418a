"""Addresses of the monitoring and of the agile work plan, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.monitoring import figures

_EMPLOYER = "lavoro-agile/<slug:employer>/"

urlpatterns: list[URLPattern] = [
    path(f"{_EMPLOYER}monitoraggio/", figures.monitoring, name="monitoring"),
    path(f"{_EMPLOYER}monitoraggio/elenco/", figures.monitoring_records, name="monitoring_records"),
]
