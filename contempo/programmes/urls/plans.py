"""Addresses of plans."""

from django.urls import URLPattern, path

from contempo.programmes.views.plans import pages

urlpatterns: list[URLPattern] = [
    path("piani/", pages.plans, name="plans"),
    path("piani/<slug:plan>/", pages.plan, name="plan"),
]
