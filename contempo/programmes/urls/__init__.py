"""Addresses of programmes, all under `/<network>/`."""

from contempo.programmes.urls import claims, indicators, money, plans

app_name = "programmes"
urlpatterns = [
    *plans.urlpatterns,
    *indicators.urlpatterns,
    *money.urlpatterns,
    *claims.urlpatterns,
]
