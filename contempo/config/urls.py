"""Root addresses: each context is included here, the network's own last because they begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path

from contempo.config.status import status

urlpatterns: list[URLPattern | URLResolver] = [
    path("status", status, name="status"),
    path("accesso/", include("allauth.urls")),
]
