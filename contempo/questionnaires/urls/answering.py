"""Answering: by link, on the phone, on paper."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
