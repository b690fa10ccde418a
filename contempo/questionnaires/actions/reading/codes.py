"""Sorting free texts by codes: of one question, the same in every wave of its questionnaire."""

from collections.abc import Collection
from uuid import UUID

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_read_texts, part_of, sorted_texts
from contempo.questionnaires.models import Campaign, Code, Coding, Questionnaire, Response
from contempo.questionnaires.rules.codes import same, typed


@action
def give_codes(
    actor: Actor, *, campaign_id: int, question: str, responses: Collection[UUID], codes: str
) -> tuple[int, int]:
    """Give the codes typed in `codes`, with commas between them, to the texts of some responses.

    A code that does not exist yet is made; one a text has already stays. Returns how many texts and codes there were.
    Raises Refusal beside `responses` when none was chosen, beside `codes` for what is no code.
    """
    campaign = _campaign(actor, campaign_id)
    labels = typed(codes)
    texts = _texts(actor, campaign, question, responses)
    known = {code.label: code for code in _locked(campaign, question)}
    wanted = []
    for label in labels:
        if (found := same(known, label)) is None:
            found = label
            known[label] = Code.objects.create(
                questionnaire_id=campaign.questionnaire_id, question=question, label=label
            )
        wanted.append(known[found])
    at = clock.now()
    Coding.objects.bulk_create(
        [Coding(response_id=text, code=code, at=at, by_id=actor.person_id) for text in texts for code in wanted],
        ignore_conflicts=True,
    )
    return len(texts), len(wanted)


@action
def take_code(actor: Actor, *, campaign_id: int, code_id: int, responses: Collection[UUID]) -> int:
    """Take a code from the texts of some responses; returns from how many. Raises Refusal beside `responses`."""
    campaign = _campaign(actor, campaign_id)
    code = _code(campaign, code_id)
    texts = _texts(actor, campaign, code.question, responses)
    taken, _by_model = Coding.objects.filter(code=code, response_id__in=texts).delete()
    return taken


@action
def rename_code(actor: Actor, *, campaign_id: int, code_id: int, label: str) -> Code:
    """Call a code differently. Raises Refusal beside `label` when another one of the question is called so."""
    campaign = _campaign(actor, campaign_id)
    code = _code(campaign, code_id)
    wanted = typed(label, field="label")
    if len(wanted) > 1:
        raise Refusal(N_("A code has no comma."), field="label")
    others = [other.label for other in _locked(campaign, code.question) if other.pk != code.pk]
    if (other := same(others, wanted[0])) is not None:
        raise Refusal(N_("There is already a code “%(code)s”: bring the two together."), field="label", code=other)
    code.label = wanted[0]
    code.save(update_fields=["label"])
    return code


@action
def merge_codes(actor: Actor, *, campaign_id: int, codes: Collection[int], into: int) -> Code:
    """Bring codes of one question together: their texts get `into`, the others are gone.

    Raises Refusal beside `codes` when there is nothing to bring together.
    """
    campaign = _campaign(actor, campaign_id)
    kept = _code(campaign, into)
    gone = [code for code in _locked(campaign, kept.question) if code.pk in set(codes) and code.pk != kept.pk]
    if not gone:
        raise Refusal(N_("Choose at least another code to bring together with this one."), field="codes")
    at = clock.now()
    texts = Coding.objects.filter(code__in=gone).values_list("response_id", flat=True).distinct()
    Coding.objects.bulk_create(
        [Coding(response_id=text, code=kept, at=at, by_id=actor.person_id) for text in texts], ignore_conflicts=True
    )
    Code.objects.filter(pk__in=[code.pk for code in gone]).delete()
    return kept


@action
def drop_code(actor: Actor, *, campaign_id: int, code_id: int) -> None:
    """Take a code from every text and forget it."""
    _code(_campaign(actor, campaign_id), code_id).delete()


def _campaign(actor: Actor, campaign_id: int) -> Campaign:
    campaign = Campaign.objects.get(pk=campaign_id)
    require(may_read_texts(part_of(actor, campaign)))
    # Who makes or merges codes of a questionnaire waits for who does it at the same time.
    Questionnaire.objects.select_for_update(no_key=True).get(pk=campaign.questionnaire_id)
    return campaign


def _locked(campaign: Campaign, question: str) -> list[Code]:
    codes = Code.objects.filter(questionnaire_id=campaign.questionnaire_id, question=question)
    return list(codes.select_for_update().order_by("pk"))


def _code(campaign: Campaign, code_id: int) -> Code:
    found = Code.objects.filter(questionnaire_id=campaign.questionnaire_id, pk=code_id).first()
    if found is None:
        raise Refusal(N_("This code is not there any more: somebody took it away."), field="codes")
    return found


def _texts(actor: Actor, campaign: Campaign, question: str, responses: Collection[UUID]) -> list[UUID]:
    found = sorted_texts(part_of(actor, campaign), Response.objects.filter(pk__in=list(responses)))
    texts = list(found.filter(answers__has_key=question).order_by("pk").values_list("pk", flat=True))
    if not texts:
        raise Refusal(N_("Choose at least one text."), field="responses")
    return texts
