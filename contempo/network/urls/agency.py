"""Addresses for the agency, and for organisations keeping their own record."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
