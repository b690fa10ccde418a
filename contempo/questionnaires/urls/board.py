"""Rates and counts of a campaign, and the lists behind them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
