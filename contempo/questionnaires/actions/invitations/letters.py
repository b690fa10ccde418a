"""The letters of a campaign: the invitation and its reminders, in the language of who gets them."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from contempo.core.outbox import queue_mail
from contempo.core.words import N_
from contempo.people.public import Button, letter
from contempo.questionnaires.access import code_of
from contempo.questionnaires.models import Campaign, Invitation
from contempo.questionnaires.rules.doors import Door
from contempo.questionnaires.rules.states import InvitationState, Mode
from contempo.web.templatetags.web import by_time

KIND = "questionnaires.invitation"
_MODES = {
    Mode.IDENTIFIED: N_("%(who)s reads your answers with the name of who gave them."),
    Mode.CONFIDENTIAL: N_("%(who)s sees that you answered, not what you answered."),
    Mode.ANONYMOUS: N_("The answers are anonymous: nobody can tell which are yours."),
}


@dataclass(frozen=True)
class Letter:
    """A letter as it leaves."""

    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    language: str


def letter_of(campaign: Campaign, invitation: Invitation, *, reminder: int) -> Letter:
    """The letter of an invitation, `reminder` 0 for the first. `campaign` comes with its network and organisation."""
    language = "en" if invitation.language.startswith("en") else "it"
    with translation.override(language):
        english = language == "en"
        title = (campaign.title_en if english else "") or campaign.title
        why = (campaign.intro_en if english else "") or campaign.intro
        who = campaign.organisation.name if campaign.organisation else campaign.network.name
        facts = {"title": title, "who": who, "by": by_time(campaign.closes_at), "name": invitation.name}
        answer = _url("answer", campaign, invitation)
        text, html = letter(
            greeting=gettext("Hello %(name)s,") % facts if invitation.name else gettext("Hello,"),
            paragraphs=[
                line
                for line in (_first(facts, invitation, reminder), why, gettext(_MODES[Mode(campaign.mode)]) % facts)
                if line
            ],
            button=Button(gettext("Answer the questionnaire"), answer),
            links=(
                Button(gettext("I am not the right person"), _url("answer_hand_on", campaign, invitation)),
                Button(gettext("It does not concern us"), _url("answer_not_concerned", campaign, invitation)),
                Button(gettext("I do not want to answer"), _url("answer_decline", campaign, invitation)),
            ),
            footer=[
                gettext("This message was sent by %(who)s to %(email)s.") % {**facts, "email": invitation.email},
                gettext("The link is only for you: do not pass it on. To stop these letters:"),
            ],
        )
        subject = _subject(facts, reminder)
    stop = {
        "List-Unsubscribe": f"<{_url('answer_stop', campaign, invitation)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return Letter(invitation.email, subject, text, html, stop, language)


def send(campaign: Campaign, invitation: Invitation, *, reminder: int) -> str:
    """Put the letter of an invitation into the outbox; its Message-ID."""
    written = letter_of(campaign, invitation, reminder=reminder)
    return queue_mail(
        kind=KIND,
        to=written.to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        network_id=campaign.network_id,
        headers=written.headers,
    )


def _subject(facts: dict[str, str], reminder: int) -> str:
    if reminder:
        return gettext("Still time to answer: %(title)s") % facts
    return gettext("%(title)s: we ask for your answer") % facts


def _first(facts: dict[str, str], invitation: Invitation, reminder: int) -> str:
    if not reminder:
        return gettext("%(who)s asks you to answer the questionnaire “%(title)s” by %(by)s.") % facts
    if invitation.partial or invitation.state == InvitationState.BEGUN:
        return gettext("You began “%(title)s”: what you wrote is kept. You can go on until %(by)s.") % facts
    return gettext("We have not had your answer to “%(title)s” yet: there is time until %(by)s.") % facts


def _url(name: str, campaign: Campaign, invitation: Invitation) -> str:
    path = reverse(f"questionnaires:{name}", args=[campaign.network.slug, Door(code_of(invitation))])
    return f"{settings.SITE_URL}{path}"
