"""Who hands invitations on: their list for who keeps the campaign, the page of one with its links."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count, Max, Q
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.workflow import Look
from contempo.network.public import find_organisations
from contempo.questionnaires.access import code_of, handed_on, may_see_link, visible_delegates, visible_invitations
from contempo.questionnaires.models import CampaignTally, Delegate, Invitation
from contempo.questionnaires.queries.campaigns.sharing import drawing
from contempo.questionnaires.queries.invitations.listing import InvitationFilters, called
from contempo.questionnaires.queries.invitations.story import answer_link, link_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.links import printed
from contempo.questionnaires.rules.states import CHANNEL_LABELS, INVITATION, InvitationState
from contempo.web.lists import Column, ListPage, build, every_row
from contempo.web.templatetags.web import by_time

LETTERS = Path(__file__).parents[2] / "templates" / "questionnaires" / "campaigns" / "letters.typ"
MOST_LETTERS = 1000
_COUNTED = frozenset(state.value for state in InvitationState if state != InvitationState.REPLACED)


@dataclass(frozen=True)
class DelegateRow:
    """A delegate with how many invitations it has, and how many of them were answered."""

    id: int
    name: str
    channel: str
    email: str
    invitations: int
    answered: int
    told_at: datetime | None
    url: str


@dataclass(frozen=True)
class DelegatesPage:
    """The delegates of a campaign that the reader sees; `without` are units nobody invited yet."""

    delegates: tuple[DelegateRow, ...]
    keeps: bool


def delegates_page(opened: OpenedCampaign) -> DelegatesPage:
    """The delegates the reader sees, by name. Two SQL."""
    rows = visible_delegates(opened.part, Delegate.objects.select_related("organisation"))
    counted = _counted(opened)
    found = []
    for one in rows.order_by("organisation__search_name"):
        total, answered = counted.get(str(one.pk), (0, 0))
        url = opened.url("delegate", delegate=one.pk)
        channel = gettext(CHANNEL_LABELS[one.channel])
        found.append(DelegateRow(one.pk, one.organisation.name, channel, one.email, total, answered, one.told_at, url))
    return DelegatesPage(tuple(found), opened.part.keeps)


def _counted(opened: OpenedCampaign) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    rows = CampaignTally.objects.filter(campaign=opened.campaign, facet="invitation.delegate")
    for key, count in rows.values_list("key", "count"):
        delegate, _bar, state = key.partition("|")
        total, answered = found.get(delegate, (0, 0))
        if state in _COUNTED:
            found[delegate] = (total + count, answered + (count if state == InvitationState.COMPLETED else 0))
    return found


@dataclass(frozen=True)
class HandedRow:
    """An invitation a delegate hands on: who, whether they answered, and the link while nobody has begun."""

    name: str
    contact: str
    state: Look
    municipality: str
    link: str
    code: str
    url: str


HANDED = (
    Column("name", _("Who"), sort=("search_name",)),
    Column("state", _("State"), sort=("state", "search_name")),
    Column("contact", _("Contact")),
    Column("link", _("Link to hand on"), template="questionnaires/campaigns/cell_link.html"),
    Column("municipality", _("Municipality"), only_export=True),
    Column("code", _("Code to type"), only_export=True),
)


@dataclass(frozen=True)
class DelegatePage:
    """The page of a delegate: its invitations as a list, how many, how many answered, how many of those handed over
    `wait` for an answer, and when the delegate was last reminded of them.
    """

    delegate: Delegate
    name: str
    channel: str
    page: ListPage
    total: int
    answered: int
    prepared: int
    waiting: int
    reminded_at: datetime | None


def delegate_page(opened: OpenedCampaign, number: int, params: QueryDict) -> DelegatePage | None:
    """The page of a delegate the reader sees; None when there is none. Seven SQL."""
    delegate = _delegate(opened, number)
    if delegate is None:
        return None
    total, answered = _counted(opened).get(str(delegate.pk), (0, 0))
    filters = _filters(opened, delegate, params)
    own = Invitation.objects.filter(delegate=delegate).order_by()
    waits = Q(pk__in=handed_on(own).values("pk"))
    told = own.aggregate(
        prepared=Count("pk", filter=Q(state=InvitationState.PREPARED.value)),
        waiting=Count("pk", filter=waits),
        reminded_at=Max("reminded_at"),
    )
    return DelegatePage(
        delegate=delegate,
        name=delegate.organisation.name,
        channel=gettext(CHANNEL_LABELS[delegate.channel]),
        page=build(filters, columns=HANDED, to_row=_Handed(opened), sort="name"),
        total=total,
        answered=answered,
        **told,
    )


def handed_rows(opened: OpenedCampaign, number: int, params: QueryDict) -> Iterator[HandedRow]:
    """All invitations of a delegate, with their links, for a file; none for who does not see it."""
    delegate = _delegate(opened, number)
    if delegate is None:
        return iter(())
    return every_row(_filters(opened, delegate, params), columns=HANDED, to_row=_Handed(opened), sort="name")


def _delegate(opened: OpenedCampaign, number: int) -> Delegate | None:
    rows = visible_delegates(opened.part, Delegate.objects.select_related("organisation"))
    return rows.filter(pk=number).first()


def _filters(opened: OpenedCampaign, delegate: Delegate, params: QueryDict) -> InvitationFilters:
    rows = Invitation.objects.select_related("target", "municipality").filter(delegate=delegate)
    filters = InvitationFilters(params, visible_invitations(opened.part, rows), opened=opened)
    for name in ("delegato", "canale", "sollecito", "indirizzo", "unita"):
        filters.filters.pop(name, None)
    return filters


class _Handed:
    def __init__(self, opened: OpenedCampaign) -> None:
        self.opened = opened

    def __call__(self, invitation: Invitation) -> HandedRow:
        link = link_of(self.opened, invitation)
        return HandedRow(
            name=called(invitation),
            contact=" ".join(one for one in (invitation.name, invitation.email) if one),
            state=INVITATION.looks[invitation.state],
            municipality=invitation.municipality.name if invitation.municipality else "",
            link=link,
            code=printed(code_of(invitation)) if link else "",
            url=self.opened.url("invitation", invitation=invitation.pk),
        )


def letters(opened: OpenedCampaign, number: int) -> dict[str, Any] | None:
    """What the letters of a delegate to print say: one page for each invitation nobody began; None without a delegate.

    At most `MOST_LETTERS`, by name. In the language of each invitation. Three SQL.
    """
    delegate = _delegate(opened, number)
    if delegate is None:
        return None
    rows = Invitation.objects.select_related("target").filter(delegate=delegate)
    mine = visible_invitations(opened.part, rows).order_by("search_name", "pk")[:MOST_LETTERS]
    pages = [_letter(opened, one) for one in mine if may_see_link(opened.part, one)]
    none = gettext("All links of this list have been used.")
    network = opened.campaign.network.name
    return {"title": opened.campaign.title, "lang": "it", "letters": pages, "who": network, "none": none}


def _letter(opened: OpenedCampaign, invitation: Invitation) -> dict[str, Any]:
    campaign = opened.campaign
    english = invitation.language.startswith("en")
    with translation.override("en" if english else "it"):
        title = (campaign.title_en if english else "") or campaign.title
        facts = {"title": title, "by": by_time(campaign.closes_at)}
        link = answer_link(campaign.network.slug, invitation)
        return {
            "lang": "en" if english else "it",
            "name": called(invitation) if invitation.target_id or invitation.name else "",
            "title": title,
            "why": (campaign.intro_en if english else "") or campaign.intro,
            "ask": gettext("Please answer by %(by)s.") % facts,
            "how": gettext("Frame the square with the camera of your phone, or write this address in the browser:"),
            "link": link.removesuffix(f"{code_of(invitation)}/"),
            "code": printed(code_of(invitation)),
            "alone": gettext("The link is only for you: it takes one answer."),
            "alt": gettext("QR code of the link"),
            "qr": drawing(link),
        }


def organisations_called(opened: OpenedCampaign, text: str) -> tuple[tuple[int, str], ...]:
    """The organisations of the network whose name has the words of `text`, to choose a delegate from. One SQL."""
    if not text.strip():
        return ()
    return tuple((one.id, one.name) for one in find_organisations(opened.campaign.network_id, text, limit=20))
