"""The words of campaigns: how answers are asked for, through whom, and where each thing stands."""

from enum import StrEnum

from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow


class Who(StrEnum):
    """Parts in the steps of a campaign and its invitations."""

    KEEPER = "keeper"
    CLOCK = "clock"
    RESPONDENT = "respondent"
    DELEGATE = "delegate"


class Purpose(StrEnum):
    MAPPING = "mapping"
    NEEDS = "needs"
    SATISFACTION = "satisfaction"
    OTHER = "other"


PURPOSE_LABELS: dict[str, str] = {
    Purpose.MAPPING: N_("Mapping of balance measures"),
    Purpose.NEEDS: N_("Needs of people"),
    Purpose.SATISFACTION: N_("Satisfaction"),
    Purpose.OTHER: N_("Other purpose"),
}


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


VERSION_LABELS: dict[str, str] = {
    VersionState.DRAFT: N_("Being written"),
    VersionState.PUBLISHED: N_("Published version"),
}


class Mode(StrEnum):
    """What the network can know of a response: who gave it, only that they answered, or nothing."""

    IDENTIFIED = "identified"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


MODE_LABELS: dict[str, str] = {
    Mode.IDENTIFIED: N_("With name: who runs the campaign reads who answered what"),
    Mode.CONFIDENTIAL: N_("Confidential: who runs the campaign sees who answered, not what"),
    Mode.ANONYMOUS: N_("Anonymous: nobody can tell who gave an answer"),
}


class UnitKind(StrEnum):
    """What a campaign counts: the units of its population."""

    ORGANISATION = "organisation"
    PERSON = "person"
    FAMILY = "family"


UNIT_KIND_LABELS: dict[str, str] = {
    UnitKind.ORGANISATION: N_("Organisations"),
    UnitKind.PERSON: N_("People"),
    UnitKind.FAMILY: N_("Families"),
}


class CampaignState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


_KEEPER, _BOTH = frozenset({Who.KEEPER}), frozenset({Who.KEEPER, Who.CLOCK})

CAMPAIGN = Workflow(
    name="campaign",
    initial=CampaignState.DRAFT,
    looks={
        CampaignState.DRAFT: Look(N_("In preparation"), "neutral", "it-pencil"),
        CampaignState.OPEN: Look(N_("Taking answers"), "info", "it-calendar"),
        CampaignState.CLOSED: Look(N_("Closed to answers"), "neutral", "it-lock"),
    },
    transitions=(
        Transition("open", (CampaignState.DRAFT,), CampaignState.OPEN, N_("Open the campaign"), _BOTH),
        Transition("close", (CampaignState.OPEN,), CampaignState.CLOSED, N_("Close the campaign"), _BOTH),
        Transition("reopen", (CampaignState.CLOSED,), CampaignState.OPEN, N_("Open the campaign again"), _KEEPER),
    ),
)


class Origin(StrEnum):
    """Where the data of a campaign come from; aggregates never mix with single responses."""

    HERE = "here"
    IMPORTED = "imported"
    AGGREGATES = "aggregates"


ORIGIN_LABELS: dict[str, str] = {
    Origin.HERE: N_("Answered here"),
    Origin.IMPORTED: N_("Imported responses of a past survey"),
    Origin.AGGREGATES: N_("Only aggregates of a past survey"),
}


class Channel(StrEnum):
    """The way an invitation, or a response without one, came."""

    EMAIL = "email"
    DELEGATE = "delegate"
    MUNICIPALITY = "municipality"
    PUBLIC = "public"
    PAPER = "paper"
    IMPORTED = "imported"


CHANNEL_LABELS: dict[str, str] = {
    Channel.EMAIL: N_("Direct e-mail"),
    Channel.DELEGATE: N_("Through a delegate"),
    Channel.MUNICIPALITY: N_("Through a municipality"),
    Channel.PUBLIC: N_("Public link"),
    Channel.PAPER: N_("On paper"),
    Channel.IMPORTED: N_("Imported"),
}


class InvitationState(StrEnum):
    """Where an invitation stands; AAPOR codes are in `rules.rates`."""

    PREPARED = "prepared"
    SENT = "sent"
    BOUNCED = "bounced"
    OPENED = "opened"
    BEGUN = "begun"
    COMPLETED = "completed"
    REFUSED = "refused"
    NOT_ELIGIBLE = "not_eligible"
    REPLACED = "replaced"


_WAITING = (
    InvitationState.PREPARED,
    InvitationState.SENT,
    InvitationState.BOUNCED,
    InvitationState.OPENED,
    InvitationState.BEGUN,
)
_RESPONDENT = frozenset({Who.RESPONDENT, Who.KEEPER})
_KEEPERS = frozenset({Who.KEEPER, Who.DELEGATE})

