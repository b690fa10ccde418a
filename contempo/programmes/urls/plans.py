"""Addresses of plans."""

from django.urls import URLPattern, path

from contempo.programmes.views.plans import activities, alliances, calendar, files, findings, pages, uploads

_PLAN = "piani/<slug:plan>/"

urlpatterns: list[URLPattern] = [
    path("agenzia/piani/carica/", uploads.upload, name="upload"),
    path("agenzia/piani/carica/<int:upload_id>/", uploads.upload_preview, name="upload_preview"),
    path("piani/", pages.plans, name="plans"),
    path(_PLAN, pages.plan, name="plan"),
    path(f"{_PLAN}alleanze/<slug:alliance>/", alliances.alliance, name="alliance"),
    path(f"{_PLAN}soggetti/<int:organisation_id>/", alliances.partner, name="partner"),
    path(f"{_PLAN}attivita/", activities.activities, name="activities"),
    path(f"{_PLAN}attivita/<int:activity_id>/", activities.activity, name="activity"),
    path(f"{_PLAN}attivita/<int:activity_id>/passo/", activities.step, name="activity_step"),
    path(f"{_PLAN}attivita/<int:activity_id>/modifica/", activities.edit, name="activity_edit"),
    path(f"{_PLAN}calendario/", calendar.calendar, name="calendar"),
    path(f"{_PLAN}documento/", files.document, name="plan_pdf"),
    path(f"{_PLAN}file/", uploads.plan_file, name="plan_file"),
    path(f"{_PLAN}tabelle/", uploads.plan_sheets, name="plan_sheets"),
    path(f"{_PLAN}stato/", pages.step, name="plan_step"),
    path(f"{_PLAN}controllo/", findings.findings, name="findings"),
    path(f"{_PLAN}controllo/ripeti/", findings.again, name="findings_again"),
]
