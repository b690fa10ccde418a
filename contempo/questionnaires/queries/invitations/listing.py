"""The invitations of a campaign as a list, with what each state means for what may be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.clock import today
from contempo.core.text import normalise
from contempo.core.workflow import Look
from contempo.network.public import kind_names, place_labels, size_names
from contempo.questionnaires.access import covered_by_others, remindable, visible_delegates, visible_invitations
from contempo.questionnaires.models import CampaignTally, Delegate, Invitation
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.reminders import due_by, end_of
from contempo.questionnaires.rules.states import CHANNEL_LABELS, INVITATION, CampaignState, Channel
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class InvitationRow:
    """An invitation in the list; in an anonymous campaign nothing tells when somebody answered.

    Its page is at `address`, not `url`: the box to tick, which comes first, must not stand in a link.
    """

    id: int
    name: str
    contact: str
    email: str
    state: Look
    channel: str
    delegate: str
    kind: str
    size: str
    municipality: str
    sent_at: datetime | None
    reminders: int
    reminded_at: datetime | None
    reason: str
    address: str


COLUMNS = (
    Column("id", _("Choose"), template="questionnaires/campaigns/cell_chosen.html"),
    Column("name", _("Who"), sort=("search_name",), template="questionnaires/campaigns/cell_who.html"),
    Column("state", _("State"), sort=("state", "search_name")),
    Column("channel", _("Channel")),
    Column("sent_at", _("Invited"), sort="sent_at"),
    Column("reminders", _("Reminders"), sort="reminders", numeric=True),
)
FILE_COLUMNS = (
    Column("name", _("Who"), sort=("search_name",)),
    Column("contact", _("Contact")),
    Column("email", _("E-mail")),
    Column("state", _("State"), sort=("state", "search_name")),
    Column("channel", _("Channel")),
    Column("delegate", _("Handed on by")),
    Column("kind", _("Kind")),
    Column("size", _("Size class")),
    Column("municipality", _("Municipality")),
    Column("sent_at", _("Invited"), sort="sent_at"),
    Column("reminders", _("Reminders"), sort="reminders", numeric=True),
    Column("reminded_at", _("Last reminder")),
    Column("reason", _("Reason given")),
)


class InvitationFilters(django_filters.FilterSet):
    """What invitations may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name or e-mail"), method="find")
    stato = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("State"),
        field_name="state",
        choices=choices({state: look.label for state, look in INVITATION.looks.items()}),
    )
    canale = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Channel"),
        field_name="channel",
        choices=choices({key: label for key, label in CHANNEL_LABELS.items() if key != Channel.IMPORTED}),
    )
    delegato = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Handed on by"), field_name="delegate_id")
    tipo = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Kind"), field_name="kind")
    dimensione = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Size class"), field_name="size")
    comune = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Municipality"), field_name="municipality_id")
    indirizzo = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Address"),
        choices=[("senza", _("Without an e-mail address")), ("con", _("With an e-mail address"))],
        method="addressed",
    )
    unita = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Their unit"),
        choices=[("coperta", _("Covered by another answer"))],
        method="covered",
    )
    sollecito = django_filters.DateFilter(label=_("Reminded on"), method="reminded_on")

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Invitation], *, opened: OpenedCampaign) -> None:
        super().__init__(params, queryset)
        self.opened = opened
        known = _known(opened)
        for name, options in known.items():
            if len(options) > 1 or params.get(name):
                self.filters[name].extra["choices"] = options
            else:
                del self.filters[name]
        if not opened.part.keeps:
            for name in ("canale", "sollecito", "indirizzo", "unita"):
                self.filters.pop(name, None)

    def find(self, rows: QuerySet[Invitation], name: str, text: str) -> QuerySet[Invitation]:
        """By part of the name of the unit, of the contact or of the address."""
        words = text.strip()
        return rows.filter(
            Q(search_name__contains=normalise(words)) | Q(name__icontains=words) | Q(email__icontains=words)
        )

    def addressed(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """With an address, or without."""
        return rows.filter(email="") if value == "senza" else rows.exclude(email="")

    def covered(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """Those that wait and are reminded no more, because another answer speaks for their unit."""
        return covered_by_others(rows)

    def reminded_on(self, rows: QuerySet[Invitation], name: str, day: date) -> QuerySet[Invitation]:
        """Those whom the next reminder of the plan reaches on a day; today stands for the days before too."""
        return reminded_on(self.opened, rows, day)


def reminded_on(opened: OpenedCampaign, rows: QuerySet[Invitation], day: date) -> QuerySet[Invitation]:
    """Those whom the next reminder of the plan reaches on `day`; today stands for the days before too."""
    campaign = opened.campaign
    rows = remindable(rows).filter(channel=Channel.EMAIL.value).exclude(email="")
    by = _due(campaign.reminders, day)
    return rows.filter(by) if day <= today() else rows.filter(by).exclude(_due(campaign.reminders, _before(day)))


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _due(plan: list[int], day: date) -> Q:
    found = Q(pk__in=[])
    for due in due_by(plan, day):
        one = Q(reminders=due.number - 1, sent_at__lt=end_of(due.sent_by))
        if due.reminded_by is not None:
            one &= Q(reminded_at=None) | Q(reminded_at__lt=end_of(due.reminded_by))
        found |= one
    return found


def _known(opened: OpenedCampaign) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose in each filter, from the sums kept. At most three SQL."""
    facets = {"tipo": "invitation.kind", "dimensione": "invitation.size", "comune": "invitation.municipality"}
    keys: dict[str, set[str]] = {name: set() for name in facets}
    names = {facet: name for name, facet in facets.items()}
    rows = CampaignTally.objects.filter(campaign=opened.campaign, facet__in=list(names), count__gt=0)
    for facet, key in rows.values_list("facet", "key"):
        if value := key.split("|")[0]:
            keys[names[facet]].add(value)
    delegates = visible_delegates(opened.part, Delegate.objects.select_related("organisation"))
    return {
        "tipo": sorted(kind_names(keys["tipo"]).items(), key=lambda pair: pair[1]),
        "dimensione": list(size_names(sorted(keys["dimensione"])).items()),
        "comune": sorted(place_labels(keys["comune"]).items(), key=lambda pair: pair[1]) if keys["comune"] else [],
        "delegato": [(str(one.pk), one.organisation.name) for one in delegates.order_by("organisation__search_name")],
    }


def filters_of(opened: OpenedCampaign, params: QueryDict) -> InvitationFilters:
    """The invitations the reader follows, bound to what is asked."""
    rows = Invitation.objects.select_related("target", "delegate__organisation", "municipality")
    return InvitationFilters(params, visible_invitations(opened.part, rows), opened=opened)


def invitations(opened: OpenedCampaign, params: QueryDict) -> ListPage:
    """The page of invitations that `params` ask for. Five SQL."""
    chooses = opened.part.keeps and opened.campaign.state != CampaignState.CLOSED
    columns = COLUMNS if chooses else COLUMNS[1:]
    return build(filters_of(opened, params), columns=columns, to_row=_Rows(opened), sort="name")


def invitation_rows(opened: OpenedCampaign, params: QueryDict) -> Iterator[InvitationRow]:
    """All of them, for a file."""
    return every_row(filters_of(opened, params), columns=FILE_COLUMNS, to_row=_Rows(opened), sort="name")


def matching(opened: OpenedCampaign, params: QueryDict) -> list[int]:
    """The numbers of all invitations that `params` ask for. Three SQL."""
    return list(filters_of(opened, params).qs.order_by().values_list("pk", flat=True))


class _Rows:
    def __init__(self, opened: OpenedCampaign) -> None:
        self.opened = opened
        self.anonymous = opened.campaign.anonymous

    def __call__(self, invitation: Invitation) -> InvitationRow:
        return InvitationRow(
            id=invitation.pk,
            name=called(invitation),
            contact=invitation.name,
            email=invitation.email,
            state=INVITATION.looks[invitation.state],
            channel=gettext(CHANNEL_LABELS[invitation.channel]),
            delegate=invitation.delegate.organisation.name if invitation.delegate else "",
            kind=kind_names([invitation.kind]).get(invitation.kind, invitation.kind),
            size=size_names([invitation.size]).get(invitation.size, invitation.size),
            municipality=invitation.municipality.name if invitation.municipality else "",
            sent_at=invitation.sent_at,
            reminders=invitation.reminders,
            reminded_at=invitation.reminded_at,
            reason=gettext(invitation.reason) if invitation.reason else "",
            address=self.opened.url("invitation", invitation=invitation.pk),
        )


def called(invitation: Invitation) -> str:
    """How an invitation is called: its unit, its contact, or its number for a bare link."""
    if invitation.target is not None:
        return invitation.target.name
    return invitation.name or invitation.email or gettext("Link number %(number)s") % {"number": invitation.pk}
