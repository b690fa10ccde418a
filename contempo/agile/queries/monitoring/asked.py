"""What people think of agile work, read from the questionnaires of their employer."""

from collections.abc import Callable

from contempo.agile.rules.opinions import Opinion, OpinionScope, OpinionSource, Topic, register_opinion_source
from contempo.core.words import N_
from contempo.questionnaires.public import opinions

_NAME = N_("questionnaires of the employer")


def register_opinions() -> None:
    """Let questionnaires tell of satisfaction and productivity; called once when the application starts."""
    for topic in Topic:
        register_opinion_source(OpinionSource(topic, _NAME, _reader(topic)))


def _reader(topic: Topic) -> Callable[[OpinionScope], Opinion | None]:
    def read(scope: OpinionScope) -> Opinion | None:
        """None where a directorate, a sex or an age is asked for: answers do not tell whose they are."""
        if scope.directorate_id or scope.sex or scope.age:
            return None
        found = opinions(scope.organisation_id, topic.value, scope.since, scope.until)
        return None if found is None else Opinion(found.favourable, found.answers, found.path)

    return read
