"""Addresses of the bank for who has an account there."""

from django.urls import URLPattern, path

from contempo.agile.views.bank import page

_BANK = "lavoro-agile/<slug:employer>/banca"
_MONTH = f"{_BANK}/<str:month>"

urlpatterns: list[URLPattern] = [
    path(f"{_BANK}/", page.bank, name="bank"),
    path(f"{_MONTH}/", page.bank_month, name="bank_month"),
    path(f"{_MONTH}/dona/", page.bank_donate, name="bank_donate"),
    path(f"{_MONTH}/chiedi/", page.bank_ask, name="bank_ask"),
    path(f"{_MONTH}/ritira/", page.bank_withdraw, name="bank_withdraw"),
    path(f"{_MONTH}/urgenza/", page.bank_draw, name="bank_draw"),
    path(f"{_MONTH}/ricorso/", page.bank_appeal, name="bank_appeal"),
]
