"""Addresses of the catalogue: for everybody, and for the desk that keeps it."""

from django.urls import URLPattern, path

from contempo.helpdesk.views.catalogue import near, reading

_ENTRY = "sportello/catalogo/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("sportello/catalogo/", reading.catalogue, name="catalogue"),
    path("sportello/catalogo/cerca/", reading.search, name="catalogue_search"),
    path("sportello/catalogo/feed/", reading.feed, name="catalogue_feed"),
    path("sportello/catalogo/feed/<slug:topic>/", reading.feed, name="catalogue_topic_feed"),
    path(_ENTRY, reading.entry, name="entry"),
    path(f"{_ENTRY}utile/", reading.opinion, name="entry_opinion"),
    path("sportello/vicine/", near.near_typed, name="nearest"),
    path("sportello/vicine/<int:entry_id>/", near.solved, name="near_solved"),
    path("sportello/domande/<uuid:key>/vicine/", near.near_question, name="follow_nearest"),
    path("sportello/domande/<uuid:key>/vicine/<int:entry_id>/", near.settled, name="follow_settled"),
]
