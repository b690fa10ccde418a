"""The invitations behind the figures, and those still without an answer: the follow-up list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.workflow import Look
from contempo.questionnaires.access import visible_invitations
from contempo.questionnaires.models import Invitation
from contempo.questionnaires.queries.board.narrowing import Narrowing, invitation_choices
from contempo.questionnaires.queries.board.sums import sums
from contempo.questionnaires.queries.board.words import names_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.followup import LATE
from contempo.questionnaires.rules.rates import CASES, GROUP_LABELS, PARTIAL, Group, standings_of
from contempo.questionnaires.rules.states import CHANNEL_LABELS, INVITATION, InvitationState
from contempo.web.lists import Column, ListPage, build, every_row

ALL_CASES, WITHOUT = "casi", "senza"
"""What stands in addresses for all invitations in the denominator, and for those of them without a full answer."""

_FACETS = ("channel", "delegate", "kind", "size", "municipality")
_DAYS = (("3", _("3 days")), ("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days")))


@dataclass(frozen=True)
class InvitationRow:
    """An invitation as who follows it up sees it: never what was answered."""

    who: str
    unit: str
    kind: str
    size: str
    municipality: str
    channel: str
    delegate: str
    state: Look
    sent: datetime | None
    reminders: int
    reminded: datetime | None
    covered: bool
    email: str
    language: str
    url: str


COLUMNS = (
    Column("who", _("Who is invited"), sort="search_name"),
    Column("state", _("State"), sort="state"),
    Column("sent", _("Invited on"), sort="sent_at"),
    Column("reminders", _("Reminders"), sort="reminders", numeric=True),
    Column("channel", _("Channel"), sort="channel"),
    Column("delegate", _("Through whom")),
    Column("municipality", _("Municipality")),
    Column("covered", _("Unit covered by another answer"), only_export=True),
    Column("unit", _("Unit"), only_export=True),
    Column("kind", _("Kind"), only_export=True),
    Column("size", _("Size class"), only_export=True),
    Column("email", _("E-mail"), only_export=True),
    Column("language", _("Language"), only_export=True),
    Column("reminded", _("Last reminder"), only_export=True),
)


class _Filters(Narrowing):
    """What invitations may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name"), method="named")
    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=choices({state: look.label for state, look in INVITATION.looks.items()}),
        field_name="state",
        empty_label=_("All"),
    )

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()


class _Behind(_Filters):
    esito = django_filters.ChoiceFilter(
        label=_("Counted as"),
        choices=[
            (ALL_CASES, _("All those of the denominator")),
            (WITHOUT, _("Those of them without a full answer")),
            *choices(GROUP_LABELS),
        ],
        method="counted",
        empty_label=_("All"),
    )

    def counted(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """By the group in which the rates count them."""
        groups = {ALL_CASES: CASES, WITHOUT: CASES[1:]}.get(value) or (Group(value),)
        return rows.filter(_standing(groups))


class _Late(_Filters):
    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=choices({state: INVITATION.looks[state].label for state in LATE}),
        field_name="state",
        empty_label=_("All"),
    )
    giorni = django_filters.ChoiceFilter(
        label=_("Invited for at least"), choices=_DAYS, method="since", empty_label=_("Any time")
    )
    unita = django_filters.ChoiceFilter(
        label=_("Their unit"),
        choices=[("scoperta", _("Not covered yet")), ("coperta", _("Covered by another answer"))],
        method="covered",
        empty_label=_("All"),
    )

    def __init__(self, *, now: datetime, **given: object) -> None:
        self.now = now
        super().__init__(**given)  # type: ignore[arg-type]

    def since(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """By how long ago they were invited."""
        return rows.filter(sent_at__lte=self.now - timedelta(days=int(value)))

    def covered(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """By whether another answer speaks for their unit already."""
        other = Q(target__covered=True)
        return rows.filter(other) if value == "coperta" else rows.exclude(other)


def behind(opened: OpenedCampaign, params: QueryDict) -> ListPage:
    """The invitations behind a figure: as many as it says. Seven SQL at most."""
    return build(_behind(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort="who")


def every_behind(opened: OpenedCampaign, params: QueryDict) -> Iterator[InvitationRow]:
    """All of them, for a file."""
    return every_row(_behind(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort="who")


def late(opened: OpenedCampaign, params: QueryDict, *, now: datetime) -> ListPage:
    """The invitations sent and not answered, who was invited first on top. Seven SQL at most."""
    return build(_late(opened, params, now), columns=COLUMNS, to_row=_row_maker(opened), sort="sent")


def every_late(opened: OpenedCampaign, params: QueryDict, *, now: datetime) -> Iterator[InvitationRow]:
    """All of them, for a file."""
    return every_row(_late(opened, params, now), columns=COLUMNS, to_row=_row_maker(opened), sort="sent")


def _behind(opened: OpenedCampaign, params: QueryDict) -> _Behind:
    return _Behind(choices=_choices(opened, params), params=params, queryset=_rows(opened))


def _late(opened: OpenedCampaign, params: QueryDict, now: datetime) -> _Late:
    rows = _rows(opened).filter(state__in=LATE)
    return _Late(now=now, choices=_choices(opened, params), params=params, queryset=rows)


def _choices(opened: OpenedCampaign, params: QueryDict) -> Mapping[str, list[tuple[str, str]]]:
    facets = _FACETS if opened.part.keeps else ()
    kept = sums(opened.campaign.pk, *(f"invitation.{facet}" for facet in facets))
    return invitation_choices(kept, facets, params)


def _rows(opened: OpenedCampaign) -> QuerySet[Invitation]:
    found = visible_invitations(opened.part, Invitation.objects.all())
    return found.select_related("target", "delegate__organisation", "municipality")


def _standing(groups: tuple[Group, ...]) -> Q:
    """The invitations in some groups of dispositions."""
    standings = set(standings_of(groups))
    begun = Q(state=InvitationState.BEGUN.value)
    found = Q(state__in=standings - {PARTIAL, InvitationState.BEGUN})
    if PARTIAL in standings:
        found |= begun & Q(partial=True)
    if InvitationState.BEGUN in standings:
        found |= begun & Q(partial=False)
    return found


def _row_maker(opened: OpenedCampaign) -> Callable[[Invitation], InvitationRow]:
    channels = {key: gettext(label) for key, label in CHANNEL_LABELS.items()}

    def to_row(invitation: Invitation) -> InvitationRow:
        target, delegate = invitation.target, invitation.delegate
        return InvitationRow(
            who=_called(invitation),
            unit=target.name if target else "",
            kind=names_of("kind", [invitation.kind])[invitation.kind] if invitation.kind else "",
            size=names_of("size", [invitation.size])[invitation.size] if invitation.size else "",
            municipality=invitation.municipality.name if invitation.municipality else "",
            channel=channels[invitation.channel],
            delegate=delegate.organisation.name if delegate else "",
            state=INVITATION.looks[InvitationState(invitation.state)],
            sent=invitation.sent_at,
            reminders=invitation.reminders,
            reminded=invitation.reminded_at,
            covered=bool(target and target.covered),
            email=invitation.email,
            language=invitation.language,
            url=opened.url("invitation", invitation=invitation.pk),
        )

    return to_row


def _called(invitation: Invitation) -> str:
    """What an invitation is called: its unit, then its contact; a bare token by its number."""
    if invitation.target is not None:
        return str(invitation.target.name)
    return invitation.name or invitation.email or gettext("Invitation %(number)s") % {"number": invitation.pk}
