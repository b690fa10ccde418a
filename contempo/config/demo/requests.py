"""Invented accession requests, replayed move by move in the order in which they happened."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.config.demo.papers import paper
from contempo.core.clock import ROME, now, replaying
from contempo.network.actions.accession import decisions, drafts, upkeep
from contempo.network.actions.organisations import set_seats
from contempo.network.forms.accession import Reading, typed_values
from contempo.network.models import AccessionRequest
from contempo.network.queries.municipalities import places_named
from contempo.network.rules.accession import Step
from contempo.network.rules.application import Application
from contempo.people.public import SYSTEM

WEEK = timedelta(weeks=1)
UNREAD = timedelta(days=7)
"""What was told within this time of the last move is still to be read when the demo opens."""

Moment = tuple[datetime, Callable[[], None]]


def load_requests(stage: Stage) -> int:
    """Replay the requests of a network; tells how many.

    The dates are moved by whole weeks, so that the last move is always less than a week old: whoever opens the demo
    finds terms that still run and reminders that are still to leave.
    """
    if not facts.exists(f"{stage.slug}/requests.toml"):
        return 0
    requests = facts.toml(f"{stage.slug}/requests.toml")["requests"]
    moments = [moment for request in requests for moment in _Replay(stage, request).moments()]
    last = max(at for at, _happens in moments)
    moments.append((last - UNREAD, partial(stage.cast.read_all, stage.id)))
    weeks = (now() - last) // WEEK
    for at, happens in sorted(moments, key=lambda moment: moment[0]):
        with replaying(_weeks_later(at, weeks)):
            happens()
    return len(requests)


def _weeks_later(at: datetime, weeks: int) -> datetime:
    """The same hour of the same day of the week by the clocks of Italy."""
    return (at.astimezone(ROME).replace(tzinfo=None) + weeks * WEEK).replace(tzinfo=ROME)


class _Replay:
    """One request of `requests.toml`, and what has become of it so far."""

    def __init__(self, stage: Stage, facts_of_it: dict[str, Any]) -> None:
        self.stage = stage
        self.facts = facts_of_it
        self.key: str = facts_of_it["key"]
        self.applicant: str = facts_of_it["applicant"]
        self.request_id = 0
        self.secret = ""

    def moments(self) -> Iterator[Moment]:
        """What happened and when: the draft written step by step, then the story."""
        begun, story = self.facts["created_at"], self.facts.get("story", [])
        steps = self._steps_written()
        written = story[0]["at"] if story else self.facts["changed_at"]
        yield begun, self._begin
        for number, step in enumerate(steps, start=1):
            yield begun + (written - begun) * number / (len(steps) + bool(story)), partial(self._write, step)
        if not story and self.facts["contact_email"]:
            yield written, self._mail_link
        for entry in story:
            name = entry["transition"] if entry["kind"] == "move" else entry["kind"]
            yield entry["at"], partial(getattr(self, f"_{name}"), entry)

    def _steps_written(self) -> list[Step]:
        """All steps, or those before the one at which a draft was left."""
        steps = list(Step)
        return steps[: steps.index(Step(self.facts["step"]))] if "step" in self.facts else steps

    def _begin(self) -> None:
        request, self.secret = drafts.begin_draft(self.stage.actor(self.applicant), language=self.facts["language"])
        self.request_id = request.id

    def _write(self, step: Step) -> None:
        drafts.save_step(
            self.stage.actor(self.applicant),
            request_id=self.request_id,
            secret=self.secret,
            step=step,
            values=typed_values(step, self._typed()),
        )

    def _typed(self) -> QueryDict:
        """The answers as somebody types them into the forms."""
        typed = QueryDict(mutable=True)
        for name, value in self.facts["application"].items():
            typed.setlist(name, value if isinstance(value, list) else ["on" if value is True else str(value)])
        typed["municipality"] = places_named(self.facts["application"]["municipality"])[0].label
        return typed

    def _mail_link(self) -> None:
        actor = self.stage.actor(self.applicant)
        self.secret = drafts.renew_secret(actor, request_id=self.request_id, secret=self.secret)
        key = AccessionRequest.objects.get(id=self.request_id).key
        path = reverse("network:resume", args=[self.stage.slug, key, self.secret])
        with translation.override(self.facts["language"]):
            drafts.mail_draft_link(
                actor,
                request_id=self.request_id,
                secret=self.secret,
                email=self.facts["contact_email"],
                link=f"{settings.SITE_URL}{path}",
            )

    def _application(self) -> Application:
        reading = Reading(AccessionRequest.objects.get(id=self.request_id).answers)
        if reading.problems:
            raise ValueError(f"{self.key}: {[problem.text for problem in reading.problems]}")
        return reading.application()

    def _submit(self, entry: dict[str, Any]) -> None:
        actor = self.stage.actor(entry["by"])
        drafts.submit(actor, request_id=self.request_id, application=self._application())

    def _answer(self, entry: dict[str, Any]) -> None:
        self._submit(entry)

    def _examine(self, entry: dict[str, Any]) -> None:
        decisions.examine(self.stage.actor(entry["by"]), request_id=self.request_id)

    def _ask_changes(self, entry: dict[str, Any]) -> None:
        decisions.ask_changes(self.stage.actor(entry["by"]), request_id=self.request_id, reason=entry["text"])

    def _admit(self, entry: dict[str, Any]) -> None:
        agency = self.stage.actor(entry["by"])
        request = decisions.admit(agency, request_id=self.request_id)
        organisation_id = request.organisation_id
        assert organisation_id is not None  # what "admitted" means
        self.stage.organisations[self.key] = organisation_id
        set_seats(agency, organisation_id=organisation_id, seats=[self._seat()])
        self.stage.give_roles(agency, self.key)

    def _seat(self) -> dict[str, Any]:
        application, seat = self.facts["application"], self.facts["seat"]
        return {
            "label": seat["label"],
            "address": application["address"],
            "postcode": application["postcode"],
            "municipality_id": application["municipality"],
            "latitude": seat["lat"],
            "longitude": seat["lon"],
        }

    def _refuse(self, entry: dict[str, Any]) -> None:
        decisions.refuse(self.stage.actor(entry["by"]), request_id=self.request_id, reason=entry["text"])

    def _withdraw(self, entry: dict[str, Any]) -> None:
        decisions.withdraw(self.stage.actor(entry["by"]), request_id=self.request_id, reason=entry["text"])

    def _sign(self, entry: dict[str, Any]) -> None:
        signer = entry["by"]
        agreement = decisions.agreement_in_force(self.stage.id)
        with translation.override(self.stage.cast.language(signer)):
            statement = gettext(decisions.SIGN_STATEMENT) % {
                "organisation": self.facts["application"]["name"],
                "number": agreement.number,
                "network": agreement.network.name,
            }
        decisions.sign(
            self.stage.actor(signer), request_id=self.request_id, agreement_id=agreement.id, statement=statement
        )

    def _upload(self, entry: dict[str, Any]) -> None:
        agreement = decisions.agreement_in_force(self.stage.id)
        application = self.facts["application"]
        lines = [
            "Accordo territoriale: copia firmata",
            f"{agreement.network.name}, versione {agreement.number}",
            f"Per {application['name']}",
            f"Firma: {application['representative_name']}",
            "Carta di prova, fatta per la dimostrazione: non ha valore.",
        ]
        actor = self.stage.actor(entry["by"])
        drafts.upload_signed_copy(actor, request_id=self.request_id, upload=paper(entry["text"], lines))

    def _confirm(self, entry: dict[str, Any]) -> None:
        decisions.confirm_signed_copy(self.stage.actor(entry["by"]), request_id=self.request_id)

    def _cease(self, entry: dict[str, Any]) -> None:
        decisions.cease(self.stage.actor(entry["by"]), request_id=self.request_id, reason=entry["text"])

    def _note(self, entry: dict[str, Any]) -> None:
        decisions.add_note(self.stage.actor(entry["by"]), request_id=self.request_id, text=entry["text"])

    def _reminder(self, entry: dict[str, Any]) -> None:
        if entry["by"]:
            decisions.remind(self.stage.actor(entry["by"]), request_id=self.request_id)
        else:
            upkeep.remind_idle(SYSTEM, request_id=self.request_id)
