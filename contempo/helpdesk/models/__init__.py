"""Tables of the desk and of its catalogue."""

from contempo.helpdesk.models.catalogue import (
    CatalogueWord,
    Deflection,
    Entry,
    EntryAddress,
    EntryNorm,
    EntrySource,
    ResolvedMark,
    Revision,
    SearchMiss,
    Usefulness,
)
from contempo.helpdesk.models.drafts import QuestionDraft
from contempo.helpdesk.models.experts import Absence, Expert
from contempo.helpdesk.models.mail import InboundMail, Letter, RawMail
from contempo.helpdesk.models.messages import AnswerDraft, AnswerTemplate, Message, MessageKind, Reading, SavedFilter
from contempo.helpdesk.models.policies import DeskPolicy
from contempo.helpdesk.models.questions import Counterpart, Move, Promise, Question
from contempo.helpdesk.models.tallies import DeskTally

__all__ = [
    "Absence",
    "AnswerDraft",
    "AnswerTemplate",
    "CatalogueWord",
    "Counterpart",
    "Deflection",
    "DeskPolicy",
    "DeskTally",
    "Entry",
    "EntryAddress",
    "EntryNorm",
    "EntrySource",
    "Expert",
    "InboundMail",
    "Letter",
    "Message",
    "MessageKind",
    "Move",
    "Promise",
    "Question",
    "QuestionDraft",
    "RawMail",
    "Reading",
    "ResolvedMark",
    "Revision",
    "SavedFilter",
    "SearchMiss",
    "Usefulness",
]
