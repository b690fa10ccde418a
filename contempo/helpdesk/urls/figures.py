"""Addresses of the figures of the desk."""

from django.urls import URLPattern, path

from contempo.helpdesk.queries.figures.catalogue import DEFLECTED, MISSES
from contempo.helpdesk.views import figures

urlpatterns: list[URLPattern] = [
    path("esperti/cifre/", figures.figures, name="figures"),
    path("esperti/cifre/risposte-dal-catalogo/", figures.behind, {"which": DEFLECTED}, name=DEFLECTED),
    path("esperti/cifre/ricerche-senza-risultato/", figures.behind, {"which": MISSES}, name=MISSES),
]
