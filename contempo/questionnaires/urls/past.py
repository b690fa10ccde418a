"""Surveys of the past: their data, or only their aggregates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
