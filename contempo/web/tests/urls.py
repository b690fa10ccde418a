"""Addresses of the gallery, beside the frame's own names."""

from django.urls import include, path

from contempo.web.tests import gallery

urlpatterns = [
    path("lingua/", include("django.conf.urls.i18n")),
    path("", gallery.parts, name="parts"),
    path("modulo/", gallery.form, name="form"),
    path("elenco/", gallery.rows, name="rows"),
    path("figure/", gallery.figures, name="figures"),
    path("mille/", gallery.many, name="many"),
    path("scrivania/", gallery.parts, name="desk"),
    path("rifiuta/", gallery.refusing, name="refusing"),
    path("rompe/", gallery.breaking, name="breaking"),
]

handler400 = "contempo.web.views.bad_request"
handler403 = "contempo.web.views.permission_denied"
handler404 = "contempo.web.views.not_found"
handler500 = "contempo.web.views.server_error"
