"""Addresses of the desk and of its catalogue, all under `/<network>/`."""

app_name = "helpdesk"
urlpatterns: list = []
