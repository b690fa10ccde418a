"""A practice as whoever described it sees it, to agree or not."""

from dataclasses import dataclass

from contempo.core.workflow import Look
from contempo.questionnaires.models import Practice
from contempo.questionnaires.queries.practices.words import topic_name
from contempo.questionnaires.rules.states import PRACTICE, PracticeState, Who


@dataclass(frozen=True)
class ConsentPage:
    """What is to be told, and where it stands; `agrees` and `declines` say what may be answered now."""

    title: str
    text: str
    topic: str
    organisation: str
    look: Look
    network: str
    published_id: int | None
    agrees: bool
    declines: bool


def consent_page(network_id: int, practice_id: int | None) -> ConsentPage | None:
    """The practice of a network; None when there is none. One SQL."""
    rows = Practice.objects.select_related("organisation", "campaign__network")
    practice = rows.filter(pk=practice_id, campaign__network_id=network_id).first()
    if practice is None:
        return None
    may = {step.name for step in PRACTICE.available(practice.state, (Who.RESPONDENT,))}
    return ConsentPage(
        title=practice.title,
        text=practice.text,
        topic=topic_name(practice.topic) if practice.topic else "",
        organisation=practice.organisation.name if practice.organisation else "",
        look=PRACTICE.looks[practice.state],
        network=practice.campaign.network.name,
        published_id=practice.pk if practice.state == PracticeState.PUBLISHED else None,
        agrees="agree" in may,
        declines="decline" in may,
    )
