"""What the Ministry is owed of agreements: the list, and the files in the columns of its service."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import Agreement, AgreementWords, Communication
from contempo.agile.queries.agreements.wording import last_day, name_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import TOLD_LABELS, Told
from contempo.agile.rules.agreements.telling import COLUMNS as MINISTRY
from contempo.agile.rules.agreements.telling import DURATION, KIND_CODES
from contempo.core.calendar import local_day
from contempo.core.choices import choices
from contempo.core.clock import today
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage, build, every_row

OWED, LATE, DONE = "dovute", "ritardo", "fatte"
LOOKS = {
    DONE: Look(N_("Told"), "success", "it-check-circle"),
    OWED: Look(N_("To be told"), "info", "it-mail"),
    LATE: Look(N_("Late"), "danger", "it-warning-circle"),
}


@dataclass(frozen=True)
class ToldRow:
    """A communication in the list."""

    name: str
    kind: str
    happened_on: date
    due_on: date
    state: Look
    told_on: date | None
    protocol: str
    staff_number: str
    url: str


COLUMNS = (
    Column("name", _("Agreement"), sort="agreement__number"),
    Column("kind", _("What"), sort="kind"),
    Column("happened_on", _("Day"), sort="happened_on"),
    Column("due_on", _("To be told by"), sort="due_on"),
    Column("state", _("State")),
    Column("told_on", _("Told on"), sort="told_on"),
    Column("protocol", _("Receipt")),
    Column("staff_number", _("Staff number"), only_export=True),
)
SORT = "due_on"


class _Filters(django_filters.FilterSet):
    """What the communications may be narrowed by; named as in the address."""

    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OWED, _("To be told")), (LATE, _("Late")), (DONE, _("Told"))],
        method="in_state",
        empty_label=_("All"),
    )
    cosa = django_filters.ChoiceFilter(
        label=_("What"), choices=choices(TOLD_LABELS), field_name="kind", empty_label=_("All")
    )

    class Meta:
        model = Communication
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Communication], name: str, value: str) -> QuerySet[Communication]:
        if value == DONE:
            return rows.filter(told_on__isnull=False)
        owed = rows.filter(told_on__isnull=True)
        return owed.filter(due_on__lt=today()) if value == LATE else owed


@dataclass(frozen=True)
class Owed:
    """How many communications of a kind are owed."""

    kind: str
    label: str
    count: int


def communications(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The page of communications that `params` ask for. Two SQL."""
    return build(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)


def communication_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[ToldRow]:
    """Every communication that `params` ask for, for a file."""
    return every_row(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)


def communication(opened: OpenedEmployer, communication_id: int) -> tuple[ToldRow, Communication] | None:
    """One communication, for its form. One SQL."""
    found = _rows(opened).filter(pk=communication_id).first()
    return (_row_maker(opened)(found), found) if found else None


def owed_by_kind(opened: OpenedEmployer) -> tuple[Owed, ...]:
    """What is owed, a row for each kind of the Ministry's files, none left out. One SQL."""
    kinds = list(
        Communication.objects.filter(employer=opened.employer, told_on__isnull=True).values_list("kind", flat=True)
    )
    return tuple(Owed(kind, gettext(TOLD_LABELS[kind]), kinds.count(kind)) for kind in Told)


def _rows(opened: OpenedEmployer) -> QuerySet[Communication]:
    return Communication.objects.filter(employer=opened.employer).select_related("agreement__worker__person")


def _filters(opened: OpenedEmployer, params: QueryDict) -> _Filters:
    return _Filters(params, _rows(opened))


def _row_maker(opened: OpenedEmployer) -> Callable[[Communication], ToldRow]:
    day = today()

    def row(each: Communication) -> ToldRow:
        state = DONE if each.told_on else LATE if each.due_on < day else OWED
        return ToldRow(
            name=f"{each.agreement.number}. {name_of(each.agreement.worker)}",
            kind=gettext(TOLD_LABELS[each.kind]),
            happened_on=each.happened_on,
            due_on=each.due_on,
            state=LOOKS[state],
            told_on=each.told_on,
            protocol=each.protocol,
            staff_number=each.agreement.worker.number,
            url=opened.url("communication_told", communication_id=each.pk),
        )

    return row


_OURS = ("Matricola", "Persona")
"""Columns that are not the Ministry's: by them the payroll finds fiscal code, name and birth; then they come off."""


def ministry_rows(opened: OpenedEmployer, kind: Told) -> tuple[tuple[Column, ...], list[SimpleNamespace], list[int]]:
    """What is owed of one kind, in the columns of the Ministry's service and two of ours; and whose ids. Three SQL."""
    columns = tuple(Column(name, name) for name in (*MINISTRY[kind], *_OURS))
    found = list(_rows(opened).filter(kind=kind.value, told_on__isnull=True).order_by("due_on", "id"))
    words = AgreementWords.objects.filter(employer=opened.employer).first() or AgreementWords()
    codes = _codes([each.agreement for each in found]) if kind != Told.STARTED else {}
    rows = [_ministry_row(opened, each, words, codes) for each in found]
    return columns, rows, [each.pk for each in found]


def _ministry_row(
    opened: OpenedEmployer, each: Communication, words: AgreementWords, codes: Mapping[int, str]
) -> SimpleNamespace:
    agreement = each.agreement
    organisation = opened.employer.organisation
    ends = last_day(agreement.until)
    everything = {
        "CodiceFiscaleDatoreLavoro": organisation.tax_code or "",
        "DenominazioneDatoreLavoro": organisation.name,
        "CodiceFiscaleLavoratore": "",
        "NomeLavoratore": "",
        "CognomeLavoratore": "",
        "DataNascitaLavoratore": "",
        "CodComuneNascitaLavoratore": "",
        "DataInizioRapportoLavoro": agreement.worker.since.isoformat(),
        "CodTipologiaRapportoLavoro": "",
        "PosizioneINAIL": words.inail_position,
        "TariffaINAIL": words.inail_rate,
        "DataSottoscrizioneAccordo": local_day(agreement.signed_at).isoformat() if agreement.signed_at else "",
        "DataInizioPeriodo": agreement.starts_on.isoformat() if agreement.starts_on else "",
        "DataFinePeriodo": ends.isoformat() if ends else "",
        "TipologiaDurataPeriodo": DURATION.get(agreement.term, ""),
        "CodTipologiaComunicazione": KIND_CODES[each.kind],
        "CodiceComunicazione": codes.get(agreement.pk, ""),
        "Matricola": agreement.worker.number,
        "Persona": name_of(agreement.worker),
    }
    return SimpleNamespace(**{name: everything[name] for name in (*MINISTRY[each.kind], *_OURS)})


def _codes(agreements: list[Agreement]) -> dict[int, str]:
    """For each agreement the receipt of the beginning it goes back to: its own, or that of one it follows.

    As many SQL as the longest row of followers has agreements, two of them for most.
    """
    at = {each.pk: each.pk for each in agreements}
    found: dict[int, str] = {}
    while at:
        steps = set(at.values())
        told = Communication.objects.filter(agreement__in=steps, kind=Told.STARTED.value)
        codes = dict(told.values_list("agreement_id", "protocol"))
        before = dict(Agreement.objects.filter(pk__in=steps).values_list("pk", "previous_id"))
        found |= {key: codes[step] for key, step in at.items() if step in codes}
        at = {key: before[step] for key, step in at.items() if step not in codes and before.get(step)}
    return found
