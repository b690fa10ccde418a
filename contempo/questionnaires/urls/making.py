"""Writing questionnaires: their list, the builder, versions, the library, XLSForm."""

from django.urls import URLPattern, path

from contempo.questionnaires.views.making import bringing, builder, files, library, listing, new, preview, publishing

_FORMS = "questionari/moduli/"
_FORM = f"{_FORMS}<int:form>/"
_WRITE = f"{_FORM}modifica/"

urlpatterns: list[URLPattern] = [
    path(_FORMS, listing.forms, name="forms"),
    path(f"{_FORMS}nuovo/", new.new, name="form_new"),
    path(f"{_FORMS}raccolta/", library.library, name="form_library"),
    path(f"{_FORMS}importa/", bringing.bring, name="form_import"),
    path(_FORM, listing.form, name="form"),
    path(f"{_FORM}impostazioni/", listing.settings, name="form_settings"),
    path(f"{_FORM}bozza/", listing.begin, name="form_begin"),
    path(f"{_FORM}bozza/elimina/", listing.drop, name="form_drop"),
    path(f"{_FORM}versioni/<int:version>/", publishing.version, name="form_version"),
    path(f"{_FORM}pubblica/", publishing.publish, name="form_publish"),
    path(f"{_FORM}anteprima/", preview.preview, name="form_preview"),
    path(f"{_FORM}stampa/", files.printed, name="form_print"),
    path(f"{_FORM}xlsform/", files.xlsform, name="form_xlsform"),
    path(f"{_FORM}importa/", bringing.bring_into, name="form_import_into"),
    path(_WRITE, builder.builder, name="builder"),
    path(f"{_WRITE}passo/", builder.step, name="builder_step"),
    path(f"{_WRITE}raccolta/", library.insert, name="form_insert"),
    path(f"{_WRITE}pagina/<slug:key>/", builder.part, {"kind": "page"}, name="builder_page"),
    path(f"{_WRITE}gruppo/<slug:key>/", builder.part, {"kind": "group"}, name="builder_group"),
    path(f"{_WRITE}domanda/<slug:key>/", builder.part, {"kind": "question"}, name="builder_question"),
]
