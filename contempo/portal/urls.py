"""Addresses of the portal: those of the installation and those of each network."""

from django.urls import path

from contempo.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.networks, name="networks"),
    path("privacy/", views.legal, {"name": "privacy"}, name="privacy"),
    path("note-legali/", views.legal, {"name": "note-legali"}, name="legal_notes"),
    path("accessibilita/", views.legal, {"name": "accessibilita"}, name="accessibility"),
    path("posta-demo/", views.demo_mails, name="demo_mails"),
    path("<slug:network>/", views.home, name="home"),
    path("<slug:network>/chi-siamo/", views.about, name="about"),
    path("<slug:network>/contatti/", views.contacts, name="contacts"),
    path("<slug:network>/cerca/", views.search, name="search"),
    path("<slug:network>/scrivania/", views.desk, name="desk"),
]
