"""Campaigns: their list, settings, population, invitations, delegates."""

from django.urls import path

from contempo.questionnaires.views.campaigns import delegates, inviting, listing, making, population, stopping

_CAMPAIGN = "questionari/<int:campaign>/"
_SETTINGS = f"{_CAMPAIGN}impostazioni/"
_POPULATION = f"{_CAMPAIGN}popolazione/"
_INVITATIONS = f"{_CAMPAIGN}inviti/"
_INVITATION = f"{_INVITATIONS}<int:invitation>/"
_DELEGATES = f"{_CAMPAIGN}delegati/"
_DELEGATE = f"{_DELEGATES}<int:delegate>/"

urlpatterns = [
    path("questionari/", listing.campaigns, name="campaigns"),
    path("questionari/nuova/", making.new, name="campaign_new"),
    path(_SETTINGS, making.settings, name="campaign_settings"),
    path(f"{_SETTINGS}domande/", making.edit, name="campaign_edit"),
    path(f"{_SETTINGS}periodo/", making.run, name="campaign_run"),
    path(f"{_SETTINGS}versione/", making.version, name="campaign_version"),
    path(f"{_SETTINGS}apri/", making.open_now, name="campaign_open"),
    path(f"{_SETTINGS}programma/", making.schedule, name="campaign_schedule"),
    path(f"{_SETTINGS}chiudi/", making.close, name="campaign_close"),
    path(f"{_SETTINGS}riapri/", making.reopen, name="campaign_reopen"),
    path(f"{_CAMPAIGN}link/", making.link, name="campaign_link"),
    path(_POPULATION, population.page, name="campaign_population"),
    path(f"{_POPULATION}conta/", population.count, name="population_count"),
    path(f"{_POPULATION}prendi/", population.take, name="population_take"),
    path(_INVITATIONS, inviting.invitations, name="invitations"),
    path(f"{_INVITATIONS}prepara/", inviting.prepare, name="invitations_prepare"),
    path(f"{_INVITATIONS}invia/", inviting.send, name="invitations_send"),
    path(f"{_INVITATIONS}insieme/", inviting.together, name="invitations_together"),
    path(f"{_INVITATIONS}solleciti/", inviting.reminders, name="invitations_reminders"),
    path(_INVITATION, inviting.invitation, name="invitation"),
    path(f"{_INVITATION}contatto/", inviting.contact, name="invitation_contact"),
    path(f"{_INVITATION}passo/<slug:step>/", inviting.step, name="invitation_step"),
    path(_DELEGATES, delegates.delegates, name="delegates"),
    path(f"{_DELEGATES}nuovo/", delegates.new, name="delegate_new"),
    path(f"{_DELEGATES}comuni/", delegates.by_municipality, name="delegates_by_municipality"),
    path(_DELEGATE, delegates.delegate, name="delegate"),
    path(f"{_DELEGATE}lettere/", delegates.letters, name="delegate_letters"),
    path(f"{_DELEGATE}modifica/", delegates.edit, name="delegate_edit"),
    path(f"{_DELEGATE}unita/", delegates.give, name="delegate_give"),
    path(f"{_DELEGATE}link/", delegates.tokens, name="delegate_tokens"),
    path(f"{_DELEGATE}consegna/", delegates.hand, name="delegate_hand"),
    path(f"{_DELEGATE}sollecita/", delegates.remind, name="delegate_remind"),
    path(f"{_DELEGATE}togli/", delegates.remove, name="delegate_remove"),
    path("r/<door:door>/basta/", stopping.stop, name="answer_stop"),
]
