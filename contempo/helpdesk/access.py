"""Who may see and do what at the desk."""

from collections.abc import Iterable
from uuid import UUID

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.helpdesk.models import AnswerDraft, Counterpart, Entry, Expert, InboundMail, Question, Reading, Revision
from contempo.helpdesk.rules.conflicts import Conflict, Organisation, Parties, Side, conflict_of, side_of
from contempo.helpdesk.rules.entries import State as EntryState
from contempo.helpdesk.rules.entries import Who as EntryWho
from contempo.helpdesk.rules.entries import may_propose
from contempo.helpdesk.rules.questions import State, Who
from contempo.helpdesk.rules.redaction import Known, candidate_places, is_small
from contempo.network.public import organisation_kinds, organisations_mentioned, places_called
from contempo.people.public import Actor, NetworkRole, organisations_of, persons_with

STAFF = (NetworkRole.EXPERT, NetworkRole.COORDINATOR)
"""Network roles that read and answer questions; the others read figures only."""

READERS_OF_FIGURES = (*STAFF, NetworkRole.STEERING, NetworkRole.EVALUATOR, NetworkRole.OBSERVER)

LINK_LIFE_SECONDS = 60 * 24 * 60 * 60
"""A mailed link opens a question for sixty days: the answer, thirty days to ask again, and as many to spare."""

_LINK_SALT = "helpdesk.follow"


def follow_token(question: Question) -> str:
    """The secret of the link mailed to the asker, signed with the moment it was made and the address it is for."""
    return signing.TimestampSigner(salt=_LINK_SALT).sign_object([str(question.key), question.asker_id])


