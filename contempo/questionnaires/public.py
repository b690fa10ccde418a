"""What other contexts may use of questionnaires."""

from contempo.questionnaires.actions.invitations.sending import note_bounced
from contempo.questionnaires.queries.invitations.letters import about_letters
from contempo.questionnaires.queries.needs.told import Need, needs
from contempo.questionnaires.queries.opinions import Opinions, opinions
from contempo.questionnaires.queries.practices.library import PracticeRow, latest_practices
from contempo.questionnaires.rules.populations import (
    Asking,
    Chosen,
    FilterField,
    PopulationRow,
    PopulationSource,
    register_population,
)
from contempo.questionnaires.rules.states import UnitKind

__all__ = [
    "Asking",
    "Chosen",
    "FilterField",
    "Need",
    "Opinions",
    "PopulationRow",
    "PopulationSource",
    "PracticeRow",
    "UnitKind",
    "about_letters",
    "latest_practices",
    "needs",
    "note_bounced",
    "opinions",
    "register_population",
]
