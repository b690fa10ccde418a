"""Addresses of the mapping, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.mapping import activities, assessing, criteria, figures, shares

_EMPLOYER = "lavoro-agile/<slug:employer>/"
_ACTIVITY = f"{_EMPLOYER}attivita/<int:activity_id>/"
_WORKER = f"{_EMPLOYER}idoneita/persone/<int:worker_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{_EMPLOYER}attivita/", activities.activities, name="activities"),
    path(f"{_EMPLOYER}attivita/nuova/", activities.new, name="activity_new"),
    path(f"{_EMPLOYER}attivita/riepilogo/", activities.summary, name="mapping_summary"),
    path(_ACTIVITY, activities.activity, name="activity"),
    path(f"{_ACTIVITY}modifica/", activities.edit, name="activity_edit"),
    path(f"{_ACTIVITY}fine/", activities.end, name="activity_end"),
    path(f"{_ACTIVITY}riapri/", activities.reopen, name="activity_reopen"),
    path(f"{_ACTIVITY}valuta/", assessing.assess, name="activity_assess"),
    path(f"{_EMPLOYER}criteri/", criteria.criteria, name="criteria"),
    path(f"{_EMPLOYER}criteri/nuovi/", criteria.publish, name="criteria_publish"),
    path(f"{_EMPLOYER}criteri/<int:number>/", criteria.criteria, name="criteria_version"),
    path(f"{_EMPLOYER}omogeneita/", figures.homogeneity, name="homogeneity"),
    path(f"{_EMPLOYER}idoneita/", figures.eligibility, name="eligibility"),
    path(f"{_EMPLOYER}idoneita/perche/", shares.why, name="why_eligible"),
    path(f"{_EMPLOYER}idoneita/persone/", shares.workers, name="eligible_workers"),
    path(_WORKER, shares.shares, name="worker_shares"),
    path(f"{_WORKER}modifica/", shares.edit, name="worker_shares_edit"),
]
