"""What whoever is asking sees: the draft as it was left, and by when an answer would come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from contempo.core.calendar import Calendar, calendar_of
from contempo.core.files import Attachment, attachments_of
from contempo.core.small_cells import is_small
from contempo.helpdesk.models import DeskPolicy, DeskTally, Question, QuestionDraft
from contempo.helpdesk.rules.clock import Policy, due_at, policy_of
from contempo.helpdesk.rules.figures import month_after, month_of, quarter_of
from contempo.people.public import Actor

DRAFT = "helpdesk.draft"


@dataclass(frozen=True)
class Document:
    """A file attached to a draft or to a message."""

    key: UUID
    name: str
    size: int


@dataclass(frozen=True)
class Draft:
    """A question not sent yet; `values` are those typed in the form, by field."""

    id: int
    key: UUID
    values: dict[str, str]
    language: str
    documents: tuple[Document, ...]

    @property
    def email(self) -> str:
        """The address typed, in lower case; empty when none was asked for."""
        return self.values.get("email", "").strip().lower()


@dataclass(frozen=True)
class DeskPromise:
    """What the desk of a network promises: `hours` by the clock or, `by_opening_hours`, the same in opening hours.

    `by` is when a question sent now would be answered at the latest; `mail_address` is where the desk reads mail.
    """

    hours: int
    by_opening_hours: bool
    by: datetime
    mail_address: str


def draft_of(actor: Actor, key: UUID) -> Draft | None:
    """The draft with this key in the actor's network: whoever knows the key wrote it. Two SQL."""
    draft = QuestionDraft.objects.filter(network_id=actor.network_id, key=key).first()
    if draft is None:
        return None
    return Draft(draft.pk, draft.key, draft.values, draft.language, documents(attachments_of(DRAFT, draft.pk)))


def drafts_of(actor: Actor, keys: Iterable[str]) -> tuple[Draft, ...]:
    """The drafts with these keys in the actor's network, last changed first; without their files. One SQL at most."""
    wanted = list(keys)
    if not wanted:
        return ()
    found = QuestionDraft.objects.filter(network_id=actor.network_id, key__in=wanted).order_by("-changed_at")
    return tuple(Draft(draft.pk, draft.key, draft.values, draft.language, ()) for draft in found)


def draft_document(actor: Actor, key: UUID, attachment: UUID) -> Attachment | None:
    """A file of a draft. Two SQL."""
    draft = QuestionDraft.objects.filter(network_id=actor.network_id, key=key).first()
    found = attachments_of(DRAFT, draft.pk) if draft else ()
    return next((each for each in found if each.key == attachment), None)


def was_sent(actor: Actor, key: UUID) -> bool:
    """Whether a draft with this key has become a question. One SQL."""
    return Question.objects.filter(network_id=actor.network_id, key=key).exists()


def desk_promise(actor: Actor, at: datetime) -> DeskPromise:
    """What the desk of the actor's network promises to a question sent `at` this moment. One SQL."""
    row = DeskPolicy.objects.select_related("municipality").filter(network_id=actor.network_id).first()
    policy, calendar = _terms(row) if row else (Policy(), Calendar())
    due = due_at(at, policy, (), calendar)
    return DeskPromise(
        hours=policy.elapsed_hours,
        by_opening_hours=policy.promised == "working",
        by=due.promised(policy),
        mail_address=row.mail_address if row else "",
    )


def kept_share(actor: Actor, at: datetime) -> int | None:
    """In how many cases of a hundred the desk kept its first promise, in the last four quarters that have ended.

    None when it cannot be told: nothing was due, or one of the two counts is small. One SQL.
    """
    last = month_after(quarter_of(month_of(at)).since, -1)
    told = DeskTally.objects.filter(
        network_id=actor.network_id, measure="within", month__range=(month_after(last, -11), last)
    )
    counts = dict(told.values_list("key").annotate(total=Sum("count")))
    kept, broken = counts.get("yes", 0), counts.get("no", 0)
    if not kept or is_small(kept) or is_small(broken):
        return None
    return 100 * kept // (kept + broken)


def documents(attached: Iterable[Attachment]) -> tuple[Document, ...]:
    """Attachments as pages name them."""
    return tuple(Document(each.key, each.name, each.size) for each in attached)


def _terms(row: DeskPolicy) -> tuple[Policy, Calendar]:
    fields = ("promised", "elapsed_hours", "max_pauses", "pause_days", "windows")
    policy = policy_of({name: getattr(row, name) for name in fields})
    return policy, calendar_of(row.municipality.name, row.municipality.province) if row.municipality else Calendar()
