"""Addresses of the desk and of its catalogue, all under `/<network>/`."""

from contempo.helpdesk.urls import asking, catalogue, desk, figures, mail, settings

app_name = "helpdesk"
urlpatterns = [
    *asking.urlpatterns,
    *catalogue.urlpatterns,
    *desk.urlpatterns,
    *figures.urlpatterns,
    *mail.urlpatterns,
    *settings.urlpatterns,
]
