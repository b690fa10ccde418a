"""The copy of one's answers, as a document to keep."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.summary import summary
from contempo.web.documents import pdf
from contempo.web.templatetags.web import at_time, on_day

TEMPLATE = Path(__file__).parents[2] / "templates/questionnaires/answering/copy.typ"


def copy_of(answering: Answering) -> bytes:
    """The PDF of one's answers, page by page. In an anonymous campaign it tells neither when nor who. Three SQL."""
    campaign, response = answering.campaign, answering.response
    sent = response.completed_at if response else None
    rows = [[_("Questionnaire"), answering.title], [_("Asked by"), _asker(answering)]]
    if sent is not None:
        rows.append([_("Sent"), at_time(sent)])
    content = {
        "title": _("My answers"),
        "subtitle": answering.title,
        "author": campaign.network.name,
        "lead": _("A copy for who gave these answers."),
        "language": (get_language() or "it")[:2],
        "facts": rows,
        "sections": [
            {"title": page.title, "rows": [[one.label, one.text or _("No answer")] for one in page.answers]}
            for page in summary(answering)
            if page.answers
        ],
        "footer": f"{campaign.network.name} · {on_day(answering.now)}",
    }
    return pdf(TEMPLATE, content, made_at=answering.now)


def _asker(answering: Answering) -> str:
    organisation = answering.campaign.organisation
    return organisation.name if organisation else answering.campaign.network.name
