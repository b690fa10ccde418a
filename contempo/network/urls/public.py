"""Addresses for visitors, members and applicants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
