"""Campaigns: their list, settings, population, invitations, delegates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
