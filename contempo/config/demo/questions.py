"""Invented questions to the desk, replayed moment by moment, with the clock of the desk running between them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.core.clock import ROME, now, replaying
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions import answering, asker, dispatch
from contempo.helpdesk.actions.asking import ask, save_draft, send_draft
from contempo.helpdesk.actions.catalogue.reading import count_deflection
from contempo.helpdesk.actions.clock import check_question, explain_breach, questions_to_check
from contempo.helpdesk.actions.taking import take
from contempo.helpdesk.models import Entry, Question
from contempo.helpdesk.rules.asking import Asked, Channel
from contempo.people.actions import enrol
from contempo.people.models import Person
from contempo.people.public import SYSTEM, Actor, NetworkRole, actor_for

LATELY = timedelta(days=10)
"""Questions of the last days are moved, by whole days, so that whoever opens the demo finds promises that still run."""

UNREAD = timedelta(days=7)
HOUR = timedelta(hours=1)

Moment = tuple[datetime, Callable[[], None]]


def load_questions(stage: Stage, norms: dict[str, int]) -> int:
    """Replay the questions of a network; tells how many."""
    folder = f"{stage.slug}/desk"
    if not facts.exists(f"{folder}/questions.toml"):
        return 0
    questions = facts.toml(f"{folder}/questions.toml")["questions"]
    _move_lately(questions)
    desk = _Desk(stage, norms)
    moments = [moment for question in questions for moment in _Replay(desk, question).moments()]
    last = max(at for at, _happens in moments)
    moments.append((last - UNREAD, partial(stage.cast.read_all, stage.id)))
    for at, happens in sorted(moments, key=lambda moment: moment[0]):
        if at <= now():
            desk.let_time_pass(at)
            with replaying(at):
                happens()
    desk.let_time_pass(now())
    return len(questions)


def _move_lately(questions: list[dict[str, Any]]) -> None:
    """Give every question an instant, those of the last days moved so that the last one came today or yesterday."""
    for question in questions:
        question["received"] = question["received"].replace(tzinfo=ROME)
    last = max(question["received"] for question in questions)
    days = (now() - last) // timedelta(days=1)
    for question in questions:
        if last - question["received"] < LATELY:
            question["received"] = _days_later(question["received"], days)


def _days_later(at: datetime, days: int) -> datetime:
    return (at.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=ROME)


class _Desk:
    """The desk of a network while its questions are replayed: who asks, who answers, what is known."""

    def __init__(self, stage: Stage, norms: dict[str, int]) -> None:
        folder = f"{stage.slug}/desk"
        people = facts.toml(f"{folder}/people.toml")
        self.stage, self.norms = stage, norms
        self.catalogue = {entry["key"]: entry for entry in facts.toml(f"{folder}/catalogue.toml")["entries"]}
        self.names = {row["key"]: row["name"] for row in facts.rows(f"{stage.slug}/signatories.csv")}
        self.delays = cycle(people["delays"])
        self._askers = {"it": cycle(people["askers"]), "en": cycle(people["english"])}
        self._experts = [key for key, role in stage.cast.holders(stage.slug) if role is NetworkRole.EXPERT]
        self.platform = Actor(network_id=stage.id, is_system=True)

    def asker(self, key: str, language: str) -> int:
        """The person who asks next in a language, or the one of the cast with `key`."""
        if key:
            return self.stage.cast.number(key)
        person = next(self._askers[language])
        return enrol(SYSTEM, email=person["email"], full_name=person["full_name"], language=language)

    def actor(self, person_id: int) -> Actor:
        return actor_for(Person.objects.get(pk=person_id), self.stage.id)

    def take(self, question_id: int) -> Actor:
        """Have whoever the question is proposed to, or the first expert who may, take it or keep it."""
        question = Question.objects.get(pk=question_id)
        first = question.holder_id or question.proposed_to_id
        others = [self.stage.cast.number(key) for key in self._experts]
        for person_id in [first, *others] if first else others:
            expert = self.actor(person_id)
            try:
                take(expert, question_id=question_id)
            except (Refusal, NotPermitted):
                continue
            return expert
        raise AssertionError(f"nobody may answer question {question.number} of the demo")

    def let_time_pass(self, until: datetime) -> None:
        """Do what the clock of the desk does by itself until a moment, each thing at its time."""
        while True:
            with replaying(until):
                due = questions_to_check()
            if not due:
                return
            question = Question.objects.get(pk=due[0])
            with replaying(max(question.next_check_at or until, question.state_since)):
                check_question(SYSTEM, question_id=question.pk)


class _Replay:
    """One question of `questions.toml`, and what has become of it so far."""

    def __init__(self, desk: _Desk, facts_of_it: dict[str, Any]) -> None:
        self.desk, self.facts = desk, facts_of_it
        self.question_id = 0
        self.asker_id = 0

    def moments(self) -> Iterator[Moment]:
        """What happened and when."""
        told, received = self.facts, self.facts["received"]
        yield received, self._ask
        if told["outcome"] == "deflected":
            yield received + HOUR / 12, self._deflect
            return
        if told["outcome"] == "withdrawn":
            yield received + told["withdrawn_after"] * HOUR, self._withdraw
        if "details_asked" in told:
            yield received + told["details_asked_after"] * HOUR, self._ask_details
            if "details" in told:
                yield received + (told["details_asked_after"] + told["details_after"]) * HOUR, self._send_details
        if "hours_to_answer" not in told:
            return
        answered = received + told["hours_to_answer"] * HOUR
        yield answered, self._out_of_scope if told["outcome"] == "out_of_scope" else self._answer
        if "rating" in told:
            yield answered + 20 * HOUR, self._rate
        if "reopened" in told:
            again = answered + timedelta(days=told["reopened_after_days"])
            yield again, self._ask_again
            yield again + told["reopened_hours"] * HOUR, self._answer_again

    def _ask(self) -> None:
        told = self.facts
        asked = Asked(
            text=told["text"].strip(),
            topic=told["topic"],
            capacity=told["capacity"],
            language=told["language"],
            municipality=told["municipality"],
            sector=told["sector"],
            contract_id=self.desk.norms.get(told["contract"]),
            consent=told["consent"],
            counterparts=(self.desk.names[told["counterpart"]],) if "counterpart" in told else (),
        )
        self.asker_id = self.desk.asker(told.get("asker", ""), told["language"])
        if told["channel"] == Channel.WEB:
            person = self.desk.actor(self.asker_id)
            draft = save_draft(person, key=None, values={}, language=told["language"])
            question = send_draft(person, key=draft.key, asked=asked)
        else:
            question = ask(self.desk.platform, asked=asked, channel=Channel(told["channel"]), asker_id=self.asker_id)
        self.question_id = question.pk

    @property
    def _who_asked(self) -> Actor:
        return self.desk.actor(self.asker_id)

    def _deflect(self) -> None:
        question = asker.accept_entry(self._who_asked, question_id=self.question_id)
        title = self.desk.catalogue[self.facts["deflected_by"]]["title"]
        entry = Entry.objects.get(network_id=self.desk.stage.id, revisions__title=title, revisions__current=True)
        count_deflection(
            self.desk.platform,
            entry_id=entry.pk,
            topic=question.topic,
            capacity=question.capacity,
            municipality_id=question.municipality_id,
            sector=question.sector,
            channel=question.channel,
            language=question.language,
        )

    def _withdraw(self) -> None:
        asker.withdraw(self._who_asked, question_id=self.question_id)

    def _ask_details(self) -> None:
        expert = self.desk.take(self.question_id)
        answering.ask_details(expert, question_id=self.question_id, text=self.facts["details_asked"])

    def _send_details(self) -> None:
        asker.add_to_question(self._who_asked, question_id=self.question_id, text=self.facts["details"])

    def _out_of_scope(self) -> None:
        expert = self.desk.take(self.question_id)
        reason, _stop, turn_to = self.facts["answer"].strip().partition(". ")
        dispatch.out_of_scope(expert, question_id=self.question_id, reason=f"{reason}.", turn_to=turn_to)

    def _answer(self) -> None:
        self._send(self._text(), self.facts["norms"])

    def _text(self) -> str:
        told = self.facts
        if "answer" in told:
            return str(told["answer"]).strip()
        entry = self.desk.catalogue[told["answer_from"]]
        body = entry.get("answer_en", entry["answer"]) if told["language"] == "en" else entry["answer"]
        return f"{told['answer_opening'].strip()}\n\n{body.strip()}"

    def _answer_again(self) -> None:
        self._send(self.facts["reopened_answer"].strip(), [])

    def _send(self, text: str, norms: list[str]) -> None:
        expert = self.desk.take(self.question_id)
        draft = answering.save_answer_draft(
            expert,
            question_id=self.question_id,
            text=text,
            version=0,
            norm_ids=[self.desk.norms[key] for key in norms],
        )
        answering.send_answer(expert, question_id=self.question_id, version=draft.version)
        if Question.objects.get(pk=self.question_id).promises.filter(breached_at__isnull=False, breach_reason=""):
            explain_breach(expert, question_id=self.question_id, reason=next(self.desk.delays))

    def _rate(self) -> None:
        asker.rate(self._who_asked, question_id=self.question_id, stars=self.facts["rating"])

    def _ask_again(self) -> None:
        asker.add_to_question(self._who_asked, question_id=self.question_id, text=self.facts["reopened"])
