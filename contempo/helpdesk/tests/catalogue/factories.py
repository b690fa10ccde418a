"""The catalogue of Milan: entries made by the actions that make them in life. Nadia writes, Tullio approves."""

from dataclasses import dataclass
from datetime import date

from contempo.helpdesk.actions.catalogue.deciding import approve_revision
from contempo.helpdesk.actions.catalogue.drafting import draft_entry, propose_revision
from contempo.helpdesk.actions.catalogue.marks import judge_marks
from contempo.helpdesk.models import Entry, Revision
from contempo.helpdesk.rules.entries import Facts, Harmless, Source, Words
from contempo.helpdesk.rules.redaction import found
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import Desk
from contempo.people.models import Person

WORDS = Words(
    "Posso prendere il congedo parentale a ore?",
    "Chi lavora come dipendente chiede se il congedo si può dividere in ore.",
    "Sì: il congedo parentale si può prendere **a ore**, con il preavviso del contratto collettivo.",
)
IN_ENGLISH = Words(
    "Can I take parental leave by the hour?",
    "An employee asks whether the leave can be split into hours.",
    "Yes: parental leave may be taken **by the hour**, with the notice of the collective contract.",
)
SOURCE = Source("Il congedo parentale", "https://www.example.org/congedo", date(2026, 1, 10))


@dataclass(frozen=True)
class Catalogue:
    """The catalogue and the desk that keeps it."""

    desk: Desk

    def draft(
        self,
        words: Words = WORDS,
        *,
        topics: tuple[str, ...] = (Topic.HOURLY_LEAVE,),
        norms: tuple[int, ...] = (),
        sources: tuple[Source, ...] = (),
        by: Person | None = None,
        language: str = "it",
    ) -> Revision:
        """The first revision of an entry, being written by Nadia unless told otherwise."""
        actor = self.desk.actor(by or self.desk.nadia)
        return draft_entry(actor, language=language, words=words, facts=Facts(topics, norms, sources))

    def proposed(self, revision: Revision | None = None, **draft: object) -> Revision:
        """A revision that waits for a second person, its marks judged to identify nobody."""
        revision = revision or self.draft(**draft)  # type: ignore[arg-type]
        actor = self.desk.actor(revision.author)
        text = "\n".join((revision.title, revision.question, revision.answer))
        judged = {(str(mark.kind), mark.key): str(Harmless.ORDINARY) for mark in found(text)}
        judge_marks(actor, revision_id=revision.pk, judged=judged)
        return propose_revision(actor, revision_id=revision.pk)

    def approved(self, revision: Revision | None = None, by: Person | None = None, **draft: object) -> Revision:
        """A revision the public reads, approved by Tullio unless told otherwise."""
        revision = self.proposed(revision, **draft)
        return approve_revision(self.desk.actor(by or self.desk.tullio), revision_id=revision.pk)

    def published(self, words: Words = WORDS, **draft: object) -> Entry:
        """An entry the public reads."""
        return Entry.objects.get(pk=self.approved(words=words, **draft).entry_id)
