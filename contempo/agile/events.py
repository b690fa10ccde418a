"""What happens in agile work that others, and agile work itself, may want to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgreementSigned:
    """A worker signed an agreement: it holds from its first day, which may be to come."""

    agreement_id: int


@dataclass(frozen=True)
class AgreementEnded:
    """The end of an agreement is settled: withdrawn from, with its last day perhaps to come, or over."""

    agreement_id: int


@dataclass(frozen=True)
class ResultPublished:
    """The result of a clearing was published; accounts after `after` are still to be told."""

    clearing_id: int
    after: int


@dataclass(frozen=True)
class InvitationsAsked:
    """People of the staff of an employer are to be invited: some letters are still to be written."""

    employer_id: int
