"""Good practices: found in an answer, agreed to by who described them, told in the library."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from contempo.core import search
from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.outbox import publish, queue_mail
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor, Button, letter
from contempo.questionnaires.access import may_share, part_of
from contempo.questionnaires.events import PracticePublished
from contempo.questionnaires.models import Practice, Response
from contempo.questionnaires.rules import practices as rules
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.practices import AGREED_TEXT, NOT_NAMED
from contempo.questionnaires.rules.states import PRACTICE, Mode, PracticeState, ResponseState, Who

KIND = "questionnaires.practice"
CONSENT_SALT = "questionnaires.practice.consent"
_GONE = N_("This practice is no longer here.")
_LIMITS = {"title": rules.LONGEST_TITLE, "text": rules.LONGEST_TEXT}


def consent_token(practice_id: int) -> str:
    """What lets whoever described a practice decide on it: signed, without an end, because consent may always end."""
    return signing.dumps(practice_id, salt=CONSENT_SALT)


def practice_of(token: str) -> int | None:
    """The practice a token speaks of; None when it was not made here."""
    try:
        return int(signing.loads(token, salt=CONSENT_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


@action
def find_practice(
    actor: Actor, *, campaign_id: int, response_id: UUID, title: str, text: str, topic: str, email: str
) -> Practice:
    """Note a good practice told in a completed response. With the consent given there it is agreed to already.

    Refusal when nobody could be asked for consent (answers without a name), or beside `title` and `text`.
    """
    found = Response.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign", "version")
    found = found.filter(pk=response_id, campaign_id=campaign_id, state=ResponseState.COMPLETED.value)
    if (response := found.first()) is None:
        raise Refusal(N_("This answer is no longer here."))
    campaign = response.campaign
    require(may_share(part_of(actor, campaign)))
    agreed = rules.consents(read(response.version.document), response.answers)
    named = rules.can_be_asked(Mode(campaign.mode))
    if not (agreed or named):
        raise Refusal(NOT_NAMED)
    practice = Practice(campaign=campaign, response=response, created_at=now(), state=PRACTICE.initial)
    if named and response.invitation_id is not None:
        practice.organisation_id = _organisation_of(response)
    _write(practice, title, text, topic, email if named else "")
    if agreed:
        practice.state = PRACTICE.move(practice.state, "agree", (Who.RESPONDENT,))
        practice.answered_at = practice.created_at
    practice.save()
    return practice


@action
def write_practice(actor: Actor, *, practice_id: int, title: str, text: str, topic: str, email: str) -> Practice:
    """Word a practice anew, as long as nobody was asked to agree to its words."""
    practice = _locked(actor, practice_id)
    if not rules.may_be_written(PracticeState(practice.state), asked=practice.asked_at is not None):
        raise Refusal(AGREED_TEXT)
    _write(practice, title, text, topic, email if rules.can_be_asked(Mode(practice.campaign.mode)) else "")
    practice.save()
    return practice


@action
def ask_consent(actor: Actor, *, practice_id: int) -> Practice:
    """Mail whoever described the practice its words and a link with which to agree or not."""
    practice = _locked(actor, practice_id)
    state = PRACTICE.move(practice.state, "ask", (Who.KEEPER,))
    if not practice.email:
        raise Refusal(N_("Write the address of whom you ask."), field="email")
    practice.state, practice.asked_at = state, now()
    practice.save()
    _mail_asked(practice)
    return practice


@action
def publish_practice(actor: Actor, *, practice_id: int) -> Practice:
    """Put a practice that was agreed to into the library, and tell whoever described it."""
    practice = _locked(actor, practice_id)
    practice.state = PRACTICE.move(practice.state, "publish", (Who.KEEPER,))
    practice.published_at = now()
    practice.save()
    _make_findable(practice)
    publish(PracticePublished(practice_id=practice.pk), network_id=practice.campaign.network_id)
    if practice.email:
        _mail_published(practice)
    return practice


@action
def withdraw_practice(actor: Actor, *, practice_id: int) -> Practice:
    """Take a practice out of the library because whoever described it said so by other ways. It is gone at once."""
    practice = _locked(actor, practice_id)
    _decline(practice, Who.KEEPER)
    return practice


@action
def answer_consent(actor: Actor, *, token: str, agrees: bool) -> Practice:
    """What whoever described a practice says: whoever holds the link mailed to them. Said already: nothing happens.

    What is declined is gone from the library at once, and may be agreed to again.
    """
    practice_id = practice_of(token)
    practice = None if practice_id is None else _lock(practice_id)
    if practice is None:
        raise Refusal(_GONE)
    if agrees and practice.state not in (PracticeState.AGREED, PracticeState.PUBLISHED):
        practice.state = PRACTICE.move(practice.state, "agree", (Who.RESPONDENT,))
        practice.answered_at = now()
        practice.save()
    elif not agrees and practice.state != PracticeState.DECLINED:
        _decline(practice, Who.RESPONDENT)
    return practice


def _decline(practice: Practice, who: Who) -> None:
    practice.state = PRACTICE.move(practice.state, "decline", (who,))
    practice.answered_at, practice.published_at = now(), None
    practice.save()
    search.remove(kind=KIND, key=str(practice.pk))


def _lock(practice_id: int) -> Practice | None:
    rows = Practice.objects.select_for_update(of=("self",)).select_related("campaign__network")
    return rows.filter(pk=practice_id).first()


def _locked(actor: Actor, practice_id: int) -> Practice:
    practice = _lock(practice_id)
    if practice is None or practice.campaign.network_id != actor.network_id:
        raise Refusal(_GONE)
    require(may_share(part_of(actor, practice.campaign)))
    return practice


def _organisation_of(response: Response) -> int | None:
    found: int | None = Response.objects.values_list("invitation__target__organisation", flat=True).get(pk=response.pk)
    return found


def _write(practice: Practice, title: str, text: str, topic: str, email: str) -> None:
    for name, value in (("title", title), ("text", text)):
        if not value.strip():
            raise Refusal(N_("Write it in your words."), field=name)
        if len(value.strip()) > _LIMITS[name]:
            raise Refusal(N_("At most %(most)s characters."), field=name, most=_LIMITS[name])
    practice.title, practice.text = title.strip(), text.strip()
    practice.topic, practice.email = topic.strip()[:60], email.strip()


def _make_findable(practice: Practice) -> None:
    document = search.Document(
        network_id=practice.campaign.network_id,
        kind=KIND,
        key=str(practice.pk),
        title=practice.title,
        body=practice.text,
        url=f"buone-pratiche/{practice.pk}/",
        public=True,
    )
    search.put_many([document])


def _language(practice: Practice) -> str:
    """The language in which the respondent was written to, or answered."""
    response = practice.response
    return response.language if response is not None else "it"


def _mail_asked(practice: Practice) -> None:
    with translation.override(_language(practice)):
        facts = {"network": practice.campaign.network.name, "campaign": practice.campaign.title}
        _mail(
            practice,
            "questionnaires.consent",
            gettext("May we tell what you do? “%(title)s”") % {"title": practice.title},
            [
                gettext("In “%(campaign)s” you told us of something that others could learn from.") % facts,
                gettext("%(network)s would like to put it into its public library of good practices.") % facts,
                f"“{practice.title}”",
                practice.text,
                gettext(
                    "Nothing is published unless you agree. You may change your mind at any time, by the same link."
                ),
            ],
            gettext("Say whether you agree"),
        )


def _mail_published(practice: Practice) -> None:
    with translation.override(_language(practice)):
        _mail(
            practice,
            "questionnaires.published",
            gettext("What you do is in the library: “%(title)s”") % {"title": practice.title},
            [gettext("Thank you: with your consent others can read it now. If you change your mind, use this link.")],
            gettext("See it, or take it back"),
        )


def _mail(practice: Practice, kind: str, subject: str, paragraphs: list[str], button: str) -> None:
    network = practice.campaign.network
    path = reverse("questionnaires:practice_consent", args=[network.slug, consent_token(practice.pk)])
    text, html = letter(
        greeting=gettext("Hello,"),
        paragraphs=paragraphs,
        button=Button(button, f"{settings.SITE_URL}{path}"),
        footer=[
            gettext("You receive this because you answered a questionnaire of %(network)s.") % {"network": network}
        ],
    )
    queue_mail(kind=kind, to=practice.email, subject=subject, text=text, html=html, network_id=network.pk)
