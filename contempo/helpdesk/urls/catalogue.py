"""Addresses of the catalogue: for everybody, and for the desk that keeps it."""

from django.urls import URLPattern, path

from contempo.helpdesk.views.catalogue import drafting, keeping, near, reading

_ENTRY = "sportello/catalogo/<slug:slug>/"
_KEPT = "esperti/catalogo/<int:number>/"
_REVISION = f"{_KEPT}revisioni/<int:revision_id>/"

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
    path("esperti/catalogo/", keeping.entries, name="catalogue_keep"),
    path("esperti/catalogo/nuova/", keeping.new, name="entry_new"),
    path("esperti/catalogo/bisogni/", keeping.needs, name="catalogue_needs"),
    path("esperti/catalogo/giudizi/", keeping.opinions, name="catalogue_opinions"),
    path("esperti/domande/<int:number>/catalogo/", drafting.propose, name="entry_propose"),
    path("esperti/domande/<int:number>/catalogo/pubblicata/", drafting.published, name="entry_published"),
    path("esperti/domande/<int:number>/catalogo/rinuncia/", drafting.given_up, name="entry_given_up"),
    path(_KEPT, keeping.entry, name="entry_keep"),
    path(f"{_KEPT}nuova-revisione/<slug:language>/", keeping.begin, name="revision_begin"),
    path(f"{_KEPT}rivista/", keeping.review, name="entry_review"),
    path(f"{_KEPT}da-rivedere/", keeping.to_review, name="entry_to_review"),
    path(f"{_KEPT}ritira/", keeping.withdraw, name="entry_retire"),
    path(_REVISION, drafting.revision, name="revision"),
    path(f"{_REVISION}anteprima/", drafting.preview, name="revision_preview"),
    path(f"{_REVISION}segni/", drafting.judge, name="revision_judge"),
    path(f"{_REVISION}segni/rivedi/", drafting.anew, name="revision_judge_anew"),
    path(f"{_REVISION}proponi/", drafting.step, {"name": "propose"}, name="revision_propose"),
    path(f"{_REVISION}riprendi/", drafting.step, {"name": "take_back"}, name="revision_take_back"),
    path(f"{_REVISION}approva/", drafting.approve, name="revision_approve"),
    path(f"{_REVISION}rimanda/", drafting.back, name="revision_back"),
    path(f"{_REVISION}elimina/", drafting.discard, name="revision_discard"),
]
