"""Writing questionnaires: their list, the builder, versions, the library, XLSForm."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
