"""The desk of Milan at work: its experts, questions in every state, made by the actions that make them in life."""

from dataclasses import dataclass

from contempo.helpdesk.actions.answering import ask_details, save_answer_draft, send_answer
from contempo.helpdesk.actions.asking import ask
from contempo.helpdesk.actions.taking import take
from contempo.helpdesk.models import Message, Question
from contempo.helpdesk.rules.asking import Asked, Capacity, Channel
from contempo.helpdesk.rules.topics import Topic
from contempo.network.tests.factories import World, make_world
from contempo.people.models import Person
from contempo.people.public import Actor, NetworkRole
from contempo.people.tests.factories import person

QUESTION = "Lavoro in un panificio e ho un bambino di due anni: posso chiedere il congedo a ore?"
ANSWER = "Sì: il congedo parentale si può prendere anche a ore, con il preavviso che dice il tuo contratto collettivo."
DETAILS = "Ci dici quale contratto collettivo applica il tuo datore di lavoro?"


@dataclass(frozen=True)
class Desk:
    """The networks of `World`, and who works at the desk of Milan: Nadia and Tullio are its experts, Sara asks."""

    world: World
    nadia: Person
    tullio: Person

    @property
    def sara(self) -> Person:
        return self.world.sara

    @property
    def network_id(self) -> int:
        return self.world.milano.pk

    def actor(self, somebody: Person) -> Actor:
        """A person as they are in Milan now."""
        return self.world.actor(somebody)

    def system(self) -> Actor:
        """The platform itself, in Milan."""
        return Actor(network_id=self.network_id, is_system=True)

    def question(self, *, asker: Person | None = None, channel: Channel = Channel.MAIL, **asked: object) -> Question:
        """A question that has just reached the desk, from Sara unless told otherwise."""
        told = {"text": QUESTION, "topic": Topic.HOURLY_LEAVE, "capacity": Capacity.WORKER, **asked}
        asker_id = (asker or self.sara).pk
        return ask(self.system(), asked=Asked(**told), channel=channel, asker_id=asker_id)  # type: ignore[arg-type]

    def taken(self, question: Question | None = None, by: Person | None = None) -> Question:
        """A question that an expert has taken, Nadia unless told otherwise."""
        return take(self.actor(by or self.nadia), question_id=(question or self.question()).pk)

    def waiting(self, question: Question | None = None) -> Question:
        """A question whose asker is awaited."""
        taken = self.taken(question)
        ask_details(self.actor(self.nadia), question_id=taken.pk, text=DETAILS)
        taken.refresh_from_db()
        return taken

    def answer(self, question: Question, by: Person | None = None, text: str = ANSWER) -> Message:
        """The answer to a question taken by an expert, Nadia unless told otherwise."""
        actor = self.actor(by or self.nadia)
        draft = save_answer_draft(actor, question_id=question.pk, text=text, version=0)
        return send_answer(actor, question_id=question.pk, version=draft.version)

    def answered(self, question: Question | None = None, by: Person | None = None) -> Question:
        """A question that has been answered."""
        taken = self.taken(question, by)
        self.answer(taken, by)
        taken.refresh_from_db()
        return taken


def make_desk() -> Desk:
    """Milan, Bergamo, their people, and the experts of the desk of Milan."""
    world = make_world()
    expert = (NetworkRole.EXPERT, world.milano.pk, None)
    return Desk(world=world, nadia=person("Nadia", "Ferrante", expert), tullio=person("Tullio", "Sala", expert))
