"""Results: figures, tables, texts, report, data."""

from django.urls import URLPattern, path

from contempo.questionnaires.views.reading import comparing, data, responses, results, tables, texts

_CAMPAIGN = "questionari/<int:campaign>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CAMPAIGN}risultati/", results.results, name="results"),
    path(f"{_CAMPAIGN}tabelle/", tables.tables, name="tables"),
    path(f"{_CAMPAIGN}tabelle/conserva/", tables.keep, name="table_keep"),
    path(f"{_CAMPAIGN}tabelle/<int:table>/", tables.change, name="table_change"),
    path(f"{_CAMPAIGN}confronto/", comparing.compare, name="compare"),
    path(f"{_CAMPAIGN}testi/", texts.texts, name="texts"),
    path(f"{_CAMPAIGN}testi/<str:question>/", texts.texts, name="text"),
    path(f"{_CAMPAIGN}testi/<str:question>/codici/", texts.give, name="text_give"),
    path(f"{_CAMPAIGN}testi/<str:question>/codici/<int:code>/", texts.code, name="text_code"),
    path(f"{_CAMPAIGN}rapporto/", data.report, name="report"),
    path(f"{_CAMPAIGN}dati/", data.data, name="data"),
    path(f"{_CAMPAIGN}dati/codici/", data.codes, name="code_book"),
    path(f"{_CAMPAIGN}dati/file/<uuid:extract>/", data.extract, name="extract"),
    path(f"{_CAMPAIGN}dati/<slug:kind>/", data.data_file, name="data_file"),
    path(f"{_CAMPAIGN}dati/<slug:kind>/prepara/", data.ask, name="data_ask"),
    path(f"{_CAMPAIGN}risposte/", responses.responses, name="responses"),
    path(f"{_CAMPAIGN}risposte/<uuid:response>/", responses.response, name="response"),
    path(f"{_CAMPAIGN}risposte/<uuid:response>/file/<int:file>/", responses.response_file, name="response_file"),
]
