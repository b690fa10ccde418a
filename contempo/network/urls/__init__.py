"""Addresses of the network context, all under `/<network>/`."""

from contempo.network.urls import agency, public

app_name = "network"
urlpatterns = [*public.urlpatterns, *agency.urlpatterns]
