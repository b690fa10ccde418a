"""Results: figures, tables, texts, report, data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
