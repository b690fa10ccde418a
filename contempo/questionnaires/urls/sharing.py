"""What others read of questionnaires: good practices, needs."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
