"""Addresses for whoever asks and follows a question."""

from django.urls import URLPattern, path

from contempo.helpdesk.views import asking, counter, following

_DRAFT = "sportello/domanda/<uuid:key>/"
_QUESTION = "sportello/domande/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path("esperti/domande/nuova/", counter.ask, name="counter"),
    path("sportello/", asking.service, name="service"),
    path("sportello/domanda/", asking.write, name="ask"),
    path(_DRAFT, asking.check, name="ask_check"),
    path(f"{_DRAFT}codice/", asking.new_code, name="ask_code"),
    path(f"{_DRAFT}elimina/", asking.give_up, name="ask_give_up"),
    path(f"{_DRAFT}documenti/<uuid:attachment>/", asking.document, name="ask_document"),
    path("sportello/mie/", following.mine, name="my_questions"),
    path(_QUESTION, following.follow, name="follow"),
    path(f"{_QUESTION}apri/<str:token>/", following.open_link, name="open"),
    path(f"{_QUESTION}link/", following.send_link, name="send_link"),
    path(f"{_QUESTION}aggiungi/", following.say, name="say"),
    path(f"{_QUESTION}valuta/", following.rate_answer, name="rate_answer"),
    path(f"{_QUESTION}consenso/", following.consent, name="change_consent"),
    path(f"{_QUESTION}ritira/", following.take_back, name="withdraw"),
    path(f"{_QUESTION}risolto/", following.solved, name="solved"),
    path(f"{_QUESTION}documenti/<uuid:attachment>/", following.document, name="followed_document"),
]
