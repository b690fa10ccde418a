"""Results: figures, tables, texts, report, data."""

from django.urls import URLPattern, path

from contempo.questionnaires.views.reading import responses, results, tables

_CAMPAIGN = "questionari/<int:campaign>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CAMPAIGN}risultati/", results.results, name="results"),
    path(f"{_CAMPAIGN}tabelle/", tables.tables, name="tables"),
    path(f"{_CAMPAIGN}tabelle/conserva/", tables.keep, name="table_keep"),
    path(f"{_CAMPAIGN}tabelle/<int:table>/", tables.change, name="table_change"),
    path(f"{_CAMPAIGN}risposte/", responses.responses, name="responses"),
    path(f"{_CAMPAIGN}risposte/<uuid:response>/", responses.response, name="response"),
    path(f"{_CAMPAIGN}risposte/<uuid:response>/file/<int:file>/", responses.response_file, name="response_file"),
]
