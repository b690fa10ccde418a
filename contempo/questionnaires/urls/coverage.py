"""Which units the answers speak for, and what is to be settled."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
