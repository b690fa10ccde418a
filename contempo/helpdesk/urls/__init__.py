"""Addresses of the desk and of its catalogue, all under `/<network>/`."""

from contempo.helpdesk.urls import asking, catalogue, desk, figures, settings

app_name = "helpdesk"
urlpatterns = [
    *asking.urlpatterns,
    *catalogue.urlpatterns,
    *desk.urlpatterns,
    *figures.urlpatterns,
    *settings.urlpatterns,
]
