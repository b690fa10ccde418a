"""The questionnaires of Milan, as those who write them see them."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

from contempo.core.testing import At
from contempo.people.models import Person
from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.rules.document import Document, read, to_json
from contempo.questionnaires.tests.factories import TODAY, Surveys, VersionFactory, make_surveys


@dataclass(frozen=True)
class Desk:
    """What Marta, who coordinates, has before her: a questionnaire with a published version and one being written."""

    it: Surveys
    form: Questionnaire
    draft: Version

    @property
    def marta(self) -> Person:
        return self.it.world.marta

    def document(self) -> Document:
        self.draft.refresh_from_db()
        return read(self.draft.document)

    def path(self, rest: str = "") -> str:
        return f"/milano/questionari/moduli/{self.form.number}/{rest}"

    def client(self, who: Person | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who)
        return client

    def get(self, path: str, who: Person | None = None) -> HttpResponse:
        return self.client(who or self.marta).get(path)

    def see(self, path: str, who: Person | None = None) -> Tag:
        answer = self.get(path, who)
        assert answer.status_code == 200, answer.status_code
        return read_main(answer)

    def post(self, path: str, who: Person | None = None, **data: object) -> HttpResponse:
        return self.client(who or self.marta).post(path, data)


def read_main(answer: HttpResponse) -> Tag:
    main = BeautifulSoup(answer.content, "html.parser").main
    assert main is not None
    return main


def typed_in(main: Tag) -> dict[str, str]:
    """What the form of the part being written would send as it stands."""
    form = main.find(id="part-form")
    assert form is not None
    sent: dict[str, str] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            sent[control["name"]] = chosen["value"] if chosen else ""
        elif control.name == "textarea":
            sent[control["name"]] = control.get_text().removeprefix("\n")
        elif control.get("type") not in ("checkbox", "radio") or control.has_attr("checked"):
            ticked = control.get("type") in ("checkbox", "radio")
            sent[control["name"]] = control.get("value", "on" if ticked else "")
    return sent


@pytest.fixture
def desk(db: None, at: At) -> Desk:
    at(TODAY)
    it = make_surveys()
    form = it.version.questionnaire
    draft = VersionFactory(
        questionnaire=form,
        number=2,
        state="draft",
        document=to_json(read(it.version.document)),
        digest="",
        published_at=None,
    )
    return Desk(it, form, draft)
