"""Addresses under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
