"""Answers of an open campaign with name, sent one after the other as in life."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from contempo.core import clock
from contempo.core.testing import At
from contempo.questionnaires.actions.coverage import cover_others, cover_own
from contempo.questionnaires.models import Campaign, Coverage, Invitation, Response, Target
from contempo.questionnaires.rules.coverage import UNIT
from contempo.questionnaires.rules.document import Document, Kind, to_json
from contempo.questionnaires.rules.states import Channel, InvitationState, ResponseState
from contempo.questionnaires.tests.factories import (
    TODAY,
    CampaignFactory,
    InvitationFactory,
    QuestionnaireFactory,
    ResponseFactory,
    Surveys,
    TargetFactory,
    VersionFactory,
    make_surveys,
)
from contempo.questionnaires.tests.samples import question, sample_document


@dataclass(frozen=True)
class Covering:
    """A campaign of its own, whose six units (`Surveys.members`) are invited and have not answered."""

    it: Surveys
    campaign: Campaign

    def unit(self, member: str) -> Target:
        """The unit of one of the members, as it is now."""
        return Target.objects.get(campaign=self.campaign, organisation=self.it.members[member])

    def send(self, member: str, *, others: Sequence[str] = ()) -> Response:
        """The answer of a member to its invitation, which speaks for `others` too."""
        invitation = Invitation.objects.get(campaign=self.campaign, target=self.unit(member))
        with transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.COMPLETED.value)
            response: Response = ResponseFactory(campaign=self.campaign, invitation=invitation)
            self.cover(response, others)
        return response

    def send_by_link(self, member: str) -> Response:
        """An answer by the public link that names a member as its own."""
        with transaction.atomic():
            response: Response = ResponseFactory(
                campaign=self.campaign, channel=Channel.PUBLIC.value, answers={"own": self.it.members[member].pk}
            )
            self.cover(response)
        return response

    def cover(self, response: Response, others: Sequence[str] = ()) -> None:
        """What sending does for the units of a response."""
        with transaction.atomic():
            cover_own(response)
            cover_others(response, [self.unit(one) for one in others])

    def claim(self, member: str, response: Response) -> Coverage:
        """What a response says of a unit."""
        return Coverage.objects.get(target=self.unit(member), response=response)

    def states(self, member: str) -> list[str]:
        """The states of the answers that speak for a unit, as they came."""
        return list(
            Coverage.objects.filter(target=self.unit(member)).order_by("since", "pk").values_list("state", flat=True)
        )


def asking_for_the_unit() -> Document:
    """The sample document with a question in which who answers names its own organisation."""
    document = sample_document()
    first = document.pages[0]
    named = question("own", Kind.ORGANISATION, "Chi sei?", "Who are you?", measure=UNIT)
    return replace(document, pages=(replace(first, items=(named, *first.items)), *document.pages[1:]))


def make_covering() -> Covering:
    """The campaign on 20 November 2026."""
    it = make_surveys()
    questionnaire = QuestionnaireFactory(network=it.world.milano)
    version = VersionFactory(questionnaire=questionnaire, document=to_json(asking_for_the_unit()))
    campaign = CampaignFactory(version=version, title="Chi copre chi", title_en="", public_link=True)
    for member in it.members.values():
        target = TargetFactory(campaign=campaign, organisation=member, key=f"organisation:{member.pk}")
        InvitationFactory(campaign=campaign, target=target)
    return Covering(it, campaign)


@pytest.fixture
def covering(db: None, at: At) -> Covering:
    """The campaign, with the clock at 20 November 2026."""
    at(TODAY)
    return make_covering()


@pytest.fixture
def later(at: At):
    """`later()` lets an hour go by."""

    def step() -> datetime:
        return at(clock.now() + timedelta(hours=1))

    return step


def state_of(response: Response) -> str:
    """Whether a response is in the figures, as the database has it."""
    return ResponseState(Response.objects.get(pk=response.pk).state).value
