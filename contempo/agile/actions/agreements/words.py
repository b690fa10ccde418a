"""What an employer proposes for every new agreement."""

from collections.abc import Mapping
from typing import Any

from contempo.agile.access import may_keep
from contempo.agile.actions.agreements.story import locked_employer
from contempo.agile.models import AgreementWords
from contempo.core.action import action
from contempo.core.verdict import require
from contempo.people.public import Actor


@action
def keep_words(actor: Actor, *, employer_id: int, values: Mapping[str, Any]) -> AgreementWords:
    """Keep the words an employer proposes, and its INAIL codes; `values` are fields of `AgreementWords`.

    Agreements begun before stay as they are.
    """
    employer, part = locked_employer(actor, employer_id)
    require(may_keep(part))
    words, _made = AgreementWords.objects.update_or_create(employer=employer, defaults=dict(values))
    return words
