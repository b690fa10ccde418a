"""Addresses of employers, structure and staff, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.staff import employers, own, people, structure

_EMPLOYER = "lavoro-agile/<slug:employer>/"
_UNITS = f"{_EMPLOYER}struttura/"
_UNIT = f"{_UNITS}<int:unit_id>/"
_STAFF = f"{_EMPLOYER}personale/"
_WORKER = f"{_STAFF}<int:worker_id>/"

urlpatterns: list[URLPattern] = [
    path("lavoro-agile/", employers.employers, name="employers"),
    path(_EMPLOYER, employers.employer, name="employer"),
    path(f"{_EMPLOYER}entra/", own.join, name="join"),
    path(f"{_EMPLOYER}entra/codice/", own.join_code, name="join_code"),
    path(f"{_EMPLOYER}entra/sono-io/", own.claim, name="claim"),
    path(f"{_EMPLOYER}miei-dati/", own.my_data, name="my_data"),
    path(f"{_EMPLOYER}miei-dati/scarica/", own.my_data_file, name="my_data_file"),
    path(_UNITS, structure.structure, name="structure"),
    path(f"{_UNITS}nuova/", structure.new, name="unit_new"),
    path(_UNIT, structure.unit, name="unit"),
    path(f"{_UNIT}modifica/", structure.edit, name="unit_edit"),
    path(f"{_UNIT}fine/", structure.end, name="unit_end"),
    path(f"{_UNIT}responsabile/", structure.head, name="unit_head"),
    path(_STAFF, people.staff, name="staff"),
    path(f"{_STAFF}nuovo/", people.new, name="worker_new"),
    path(f"{_STAFF}inviti/", people.invitations, name="invitations"),
    path(_WORKER, people.worker, name="worker"),
    path(f"{_WORKER}modifica/", people.edit, name="worker_edit"),
    path(f"{_WORKER}invita/", people.invite, name="worker_invite"),
    path(f"{_WORKER}scollega/", people.unlink, name="worker_unlink"),
]
