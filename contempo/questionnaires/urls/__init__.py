"""Addresses of questionnaires, all under `/<network>/`."""

from contempo.questionnaires.urls import answering, board, campaigns, coverage, making, past, reading, sharing

app_name = "questionnaires"
urlpatterns = [
    *making.urlpatterns,
    *answering.urlpatterns,
    *campaigns.urlpatterns,
    *coverage.urlpatterns,
    *board.urlpatterns,
    *reading.urlpatterns,
    *past.urlpatterns,
    *sharing.urlpatterns,
]
