"""Addresses on which experts and coordinators work at questions."""

from django.urls import URLPattern, path

from contempo.helpdesk.views.desk import answers, lists, questions, steps, templates

_QUESTION = "esperti/domande/<int:number>/"
_ANSWER = f"{_QUESTION}risposta/"

urlpatterns: list[URLPattern] = [
    path("esperti/domande/", lists.desk_page, name="desk"),
    path("esperti/domande/prossima/", lists.next_question, name="desk_next"),
    path("esperti/domande/filtri/", lists.keep, name="desk_keep_filter"),
    path("esperti/domande/filtri/<int:filter_id>/elimina/", lists.forget, name="desk_forget_filter"),
    path(_QUESTION, questions.question_page, name="desk_question"),
    path(f"{_QUESTION}prendi/", questions.take_question, name="desk_take"),
    path(f"{_QUESTION}simili/", questions.similar_page, name="desk_similar"),
    path(f"{_QUESTION}documenti/<uuid:attachment>/", questions.document, name="desk_document"),
    path(f"{_QUESTION}nota/", steps.step_page, {"name": "note"}, name="desk_note"),
    path(f"{_QUESTION}dettagli/", steps.step_page, {"name": "details"}, name="desk_details"),
    path(f"{_QUESTION}restituisci/", steps.step_page, {"name": "release"}, name="desk_release"),
    path(f"{_QUESTION}fuori-ambito/", steps.step_page, {"name": "out_of_scope"}, name="desk_out_of_scope"),
    path(f"{_QUESTION}unisci/", steps.step_page, {"name": "merge"}, name="desk_merge"),
    path(f"{_QUESTION}dividi/", steps.step_page, {"name": "split"}, name="desk_split"),
    path(f"{_QUESTION}trasferisci/", steps.step_page, {"name": "pass_on"}, name="desk_pass_on"),
    path(f"{_QUESTION}assegna/", steps.step_page, {"name": "assign"}, name="desk_assign"),
    path(f"{_QUESTION}classifica/", steps.step_page, {"name": "classify"}, name="desk_classify"),
    path(f"{_QUESTION}lettura/<int:author_id>/", steps.reading_page, name="desk_reading"),
    path(_ANSWER, answers.answer_page, name="desk_answer"),
    path(f"{_ANSWER}salva/", answers.save, name="desk_answer_save"),
    path(f"{_ANSWER}anteprima/", answers.preview, name="desk_answer_preview"),
    path(f"{_ANSWER}documenti/<uuid:attachment>/", answers.draft_file, name="desk_draft_file"),
    path("esperti/modelli/", templates.template_list, name="templates"),
    path("esperti/modelli/nuovo/", templates.template_page, name="template_add"),
    path("esperti/modelli/<int:template_id>/", templates.template_page, name="template"),
    path("esperti/modelli/<int:template_id>/elimina/", templates.remove, name="template_remove"),
]
