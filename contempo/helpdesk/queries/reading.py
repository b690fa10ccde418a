"""An answer as its second reader sees it."""

from dataclasses import dataclass

from contempo.core import clock
from contempo.core.verdict import Verdict
from contempo.helpdesk.access import may_read_for_others
from contempo.helpdesk.models import AnswerDraft, Reading
from contempo.network.public import OrganisationLink, organisation_links
from contempo.norms.public import NormBrief, norms_by_id
from contempo.people.public import Actor, names


@dataclass(frozen=True)
class DraftToRead:
    """A draft for which a second reading is asked; `own` when the reader wrote it."""

    author: str
    own: bool
    text: str
    norms: tuple[NormBrief, ...]
    organisations: tuple[OrganisationLink, ...]
    may_read: Verdict


def draft_to_read(actor: Actor, *, question_id: int, author_id: int) -> DraftToRead | None:
    """The draft of an author for a question the actor may see; None when no reading is asked for it. Seven SQL."""
    waiting = AnswerDraft.objects.select_related("question").filter(
        question_id=question_id, question__network_id=actor.network_id, author_id=author_id, reading=Reading.ASKED
    )
    draft = waiting.first()
    if draft is None:
        return None
    cited = norms_by_id(draft.norm_ids, clock.today())
    linked = organisation_links(draft.question.network_id, draft.organisation_ids)
    return DraftToRead(
        author=names([author_id]).get(author_id, ""),
        own=author_id == actor.person_id,
        text=draft.text,
        norms=tuple(cited[key] for key in draft.norm_ids if key in cited),
        organisations=tuple(linked[key] for key in draft.organisation_ids if key in linked),
        may_read=may_read_for_others(actor, draft.question),
    )
