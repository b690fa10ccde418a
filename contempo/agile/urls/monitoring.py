"""Addresses of the monitoring and of the agile work plan, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.monitoring import figures, plans

_EMPLOYER = "lavoro-agile/<slug:employer>/"
_PLAN = f"{_EMPLOYER}piano/<int:year>/"
_ACTION = f"{_PLAN}azioni/<int:action_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{_EMPLOYER}monitoraggio/", figures.monitoring, name="monitoring"),
    path(f"{_EMPLOYER}monitoraggio/elenco/", figures.monitoring_records, name="monitoring_records"),
    path(f"{_EMPLOYER}piano/", plans.work_plan, name="work_plan"),
    path(f"{_EMPLOYER}piano/nuovo/", plans.work_plan_new, name="work_plan_new"),
    path(_PLAN, plans.work_plan_of, name="work_plan_of"),
    path(f"{_PLAN}modifica/", plans.work_plan_edit, name="work_plan_edit"),
    path(f"{_PLAN}adotta/", plans.work_plan_adopt, name="work_plan_adopt"),
    path(f"{_PLAN}sezioni/<slug:section>/", plans.plan_section, name="plan_section"),
    path(f"{_PLAN}azioni/", plans.plan_actions, name="plan_actions"),
    path(f"{_PLAN}azioni/nuova/", plans.plan_action_new, name="plan_action_new"),
    path(_ACTION, plans.plan_action, name="plan_action"),
    path(f"{_ACTION}sposta/", plans.plan_action_move, name="plan_action_move"),
    path(f"{_ACTION}elimina/", plans.plan_action_drop, name="plan_action_drop"),
]
