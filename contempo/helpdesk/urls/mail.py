"""Addresses of the mail that waits for a coordinator."""

from django.urls import URLPattern, path

from contempo.helpdesk.views import mail

urlpatterns: list[URLPattern] = [
    path("esperti/posta/", mail.mail_list, name="mails"),
    path("esperti/posta/<int:mail_id>/", mail.mail, name="mail"),
    path("esperti/posta/<int:mail_id>/messaggio.eml", mail.raw_mail, name="mail_raw"),
]
