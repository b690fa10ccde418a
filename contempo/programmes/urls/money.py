"""Addresses of money."""

from django.urls import URLPattern, path

from contempo.programmes.views.money import budget, reports, revisions, reward

_PLAN = "piani/<slug:plan>"
_REVISIONS = f"{_PLAN}/bilancio/rimodulazioni"

urlpatterns: list[URLPattern] = [
    path(f"{_PLAN}/bilancio/", budget.budget, name="budget"),
    path(f"{_REVISIONS}/", revisions.revisions, name="revisions"),
    path(f"{_REVISIONS}/nuova/", revisions.revision_write, name="revision_new"),
    path(f"{_REVISIONS}/conti/", revisions.revision_sums, name="revision_sums"),
    path(f"{_REVISIONS}/<int:number>/", revisions.revision, name="revision"),
    path(f"{_REVISIONS}/<int:number>/modifica/", revisions.revision_write, name="revision_edit"),
    path(f"{_REVISIONS}/<int:number>/proponi/", revisions.revision_propose, name="revision_propose"),
    path(f"{_REVISIONS}/<int:number>/ritira/", revisions.revision_take_back, name="revision_take_back"),
    path(f"{_REVISIONS}/<int:number>/approva/", revisions.revision_approve, name="revision_approve"),
    path(f"{_REVISIONS}/<int:number>/rifiuta/", revisions.revision_refuse, name="revision_refuse"),
    path(f"{_PLAN}/conti/", reports.reports, name="reports"),
    path(f"{_PLAN}/conti/spese/", reports.expenses, name="expenses"),
    path(f"{_PLAN}/conti/previsione/", reports.outlook, name="outlook"),
    path(f"{_PLAN}/conti/tabelle/", reports.funder_sheets, name="funder_sheets"),
    path(f"{_PLAN}/conti/documento/", reports.funder_pdf, name="funder_pdf"),
    path(f"{_PLAN}/premialita/", reward.reward, name="reward"),
    path(f"{_PLAN}/premialita/dati.json", reward.reward_file, name="reward_file"),
]
