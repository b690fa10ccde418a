"""What the Ministry of Labour is told of agreements, by when, and in which columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contempo.agile.rules.agreements.states import Term, Told
from contempo.agile.rules.law import value

REMIND_BEFORE = timedelta(days=2)
"""How long before the last day human resources are told again of what is still to be told."""


@dataclass(frozen=True)
class Span:
    """How long an agreement holds: first day, day after the last (None: no end date), and its `Term`."""

    starts_on: date
    until: date | None
    term: str


def due_on(happened_on: date, *, public_body: bool) -> date:
    """The last day on which the Ministry can be told of what happened on `happened_on`.

    Private employers: five days after it (Law 81/2017, article 23, paragraph 1, as changed by Law 203/2024, article
    14). Public bodies: the twentieth of the following month (Ministry of Labour, circular 6 of 27 March 2025). The
    days of the calendar count, holidays too.
    """
    if not public_body:
        return happened_on + timedelta(days=value("telling.private", happened_on))
    return (happened_on.replace(day=1) + timedelta(days=31)).replace(day=value("telling.public", happened_on))


def told_of_signing(signed_on: date, new: Span, previous: Span | None) -> tuple[Told, date] | None:
    """What the Ministry is told when an agreement is signed, and the day from which its term runs.

    A beginning is told from the first day of agile work, not from the signature. An agreement that goes on from the
    previous one without a gap is a change, told from the signature, and only when it changes the term: of the rest of
    an agreement the Ministry is told nothing (circular 6 of 27 March 2025; Ministerial decree 149/2022, annex 1).
    """
    if previous is None or (previous.until is not None and previous.until < new.starts_on):
        return Told.STARTED, new.starts_on
    if (previous.term, previous.until) == (new.term, new.until):
        return None
    return Told.CHANGED, signed_on


def told_of_withdrawal(last_day: date, before: Span) -> tuple[Told, date] | None:
    """What the Ministry is told when an agreement ends on `last_day` by withdrawal; nothing when it would have ended
    on that day anyway, as was told at its beginning.
    """
    if before.until is not None and before.until <= last_day + timedelta(days=1):
        return None
    return Told.ENDED, last_day


DURATION: Mapping[str, str] = {Term.FIXED: "TD"}
"""The Ministry's code for the term of an agreement, `tipologiaDurataPeriodo`. That for agreements without an end date
could not be confirmed from a source: the cell stays empty."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    Told.STARTED: (
        "CodiceFiscaleDatoreLavoro",
        "DenominazioneDatoreLavoro",
        "CodiceFiscaleLavoratore",
        "NomeLavoratore",
        "CognomeLavoratore",
        "DataNascitaLavoratore",
        "CodComuneNascitaLavoratore",
        "DataInizioRapportoLavoro",
        "CodTipologiaRapportoLavoro",
        "PosizioneINAIL",
        "TariffaINAIL",
        "DataSottoscrizioneAccordo",
        "DataInizioPeriodo",
        "DataFinePeriodo",
        "TipologiaDurataPeriodo",
        "CodTipologiaComunicazione",
    ),
    Told.CHANGED: (
        "CodiceComunicazione",
        "CodTipologiaRapportoLavoro",
        "PosizioneINAIL",
        "TariffaINAIL",
        "DataSottoscrizioneAccordo",
        "DataFinePeriodo",
        "TipologiaDurataPeriodo",
        "CodTipologiaComunicazione",
    ),
    Told.ENDED: (
        "CodiceComunicazione",
        "DataFinePeriodo",
        "CodTipologiaComunicazione",
    ),
}
"""What the Ministry's service asks for each kind, by the names of its data model (`SmartWorking/1.0`:
CreaComunicazione, ModificaComunicazione, RecediComunicazione). Its Excel files (LA-InizioPeriodo and the others) ask
for the same in the same order of sections. What is not kept here, fiscal codes and births above all, stays empty: the
payroll fills it in."""

KIND_CODES: Mapping[str, str] = {Told.STARTED: "I", Told.CHANGED: "M", Told.ENDED: "R"}
"""The Ministry's codes for the kinds of communication."""
