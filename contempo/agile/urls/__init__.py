"""Addresses of agile work, all under `/<network>/`."""

from contempo.agile.urls import agreements, bank, mapping, monitoring, months, planning, staff

app_name = "agile"
urlpatterns = [
    *staff.urlpatterns,
    *mapping.urlpatterns,
    *agreements.urlpatterns,
    *months.urlpatterns,
    *bank.urlpatterns,
    *planning.urlpatterns,
    *monitoring.urlpatterns,
]
