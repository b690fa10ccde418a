"""Addresses of employers, structure and staff, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.staff import employers

_EMPLOYER = "lavoro-agile/<slug:employer>/"

urlpatterns: list[URLPattern] = [
    path("lavoro-agile/", employers.employers, name="employers"),
    path(_EMPLOYER, employers.employer, name="employer"),
]
