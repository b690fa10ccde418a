"""Tables of the context of questionnaires."""

from contempo.questionnaires.models.campaigns import Campaign, Delegate, Invitation, Sending, Target
from contempo.questionnaires.models.extracts import Extract
from contempo.questionnaires.models.making import Questionnaire, Version
from contempo.questionnaires.models.responses import (
    Aggregate,
    AnswerFile,
    Code,
    Coding,
    ColumnPart,
    Coverage,
    Practice,
    Response,
    SavedTable,
)
from contempo.questionnaires.models.tallies import CampaignTally

__all__ = [
    "Aggregate",
    "AnswerFile",
    "Campaign",
    "CampaignTally",
    "Code",
    "Coding",
    "ColumnPart",
    "Coverage",
    "Delegate",
    "Extract",
    "Invitation",
    "Practice",
    "Questionnaire",
    "Response",
    "SavedTable",
    "Sending",
    "Target",
    "Version",
]
