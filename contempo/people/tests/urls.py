"""The addresses of people, with a bare page where other contexts would be."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language


def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse("elsewhere")


urlpatterns = [
    path("accesso/", include("contempo.people.urls.signin")),
    path("lingua/", set_language, name="set_language"),
    path("", include("contempo.people.urls")),
    path("", elsewhere),
    path("<slug:network>/", elsewhere),
]

handler403 = "contempo.web.views.permission_denied"
handler404 = "contempo.web.views.not_found"
