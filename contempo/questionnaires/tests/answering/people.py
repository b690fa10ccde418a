"""Somebody who answers with a browser, and what they find."""

import re
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contempo.core.files import accept
from contempo.questionnaires.actions.answering.saving import FILES
from contempo.questionnaires.models import AnswerFile, Campaign, Invitation, Response
from contempo.questionnaires.rules.links import key_of, make_code
from contempo.questionnaires.tests.samples import sample_answers

FIRST = {"workers": "12", "place": "", "parent": "", "since": "2020-01-31"}
SECOND = {
    "flexible": "yes",
    "how": ["entry", "bank"],
    "seen": ["how"],
    "satisfied": "l4",
    "rated": "8",
    "table.mothers": "always",
    "table.fathers": "never",
    "order.time": "1",
    "order.care": "2",
    "order.money": "3",
}
THIRD = {
    "needs": ["nursery"],
    "services": ["0"],
    "services.0.service": "Nido aziendale",
    "services.0.users": "4",
    "notes": "Servirebbe più flessibilità.",
}
"""What is typed on the pages of the sample document; see `sample_answers`."""

ANSWERS = sample_answers(place=None) | {"since": "2020-01-31"}
"""What is kept of it."""


def link_of(invitation: Invitation) -> str:
    """The address in the letter of an invitation."""
    campaign = invitation.campaign
    code = make_code(
        key_of(settings.SECRET_KEY), campaign=campaign.pk, number=invitation.pk, generation=invitation.generation
    )
    return f"/{campaign.network.slug}/r/{code}/"


def public_link(campaign: Campaign) -> str:
    """The address everybody may open."""
    return f"/{campaign.network.slug}/r/p/{campaign.public_key}/"


class Respondent:
    """Somebody at an address; follows where it leads."""

    def __init__(self, url: str) -> None:
        self.client = Client()
        self.url = url
        self.text = ""
        self.status = 0

    def see(self, path: str = "") -> "Respondent":
        """Open a page below the address one has."""
        answer = self.client.get(path if path.startswith("/") else self.url + path, follow=True)
        self.text, self.status = answer.content.decode(), answer.status_code
        return self

    def send(self, path: str, **fields: Any) -> str:
        """Send the form of a page; where the answer leads, empty when the page is shown again."""
        answer = self.client.post(path if path.startswith("/") else self.url + path, fields)
        self.status = answer.status_code
        if answer.status_code == 302:
            return answer["Location"]
        self.text = answer.content.decode()
        return ""

    def begin(self) -> "Respondent":
        """Begin; the address is from now on the one that finds the answers again."""
        where = self.send("")
        assert where, self.text
        self.url = re.sub(r"(unita|pagina/\d+|riepilogo)/$", "", where)
        return self

    def page(self, number: int, **fields: Any) -> str:
        """Send a page of questions and go on."""
        return self.send(f"pagina/{number}/", **{"go": "next", **fields})

    def answer_all(self) -> "Respondent":
        """Begin, answer every page of the sample document and send it."""
        self.begin()
        self.page(1, **FIRST)
        self.page(2, **SECOND)
        assert self.page(3, **THIRD).endswith("riepilogo/"), self.text
        assert self.send("riepilogo/").endswith("inviate/"), self.text
        return self


def response_of(invitation: Invitation) -> Response:
    """The response of an invitation that is not anonymous."""
    return Response.objects.get(invitation=invitation)


def attachment_of_answer(response: Response) -> AnswerFile:
    """A file attached to a response, as the pages of questions take it in."""
    kept = accept(
        SimpleUploadedFile("verbale.pdf", b"%PDF-1.7 verbale"),
        network_id=response.campaign.network_id,
        owner_kind=FILES,
        owner_id=response.campaign_id,
        purpose="answer",
        person_id=None,
    )
    return AnswerFile.objects.create(response=response, key="proof", file=kept)
