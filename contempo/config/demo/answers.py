"""Answering in the demo, as a respondent does: by the link of the invitation, page after page."""

from collections.abc import Sequence
from random import Random

from contempo.config.demo.invented import Respondent, invented
from contempo.people.public import Actor
from contempo.questionnaires.access import code_of
from contempo.questionnaires.actions.answering.beginning import begin, note_opened
from contempo.questionnaires.actions.answering.leaving import decline, say_not_concerned
from contempo.questionnaires.actions.answering.saving import Given, save_page, save_units
from contempo.questionnaires.actions.answering.sending import send
from contempo.questionnaires.models import Invitation
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.doors import Door


def answer(
    invitation: Invitation, random: Random, who: Respondent, *, half: bool = False, others: Sequence[int] = ()
) -> None:
    """Answer an invitation, for its own unit and for `others`; with `half` stop midway."""
    campaign = invitation.campaign
    visitor = Actor(network_id=campaign.network_id)
    door = begin(visitor, door=Door(code_of(invitation)), language=invitation.language)
    document = read(campaign.version.document)
    answers = invented(document, random, who)
    pages = asked(document, answers).pages
    for shown in pages[: len(pages) // 2] if half else pages:
        save_page(visitor, door=door, page=shown.page.key, given=Given(values=answers), language="it", required=False)
    if others:
        save_units(visitor, door=door, own=None, others=others)
    if not half:
        send(visitor, door=door, language=invitation.language)


def leave(invitation: Invitation, how: str) -> None:
    """Open an invitation and do no more, or say that one does not want to answer, or is not concerned."""
    door, visitor = Door(code_of(invitation)), Actor(network_id=invitation.campaign.network_id)
    note_opened(visitor, door=door)
    if how == "refused":
        decline(visitor, door=door, reason="")
    elif how == "not_eligible":
        say_not_concerned(visitor, door=door)
