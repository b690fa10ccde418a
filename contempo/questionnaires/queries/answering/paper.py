"""A whole questionnaire on one page, for typing in paper forms one after the other."""

from dataclasses import dataclass
from datetime import datetime

from contempo.core.text import normalise
from contempo.questionnaires.access import invitation_behind, may_read_responses
from contempo.questionnaires.models import CampaignTally, Invitation, Response
from contempo.questionnaires.queries.answering.fields import Field, id_of
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.pages import GroupShown, Typed, showing, whole_page
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.doors import Door
from contempo.questionnaires.rules.states import Channel, InvitationState

MOST_OFFERED = 10


@dataclass(frozen=True)
class Sheet:
    """A page of the form with all its questions, whatever was answered before."""

    title: str
    items: tuple[Field | GroupShown, ...]


@dataclass(frozen=True)
class PaperPage:
    """The page for entering forms: how many there are, the number proposed for the next, the questions."""

    entered: int
    number: str
    sheets: tuple[Sheet, ...]
    wrongs: tuple[tuple[str, str], ...] = ()


def form_numbered(opened: OpenedCampaign, number: str) -> Response | None:
    """The response entered from the paper form with this number; None when there is none. One SQL."""
    rows = Response.objects.filter(campaign=opened.campaign, channel=Channel.PAPER.value).exclude(paper="")
    return rows.filter(paper=number).first()


def name_invited(opened: OpenedCampaign, number: str) -> str:
    """How the invitation with this number is called, to be proposed for a form; empty for none. At most one SQL."""
    if not (number.isdecimal() and len(number) < 18):
        return ""
    rows = Invitation.objects.filter(campaign=opened.campaign).select_related("target")
    found = rows.filter(pk=int(number)).first()
    return _called(found).name if found and found.search_name else ""


def shown_again(opened: OpenedCampaign, response: Response) -> Typed:
    """What was entered from a form, to be corrected: nothing where nobody reads single responses."""
    return Typed(response.answers) if may_read_responses(opened.part) else Typed()


def paper_page(answering: Answering, number: str, typed: Typed | None = None) -> PaperPage:
    """The questions of a campaign as on paper; `number` is proposed for the next form. One SQL, and names of what was
    typed.
    """
    tally = CampaignTally.objects.filter(
        campaign=answering.campaign, facet="response", key__startswith=f"{Channel.PAPER}|", measure="responses"
    )
    entered = sum(tally.values_list("count", flat=True))
    typed = typed or Typed()
    show = showing(answering, typed.values, typed)
    sheets = tuple(
        Sheet(show.words(page.title, {}), tuple(whole_page(show, page, typed.values)))
        for page in answering.document.pages
    )
    wrongs = tuple((id_of(name) if name else "", text) for name, text in typed.wrongs.items())
    return PaperPage(entered, number, sheets, wrongs)


def on_paper(opened: OpenedCampaign, now: datetime) -> Answering:
    """A campaign as its paper form asks it: without files, which do not come on paper."""
    return Answering(Door(), opened.campaign, None, None, now)


@dataclass(frozen=True)
class Called:
    """An invitation that a paper form may answer."""

    id: int
    name: str
    state: str


def invitations_called(opened: OpenedCampaign, words: str) -> tuple[Called, ...]:
    """The invitations that `words` mean: the code printed on the form, else those with these words in the name. At most
    one SQL for each way.
    """
    invitations = Invitation.objects.filter(campaign=opened.campaign).select_related("campaign", "target")
    if found := invitation_behind(opened.campaign.network_id, Door(words), invitations):
        return (_called(found),)
    for part in (parts := normalise(words).split()):
        invitations = invitations.filter(search_name__contains=part)
    if not parts:
        return ()
    living = invitations.exclude(state=InvitationState.REPLACED.value).order_by("search_name", "pk")
    return tuple(_called(one) for one in living[:MOST_OFFERED])


def _called(invitation: Invitation) -> Called:
    name = invitation.target.name if invitation.target else invitation.name
    return Called(invitation.pk, name or invitation.email or str(invitation.pk), invitation.state)
