"""Root addresses: each context is included here, the network's own last because they begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accesso/", include("allauth.urls")),
]
