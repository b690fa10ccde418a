"""Addresses of planning, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.planning import days, feeds, seats, team

_EMPLOYER = "lavoro-agile/<slug:employer>/"
_MONTH = f"{_EMPLOYER}mese/<str:month>/"
_DAY = f"{_MONTH}<int:day>/"
_CONFLICTS = f"{_EMPLOYER}conflitti/<str:month>/"

urlpatterns: list[URLPattern] = [
    path("lavoro-agile/calendario/<str:token>.ics", feeds.feed, name="feed"),
    path(f"{_EMPLOYER}mese/", days.my_month, name="my_month"),
    path(_MONTH, days.my_days, name="my_days"),
    path(f"{_MONTH}elenco/", days.my_days_list, name="my_days_list"),
    path(_DAY, days.my_day, name="my_day"),
    path(f"{_DAY}pianifica/", days.my_day_plan, name="my_day_plan"),
    path(f"{_DAY}restituisci/", days.my_day_give_back, name="my_day_give_back"),
    path(f"{_DAY}al-posto/<str:instead>/", days.my_day_instead, name="my_day_instead"),
    path(f"{_DAY}eccezione/", days.my_day_ask, name="my_day_ask"),
    path(f"{_EMPLOYER}squadra/", team.team_now, name="team_now"),
    path(f"{_EMPLOYER}squadra/<str:month>/", team.team, name="team"),
    path(f"{_EMPLOYER}conflitti/", team.conflicts_now, name="conflicts_now"),
    path(_CONFLICTS, team.conflicts, name="conflicts"),
    path(f"{_CONFLICTS}sistema/", team.settle, name="settle"),
    path(f"{_CONFLICTS}<int:unit_id>/<int:day>/", team.conflict_day, name="conflict_day"),
    path(f"{_EMPLOYER}eccezioni/<int:planned_id>/", team.exception, name="exception"),
    path(f"{_EMPLOYER}presenza/", team.presence, name="presence"),
    path(f"{_EMPLOYER}presenza/<int:rule_id>/togli/", team.presence_drop, name="presence_drop"),
    path(f"{_EMPLOYER}indirizzi/", feeds.feeds, name="feeds"),
    path(f"{_EMPLOYER}indirizzi/<int:feed_id>/revoca/", feeds.feed_revoke, name="feed_revoke"),
    path(f"{_EMPLOYER}sedi/", seats.seats, name="seats"),
    path(f"{_EMPLOYER}sedi/nuova/", seats.seat_write, name="seat_new"),
    path(f"{_EMPLOYER}sedi/<int:seat_id>/", seats.seat_write, name="seat_edit"),
    path(f"{_EMPLOYER}sedi/<int:seat_id>/<str:month>/", seats.seat, name="seat"),
]
