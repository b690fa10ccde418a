"""Beginning a questionnaire: empty, from the library, as a copy, from an XLSForm; and what it is called."""

from dataclasses import dataclass

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_make, visible_questionnaires
from contempo.questionnaires.actions.making.numbers import next_number
from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.rules.document import Document, Page, Words, to_json
from contempo.questionnaires.rules.states import Purpose


@dataclass(frozen=True)
class Titled:
    """How a questionnaire is called and what it is for."""

    title: str
    title_en: str
    purpose: Purpose


EMPTY = Document(pages=(Page("pagina_1", Words(), ()),))


@action
def begin_questionnaire(
    actor: Actor,
    *,
    organisation_id: int | None,
    titled: Titled,
    document: Document = EMPTY,
    origin: str = "",
) -> Questionnaire:
    """A new questionnaire of the network, or of an organisation for its own people, with its first draft.

    `origin` is the key of the one of the library whose `document` it takes.
    """
    require(may_make(actor, organisation_id))
    if actor.network_id is None:
        raise Refusal(N_("A questionnaire belongs to a network."))
    now = clock.now()
    made = Questionnaire.objects.create(
        network_id=actor.network_id,
        organisation_id=organisation_id,
        number=next_number(actor.network_id),
        title=titled.title,
        title_en=titled.title_en,
        purpose=titled.purpose.value,
        origin=origin,
        created_at=now,
    )
    Version.objects.create(questionnaire=made, number=1, document=to_json(document), changed_at=now)
    return made


@action
def name_questionnaire(actor: Actor, *, questionnaire_id: int, titled: Titled) -> Questionnaire:
    """Change how a questionnaire is called and what it is for."""
    found = own_questionnaire(actor, questionnaire_id)
    found.title, found.title_en, found.purpose = titled.title, titled.title_en, titled.purpose.value
    found.save(update_fields=["title", "title_en", "purpose"])
    return found


def own_questionnaire(actor: Actor, questionnaire_id: int) -> Questionnaire:
    """A questionnaire that `actor` may change, locked until the end of the transaction."""
    rows = visible_questionnaires(actor, Questionnaire.objects.select_for_update(of=("self",)))
    if (found := rows.filter(pk=questionnaire_id).first()) is None:
        raise Refusal(N_("This questionnaire is no longer there."))
    require(may_make(actor, found.organisation_id))
    return found
