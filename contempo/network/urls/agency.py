"""Addresses for the agency, and for organisations keeping their own record."""

from django.urls import URLPattern, path

from contempo.network.views import decisions, organisations, queue, registry, settings

_REQUEST = "agenzia/adesioni/<int:number>/"
_RECORD = "agenzia/soggetti/<int:organisation_id>/"
_OWN = "organizzazione/<int:organisation_id>/"
_IS_OWN = {"own": True}

urlpatterns: list[URLPattern] = [
    path("agenzia/adesioni/", queue.queue_page, name="queue"),
    path(_REQUEST, queue.request_page, name="examine"),
    path(f"{_REQUEST}esamina/", decisions.examine, name="examine_begin"),
    path(f"{_REQUEST}ammetti/", decisions.admit, name="admit"),
    path(f"{_REQUEST}modifiche/", decisions.decide, {"transition": "ask_changes"}, name="ask_changes"),
    path(f"{_REQUEST}rifiuta/", decisions.decide, {"transition": "refuse"}, name="refuse"),
    path(f"{_REQUEST}cessa/", decisions.decide, {"transition": "cease"}, name="cease"),
    path(f"{_REQUEST}sollecita/", decisions.remind, name="remind"),
    path(f"{_REQUEST}conferma/", decisions.confirm, name="confirm_copy"),
    path(f"{_REQUEST}note/", queue.note, name="add_note"),
    path(f"{_REQUEST}storia/", queue.history, name="examine_history"),
    path(f"{_REQUEST}documenti/<uuid:attachment>/", queue.document, name="examine_document"),
    path("agenzia/soggetti/", registry.registry_page, name="registry"),
    path("agenzia/soggetti/nuovo/", registry.add, name="registry_add"),
    path(_RECORD, organisations.record_page, name="organisation"),
    path(f"{_RECORD}scheda/", organisations.edit, name="organisation_edit"),
    path(f"{_RECORD}contatti/", organisations.contacts, name="organisation_contacts"),
    path(f"{_RECORD}sedi/", organisations.seats, name="organisation_seats"),
    path(f"{_RECORD}storia/", organisations.history, name="organisation_history"),
    path(f"{_RECORD}capofila/", organisations.lead, name="organisation_lead"),
    path(f"{_RECORD}cessa/", organisations.leave, name="organisation_leave"),
    path("agenzia/rete/", settings.settings_page, name="network_settings"),
    path("agenzia/rete/accordo/", settings.publish, name="agreement_publish"),
    path("organizzazione/", organisations.own_list, name="own_organisations"),
    path(_OWN, organisations.record_page, _IS_OWN, name="own_organisation"),
    path(f"{_OWN}scheda/", organisations.edit, _IS_OWN, name="own_organisation_edit"),
    path(f"{_OWN}contatti/", organisations.contacts, _IS_OWN, name="own_organisation_contacts"),
    path(f"{_OWN}sedi/", organisations.seats, _IS_OWN, name="own_organisation_seats"),
    path(f"{_OWN}storia/", organisations.history, _IS_OWN, name="own_organisation_history"),
    path(f"{_OWN}lascia/", organisations.leave, _IS_OWN, name="own_organisation_leave"),
    path(f"{_OWN}pubblico/", organisations.publish, _IS_OWN, name="own_organisation_publish"),
]
