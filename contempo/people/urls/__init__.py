"""Addresses of people: profile, invitations, notifications, roles. Sign-in is in `signin`."""

from django.urls import path

from contempo.people import views

app_name = "people"

urlpatterns = [
    path("profilo/", views.profile, name="profile"),
    path("profilo/modifica/", views.edit_profile, name="edit_profile"),
    path("profilo/notifiche/", views.choices, name="choices"),
    path("profilo/dati/", views.my_data, name="my_data"),
    path("profilo/ruoli/<int:grant_id>/lascia/", views.leave_role, name="leave_role"),
    path("profilo/chiudi/", views.close_account, name="close_account"),
    path("invito/<str:token>/", views.invitation, name="invitation"),
    path("notifiche/ferma/<str:token>/", views.stop, name="stop"),
    path("<slug:network>/notifiche/", views.notifications, name="notifications"),
    path("<slug:network>/notifiche/lette/", views.read_all, name="read_all"),
    path("<slug:network>/notifiche/<int:notification_id>/", views.open_notification, name="open_notification"),
    path("<slug:network>/notifiche/<int:notification_id>/letta/", views.read_notification, name="read_notification"),
    path("<slug:network>/agisci-per/", views.act_for, name="act_for"),
    path("<slug:network>/agenzia/persone/", views.people, name="network_people"),
    path("<slug:network>/agenzia/persone/invita/", views.invite, name="network_invite"),
    path("<slug:network>/organizzazione/<int:organisation_id>/persone/", views.people, name="organisation_people"),
    path(
        "<slug:network>/organizzazione/<int:organisation_id>/persone/invita/", views.invite, name="organisation_invite"
    ),
    path("<slug:network>/ruoli/<int:grant_id>/termina/", views.end_role, name="end_role"),
    path("<slug:network>/inviti/<int:invitation_id>/rimanda/", views.resend_invitation, name="resend_invitation"),
    path("<slug:network>/inviti/<int:invitation_id>/ritira/", views.revoke_invitation, name="revoke_invitation"),
]