INVITATION = Workflow(
    name="invitation",
    initial=InvitationState.PREPARED,
    looks={
        InvitationState.PREPARED: Look(N_("Invitation not sent yet"), "neutral", "it-pencil"),
        InvitationState.SENT: Look(N_("Invited"), "info", "it-mail"),
        InvitationState.BOUNCED: Look(N_("Came back: wrong address"), "danger", "it-close-circle"),
        InvitationState.OPENED: Look(N_("Opened"), "info", "it-password-visible"),
        InvitationState.BEGUN: Look(N_("Begun"), "warning", "it-clock"),
        InvitationState.COMPLETED: Look(N_("Answered"), "success", "it-check-circle"),
        InvitationState.REFUSED: Look(N_("Does not want to answer"), "neutral", "it-close-circle"),
        InvitationState.NOT_ELIGIBLE: Look(N_("Not concerned"), "neutral", "it-minus-circle"),
        InvitationState.REPLACED: Look(N_("Passed to another contact"), "neutral", "it-exchange-circle"),
    },
    transitions=(
        Transition("send", _WAITING[:3], InvitationState.SENT, N_("Send the invitation"), _KEEPERS | {Who.CLOCK}),
        Transition(
            "bounce", _WAITING[:2], InvitationState.BOUNCED, N_("Note that it came back"), _KEEPERS | {Who.CLOCK}
        ),
        Transition("open", _WAITING[:3], InvitationState.OPENED, N_("Open the invitation"), _RESPONDENT),
        Transition(
            "begin",
            (*_WAITING[:4], InvitationState.REFUSED, InvitationState.NOT_ELIGIBLE),
            InvitationState.BEGUN,
            N_("Begin"),
            _RESPONDENT,
        ),
        Transition("complete", _WAITING, InvitationState.COMPLETED, N_("Send the answers"), _RESPONDENT),
        Transition("refuse", _WAITING, InvitationState.REFUSED, N_("I do not want to answer"), _RESPONDENT),
        Transition(
            "exclude",
            (*_WAITING, InvitationState.REFUSED),
            InvitationState.NOT_ELIGIBLE,
            N_("Not our competence"),
            _RESPONDENT,
        ),
        Transition(
            "replace",
            (*_WAITING, InvitationState.REFUSED, InvitationState.NOT_ELIGIBLE),
            InvitationState.REPLACED,
            N_("Change the contact"),
            _RESPONDENT | {Who.DELEGATE},
        ),
        Transition("withdraw", (InvitationState.COMPLETED,), InvitationState.BEGUN, N_("Take back"), _RESPONDENT),
        Transition(
            "release",
            (InvitationState.COMPLETED,),
            InvitationState.SENT,
            N_("Note that a paper form was another’s"),
            _KEEPER,
        ),
    ),
)


class ResponseState(StrEnum):
    BEGUN = "begun"
    COMPLETED = "completed"
    EXCLUDED = "excluded"


RESPONSE_LABELS: dict[str, str] = {
    ResponseState.BEGUN: N_("Half done"),
    ResponseState.COMPLETED: N_("Completed"),
    ResponseState.EXCLUDED: N_("Left out of the figures"),
}


class CoverageState(StrEnum):
    """Whether a response speaks for a unit. One counted response for a unit; the others wait for a person, or are
    settled."""

    COUNTED = "counted"
    DISPUTED = "disputed"
    DROPPED = "dropped"


COVERAGE_LABELS: dict[str, str] = {
    CoverageState.COUNTED: N_("Counted"),
    CoverageState.DISPUTED: N_("To be settled: answered twice"),
    CoverageState.DROPPED: N_("Not counted"),
}


class PracticeState(StrEnum):
    FOUND = "found"
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    PUBLISHED = "published"


PRACTICE = Workflow(
    name="practice",
    initial=PracticeState.FOUND,
    looks={
        PracticeState.FOUND: Look(N_("Found in an answer"), "neutral", "it-pencil"),
        PracticeState.ASKED: Look(N_("Consent asked"), "warning", "it-mail"),
        PracticeState.AGREED: Look(N_("Consent given"), "info", "it-check"),
        PracticeState.DECLINED: Look(N_("Consent not given"), "neutral", "it-close-circle"),
        PracticeState.PUBLISHED: Look(N_("In the library"), "success", "it-check-circle"),
    },
    transitions=(
        Transition("ask", (PracticeState.FOUND,), PracticeState.ASKED, N_("Ask for consent"), _KEEPER),
        Transition(
            "agree",
            (PracticeState.FOUND, PracticeState.ASKED, PracticeState.DECLINED),
            PracticeState.AGREED,
            N_("I agree"),
            frozenset({Who.RESPONDENT}),
        ),
        Transition(
            "decline",
            (PracticeState.ASKED, PracticeState.AGREED, PracticeState.PUBLISHED),
            PracticeState.DECLINED,
            N_("I do not agree"),
            _RESPONDENT,
        ),
        Transition("publish", (PracticeState.AGREED,), PracticeState.PUBLISHED, N_("Put into the library"), _KEEPER),
    ),
)
