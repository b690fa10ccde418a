"""Mail that comes in: read (`parsing`) and placed (`verdicts`), and the addresses that tell replies (`tokens`)."""

from contempo.helpdesk.rules.mail.certified import FAILURES as FAILED_RECEIPTS
from contempo.helpdesk.rules.mail.limits import MAX_BYTES, NOTE_LABELS, Note, Remark
from contempo.helpdesk.rules.mail.parsing import Attached, Envelope, Incoming, parse
from contempo.helpdesk.rules.mail.signs import KIND_LABELS, OWN_HEADER, Bounce, Kind
from contempo.helpdesk.rules.mail.texts import language_of
from contempo.helpdesk.rules.mail.tokens import Seal, Token, reply_address, token_of, without_token
from contempo.helpdesk.rules.mail.verdicts import (
    ASKED_WITHIN,
    MAX_ASKED,
    OUTCOME_LABELS,
    REASON_LABELS,
    Decision,
    Known,
    Outcome,
    Reason,
    decide,
)

__all__ = [
    "ASKED_WITHIN",
    "FAILED_RECEIPTS",
    "KIND_LABELS",
    "MAX_ASKED",
    "MAX_BYTES",
    "NOTE_LABELS",
    "OUTCOME_LABELS",
    "OWN_HEADER",
    "REASON_LABELS",
    "Attached",
    "Bounce",
    "Decision",
    "Envelope",
    "Incoming",
    "Kind",
    "Known",
    "Note",
    "Outcome",
    "Reason",
    "Remark",
    "Seal",
    "Token",
    "decide",
    "language_of",
    "parse",
    "reply_address",
    "token_of",
    "without_token",
]
