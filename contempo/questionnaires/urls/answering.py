"""Answering: by link, on the phone, on paper."""

from django.urls import path, register_converter

from contempo.questionnaires.rules.doors import SECRET_LENGTH, Door, read_door
from contempo.questionnaires.views.answering import files, landing, leaving, pages, paper, sending


class DoorConverter:
    """The code of an invitation as it is printed or sent, or `p/` and the key of a public link; then a secret."""

    regex = rf"(?:p/[A-Za-z0-9_-]{{4,24}}|[A-Za-z0-9-]{{24,30}})(?:/[a-z2-7]{{{SECRET_LENGTH}}})?"

    def to_python(self, value: str) -> Door:
        return read_door(value)

    def to_url(self, value: Door) -> str:
        return value.path


register_converter(DoorConverter, "door")

urlpatterns = [
    path("r/<door:door>/", landing.landing, name="answer"),
    path("r/<door:door>/non-ci-riguarda/", leaving.not_concerned, name="answer_not_concerned"),
    path("r/<door:door>/non-rispondo/", leaving.no_wish, name="answer_decline"),
    path("r/<door:door>/passa/", leaving.pass_on, name="answer_hand_on"),
    path("r/<door:door>/unita/", landing.units, name="answer_units"),
    path("r/<door:door>/pagina/<int:page>/", pages.page, name="answer_page"),
    path("r/<door:door>/dopo/", pages.later, name="answer_later"),
    path("r/<door:door>/allegati/<int:file>/", files.attached, name="answer_file"),
    path("r/<door:door>/organizzazioni/", files.organisations, name="answer_organisations"),
    path("r/<door:door>/riepilogo/", sending.summary_page, name="answer_summary"),
    path("r/<door:door>/inviate/", sending.done, name="answer_done"),
    path("r/<door:door>/copia/", sending.copy, name="answer_copy"),
    path("r/<door:door>/ritira/", sending.take_back, name="answer_withdraw"),
    path("questionari/<int:campaign>/carta/", paper.enter, name="paper"),
]