def opened_by(token: str, key: UUID) -> int | None:
    """The asker whose question `key` the link opens; None when it was not made here, for it, or is too old."""
    try:
        named, asker = signing.TimestampSigner(salt=_LINK_SALT).unsign_object(token, max_age=LINK_LIFE_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return int(asker) if named == str(key) else None


def ties_of(actor: Actor) -> tuple[Organisation, ...]:
    """The organisations `actor` acts for, with their kinds. One SQL, none for whoever acts for nobody."""
    kinds = organisation_kinds(actor.organisations)
    return tuple(Organisation(number, kinds[number]) for number in actor.organisations if number in kinds)


def is_staff(actor: Actor) -> bool:
    """Whether `actor` works at the desk of this network."""
    return actor.has(*STAFF)


def without_conflicts(
    actor: Actor, questions: QuerySet[Question], ties: tuple[Organisation, ...]
) -> QuerySet[Question]:
    """The questions in which `actor`, who acts for `ties`, has no conflict of interest: `rules.conflicts` as SQL."""
    questions = questions.exclude(asker_id=actor.person_id)
    sides = {side_of(tie.kind) for tie in ties}
    if Side.WORKERS in sides:
        questions = questions.filter(union_side=False)
    if Side.EMPLOYERS in sides:
        questions = questions.filter(employer_side=False)
    if ties:
        held = [tie.id for tie in ties]
        named = Counterpart.objects.filter(question=OuterRef("pk"), organisation_id__in=held)
        questions = questions.filter(~Exists(named))
    return questions


def kept_away(actor: Actor, ties: tuple[Organisation, ...]) -> Q:
    """What `without_conflicts` leaves out: for counting it over the small indexes of askers and of disputes."""
    apart = Q(asker_id=actor.person_id)
    sides = {side_of(tie.kind) for tie in ties}
    if Side.WORKERS in sides:
        apart |= Q(union_side=True)
    if Side.EMPLOYERS in sides:
        apart |= Q(employer_side=True)
    if ties:
        named = Counterpart.objects.filter(question=OuterRef("pk"), organisation_id__in=[tie.id for tie in ties])
        # Whoever names a counterpart is in a dispute: the sides say where to look.
        apart |= (Q(union_side=True) | Q(employer_side=True)) & Q(Exists(named))
    return apart


def visible_questions(
    actor: Actor, questions: QuerySet[Question], ties: tuple[Organisation, ...] | None = None
) -> QuerySet[Question]:
    """Questions that `actor` may open at the desk: all for coordinators, those without conflict for experts.

    One SQL at most, for whoever acts for organisations, none when their `ties` are given; the queryset itself is lazy.
    """
    if actor.network_id is None or not is_staff(actor):
        return questions.none()
    questions = questions.filter(network_id=actor.network_id)
    if actor.has(NetworkRole.COORDINATOR):
        return questions
    return without_conflicts(actor, questions, ties_of(actor) if ties is None else ties)


def visible_mail(actor: Actor, mails: QuerySet[InboundMail]) -> QuerySet[InboundMail]:
    """E-mails of the actor's network, for its coordinators only."""
    if actor.network_id is None or not actor.has(NetworkRole.COORDINATOR):
        return mails.none()
    return mails.filter(network_id=actor.network_id)


def own_questions(actor: Actor, questions: QuerySet[Question]) -> QuerySet[Question]:
    """Questions that `actor` asked in this network."""
    if actor.person_id is None or actor.network_id is None:
        return questions.none()
    return questions.filter(asker_id=actor.person_id, network_id=actor.network_id)


def conflict_in(actor: Actor, question: Question) -> Verdict:
    """Is `actor` free of conflicts of interest in a question? Two SQL at most."""
    return conflict_between(actor, ties_of(actor), parties_of(question))


def conflict_between(actor: Actor, ties: tuple[Organisation, ...], parties: Parties) -> Verdict:
    """Is `actor`, who acts for `ties`, free of conflicts of interest with `parties`?"""
    found = conflict_of(actor.person_id, ties, parties) if actor.person_id else None
    return because(found.reason) if found else ALLOWED


def conflicts_in(question: Question, person_ids: Iterable[int]) -> dict[int, Conflict | None]:
    """The conflict of each of these persons with a question, None for who has none. Three SQL, whoever they are."""
    people = list(person_ids)
    acts_for = organisations_of(question.network_id, people)
    kinds = organisation_kinds({number for held in acts_for.values() for number in held})
    parties = parties_of(question)
    return {
        person_id: conflict_of(
            person_id, [Organisation(number, kinds.get(number, "")) for number in acts_for.get(person_id, ())], parties
        )
        for person_id in people
    }


def parties_of(question: Question) -> Parties:
    """The asker and the counterparts of a question, as the rules read them. One SQL."""
    named = question.counterparts.values_list("organisation_id", "organisation__kind")
    return Parties(
        question.asker_id, question.capacity, tuple(Organisation(number, kind or "") for number, kind in named)
    )


def parts_in(actor: Actor, question: Question, *, follows: bool = False, free: Verdict | None = None) -> frozenset[Who]:
    """The parts of `actor` in a question; empty for whoever has none.

    `follows` tells that the page was reached by the link mailed to the asker, `free` what `conflict_in` says when it is
    known already. Whoever asked, or has a conflict, is not the desk in that question; a coordinator with a conflict
    still coordinates, but answers nothing.
    """
    parts: set[Who] = set()
    if actor.is_system:
        return frozenset({Who.SYSTEM})
    if follows or (actor.person_id is not None and question.asker_id == actor.person_id):
        parts.add(Who.ASKER)
    if actor.person_id is None or actor.network_id != question.network_id or not is_staff(actor):
        return frozenset(parts)
    if actor.has(NetworkRole.COORDINATOR) and question.asker_id != actor.person_id:
        parts.add(Who.COORDINATOR)
    if conflict_in(actor, question) if free is None else free:
        if actor.has(NetworkRole.EXPERT):
            parts.add(Who.EXPERT)
        if question.holder_id == actor.person_id:
            parts.add(Who.HOLDER)
    return frozenset(parts)


def may_work_at_desk(actor: Actor) -> Verdict:
    """May `actor` read the lists of the desk?"""
    if is_staff(actor):
        return ALLOWED
    return because(N_("Only the experts and the coordinators of the network read the questions."))


def may_coordinate(actor: Actor) -> Verdict:
    """May `actor` assign questions, set what the desk promises and keep the experts?"""
    if actor.has(NetworkRole.COORDINATOR):
        return ALLOWED
    return because(N_("Only the coordinators of the network may do this."))


def may_keep_expert(actor: Actor, person_id: int | None) -> Verdict:
    """May `actor` write the absences of an expert? Coordinators may, and the expert."""
    if actor.has(NetworkRole.COORDINATOR) or (actor.person_id == person_id and actor.has(NetworkRole.EXPERT)):
        return ALLOWED
    return because(N_("Only the expert, or a coordinator of the network, may do this."))


def may_answer(actor: Actor, question: Question) -> Verdict:
    """May `actor` take and answer a question?"""
    if not is_staff(actor) or actor.network_id != question.network_id:
        return because(N_("Only the experts and the coordinators of the network answer questions."))
    return conflict_in(actor, question)


def may_read_for_others(actor: Actor, question: Question) -> Verdict:
    """May `actor` give the second reading of an answer to a question?"""
    senior = Expert.objects.filter(network_id=question.network_id, person_id=actor.person_id, senior=True)
    if not actor.has(NetworkRole.EXPERT) or not senior.exists():
        return because(N_("Only a senior expert gives the second reading."))
    return may_answer(actor, question)


def drafts_to_read(actor: Actor, drafts: QuerySet[AnswerDraft]) -> QuerySet[AnswerDraft]:
    """Drafts of others that wait for the second reading and that `actor` may read: none unless a senior expert.

    One SQL at most, for whoever acts for organisations; the queryset itself is lazy.
    """
    if actor.network_id is None or not actor.has(NetworkRole.EXPERT):
        return drafts.none()
    senior = Expert.objects.filter(network_id=actor.network_id, person_id=actor.person_id, senior=True)
    questions = Question.objects.filter(network_id=actor.network_id)
    free = without_conflicts(actor, questions, ties_of(actor))
    return drafts.filter(Exists(senior), question__in=free, reading=Reading.ASKED).exclude(author_id=actor.person_id)


def may_read_figures(actor: Actor) -> Verdict:
    """May `actor` read the figures of the desk?"""
    if actor.has(*READERS_OF_FIGURES):
        return ALLOWED
    return because(N_("The figures of the desk are for the people who run, fund or evaluate the network."))


def may_read_whole_figures(actor: Actor) -> Verdict:
    """May `actor` read figures without suppression, and the load of each expert?"""
    return may_coordinate(actor)


def may_run_installation(actor: Actor) -> Verdict:
    """May `actor` do what concerns every network at once: jobs, loaders, operators?"""
    return ALLOWED if actor.is_system else because(N_("Only whoever runs the installation may do this."))


def may_keep_catalogue(actor: Actor) -> Verdict:
    """May `actor` write, approve and retire entries of the catalogue?"""
    if is_staff(actor):
        return ALLOWED
    return because(N_("Only the experts and the coordinators of the network keep the catalogue."))


def visible_entries(actor: Actor, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries of the actor's network: all of them for who keeps the catalogue, for everybody else those published, and
    those retired, of which only the reason is told.
    """
    if actor.network_id is None:
        return entries.none()
    entries = entries.filter(network_id=actor.network_id)
    return entries if is_staff(actor) else entries.filter(state__in=(EntryState.PUBLISHED, EntryState.RETIRED))


def parts_in_revision(actor: Actor, revision: Revision) -> frozenset[EntryWho]:
    """The parts of `actor` in a revision: its author, or the second person who may approve it."""
    if actor.person_id is None or not is_staff(actor) or actor.network_id != revision.entry.network_id:
        return frozenset()
    parts = {EntryWho.AUTHOR if revision.author_id == actor.person_id else EntryWho.SECOND}
    if actor.has(NetworkRole.COORDINATOR):
        parts.add(EntryWho.COORDINATOR)
    return frozenset(parts)


def may_propose_entry(actor: Actor, question: Question) -> Verdict:
    """May `actor` draft an entry from a question? Only from an answered one, with consent, once, without conflict."""
    if not (may := may_answer(actor, question)):
        return may
    return may_propose(
        consent=question.consent,
        answered=question.state in (State.ANSWERED, State.CLOSED) and question.erased_at is None,
        proposed=bool(question.publication),
    )


def names_not_told(
    network_id: int, text: str, *, persons: Iterable[str] = (), organisations: Iterable[str] = ()
) -> Known:
    """The names that nothing published may tell unjudged, as far as `text` may hold them: `persons` and `organisations`
    given, everybody at the desk, the registry, the municipalities. Three SQL at most.
    """
    staff = {each.name for each in persons_with(network_id, *STAFF)}
    places = places_called(candidate_places(text))
    return Known(
        persons=tuple(sorted({*staff, *filter(None, persons)})),
        organisations=(*organisations_mentioned(network_id, text), *filter(None, organisations)),
        small_places=tuple(place.name for place in places if is_small(place.cadastral_code)),
        places=tuple(place.name for place in places if not is_small(place.cadastral_code)),
    )
