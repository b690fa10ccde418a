"""Addresses of the norms, all under `/<network>/`."""

from django.urls import path

from contempo.norms.views import keeping, public

app_name = "norms"
_NORM = "agenzia/norme/<slug:slug>/"
urlpatterns = [
    path("norme/", public.norms, name="norms"),
    path("norme/<slug:slug>/", public.norm, name="norm"),
    path("agenzia/norme/", keeping.registry, name="registry"),
    path("agenzia/norme/nuova/", keeping.add, name="add"),
    path(f"{_NORM}scheda/", keeping.edit, name="edit"),
    path(f"{_NORM}fine/", keeping.end, name="end"),
    path(f"{_NORM}sostituisci/", keeping.replace, name="replace"),
    path(f"{_NORM}ripristina/", keeping.restore, name="restore"),
    path(f"{_NORM}storia/", keeping.history, name="history"),
]
