"""Root addresses: each context is included here, the network's own last because they begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from contempo.config.status import status

urlpatterns: list[URLPattern | URLResolver] = [
    path("status", status, name="status"),
    path("accesso/", include("contempo.people.urls.signin")),
    path("lingua/", set_language, name="set_language"),
    path("", include("contempo.people.urls")),
    path("", include("contempo.portal.urls")),
    path("<slug:network>/", include("contempo.web.imports.urls")),
    path("<slug:network>/", include("contempo.helpdesk.urls")),
    path("<slug:network>/", include("contempo.agile.urls")),
    path("<slug:network>/", include("contempo.norms.urls")),
    path("<slug:network>/", include("contempo.questionnaires.urls")),
    path("<slug:network>/", include("contempo.programmes.urls")),
    path("<slug:network>/", include("contempo.network.urls")),
]

handler400 = "contempo.web.views.bad_request"
handler403 = "contempo.web.views.permission_denied"
handler404 = "contempo.web.views.not_found"
handler500 = "contempo.web.views.server_error"
