"""Entries of the catalogue, one for each thing the addresses of the catalogue are about."""

from contempo.helpdesk.actions.answering import save_answer_draft, send_answer
from contempo.helpdesk.actions.asking import ask
from contempo.helpdesk.actions.catalogue.deciding import approve_revision
from contempo.helpdesk.actions.catalogue.drafting import draft_entry, propose_entry, propose_revision
from contempo.helpdesk.actions.taking import take
from contempo.helpdesk.models import Question, Revision
from contempo.helpdesk.rules.asking import Asked, Capacity, Channel
from contempo.helpdesk.rules.entries import Facts, Words
from contempo.helpdesk.rules.topics import Topic
from contempo.network.models import Network
from contempo.people.models import Person
from contempo.people.public import Actor, actor_for

Parts = dict[str, dict[str, object]]


def catalogue_parts(network: Network, cast: dict[str, Person], asked: dict[str, object]) -> Parts:
    """An entry published, one being written, one proposed by the expert, an answered question, one from
    which an entry was drafted; `asked` names a question under way.
    """
    expert, coordinator = (actor_for(cast[name], network.pk) for name in ("expert", "coordinator"))
    published = _drafted(expert, f"pubblicata, {network.slug}")
    propose_revision(expert, revision_id=published.pk)
    approve_revision(coordinator, revision_id=published.pk)
    written, proposed = _drafted(coordinator, "in bozza"), _drafted(expert, "proposta")
    propose_revision(expert, revision_id=proposed.pk)
    published.entry.refresh_from_db()
    return {
        "entry": {"slug": published.entry.slug},
        "entry_near": {"entry_id": published.entry.pk},
        "entry_settles": {**asked, "entry_id": published.entry.pk},
        "entry_topic": {"topic": Topic.WELFARE.value},
        "entry_kept": {"number": published.entry.number},
        "entry_language": {"number": published.entry.number, "language": "it"},
        "revision_written": _named(written),
        "revision_proposed": _named(proposed),
        "answered": {"number": _answered(network, cast, coordinator).number},
        "proposed_from": {"number": _proposed_from(network, cast, coordinator).number},
    }


def _drafted(actor: Actor, what: str) -> Revision:
    words = Words(f"Il congedo a ore ({what})", "", "Sì, anche a ore.")
    return draft_entry(actor, language="it", words=words, facts=Facts((Topic.WELFARE,)))


def _named(revision: Revision) -> dict[str, object]:
    return {"number": revision.entry.number, "revision_id": revision.pk}


def _proposed_from(network: Network, cast: dict[str, Person], by: Actor) -> Question:
    """A question from which an entry has been drafted."""
    question = _answered(network, cast, by)
    propose_entry(by, question_id=question.pk)
    return question


def _answered(network: Network, cast: dict[str, Person], by: Actor) -> Question:
    """A question answered with consent to a publication."""
    asked = Asked(
        text="Posso chiedere il congedo parentale a ore per un bambino di due anni?",
        topic=Topic.WELFARE,
        capacity=Capacity.WORKER,
        consent=True,
    )
    system = Actor(network_id=network.pk, is_system=True)
    question = ask(system, asked=asked, channel=Channel.MAIL, asker_id=cast["applicant"].pk)
    take(by, question_id=question.pk)
    text = "Sì: il congedo parentale si può prendere anche a ore, con preavviso."
    draft = save_answer_draft(by, question_id=question.pk, text=text, version=0)
    send_answer(by, question_id=question.pk, version=draft.version)
    return question
