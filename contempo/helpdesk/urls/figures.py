"""Addresses of the figures of the desk."""

from django.urls import URLPattern, path

from contempo.helpdesk.views import figures

urlpatterns: list[URLPattern] = [
    path("esperti/cifre/", figures.figures, name="figures"),
    path("esperti/cifre/risposte-dal-catalogo/", figures.deflected, name="deflected"),
]
