"""Files of structure and staff: their columns, and who reads and writes them."""

from collections.abc import Iterator
from datetime import date, timedelta

from contempo.agile.actions.staff.loading_units import write_units
from contempo.agile.actions.staff.loading_workers import write_workers
from contempo.agile.queries.staff.loading import (
    about_employer,
    check_units,
    check_workers,
    may_load,
    units_in_files,
    workers_in_files,
)
from contempo.agile.rules.staff import CONTRACT_LABELS, UNIT_KIND_LABELS, Contract, Sex, UnitKind
from contempo.agile.rules.structure import WIDTH
from contempo.agile.rules.structure_staff import SEX_WORDS, weekdays_read, weekdays_written
from contempo.core import clock
from contempo.core.imports import Choice, Field, FieldKind, Kind, Missing, Values, register_kind
from contempo.core.imports.kinds import Value
from contempo.core.words import N_

_DAY = timedelta(days=1)

_KIND_ALIASES = {
    UnitKind.DIRECTORATE: ("Direzione", "Dir.", "Settore", "Dipartimento"),
    UnitKind.AREA: ("Area", "Servizio"),
    UnitKind.OFFICE: ("Ufficio", "Unità operativa", "Unità"),
}
_CONTRACT_ALIASES = {
    Contract.PERMANENT: ("Tempo indeterminato", "Indeterminato", "TI"),
    Contract.FIXED_TERM: ("Tempo determinato", "Determinato", "TD"),
    Contract.TRAINING: ("Apprendistato", "Formazione e lavoro", "CFL"),
    Contract.AGENCY: ("Somministrazione", "Somministrato", "Interinale"),
}
_SEX_ALIASES = {
    Sex.FEMALE: ("F", "Donna", "Femmina"),
    Sex.MALE: ("M", "Uomo", "Maschio"),
    Sex.UNSAID: ("X", "ND", "Non indicato"),
}


def _weekdays(value: Value) -> Value:
    """One spelling of the same weekdays; an empty cell is Monday to Friday. Refusal for words that are none."""
    return weekdays_written(weekdays_read(str(value or "")))


def _alone(values: Values) -> Iterator[tuple[str, Value]]:
    """What only one of the staff may have: the address, and the unit that somebody heads who works there now."""
    if values["email"]:
        yield "email", values["email"]
    today, since, last = clock.today(), values["since"], values["last"]
    works = (not isinstance(since, date) or since <= today) and (not isinstance(last, date) or last >= today)
    if values["heads_unit"] and works:
        yield "heads_unit", values["unit"]


def _ended(values: Values) -> Values | None:
    """What is left out ended yesterday, or on its first day when that is later; None when it has ended already."""
    today = clock.today()
    since, last = values["since"], values["last"]
    if isinstance(last, date) and last < today:
        return None
    first = since if isinstance(since, date) else today
    return {**values, "last": max(today - _DAY, first)}


UNITS = Kind(
    key="agile.units",
    title=N_("Structure"),
    help=N_("Directorates, areas and offices, one a row, in any order. A unit is found again by its code."),
    fields=(
        Field("code", N_("Unit code"), FieldKind.CODE, required=True, longest=40, aliases=("Codice", "Codice unità")),
        Field(
            "kind",
            N_("Kind of unit"),
            FieldKind.CHOICE,
            required=True,
            aliases=("Tipo",),
            choices=tuple(
                Choice(kind.value, UNIT_KIND_LABELS[kind], aliases) for kind, aliases in _KIND_ALIASES.items()
            ),
        ),
        Field("name", N_("Name of the unit"), required=True, aliases=("Nome", "Denominazione", "Descrizione")),
        Field(
            "parent",
            N_("Code of the unit above"),
            FieldKind.CODE,
            longest=40,
            aliases=("Codice dell’unità superiore", "Unità superiore", "Superiore"),
            help=N_("Empty for a directorate."),
        ),
        Field("since", N_("From"), FieldKind.DATE, required=True, aliases=("Dal", "Data inizio")),
        Field("last", N_("To"), FieldKind.DATE, aliases=("Al", "Data fine"), help=N_("The last day, included.")),
    ),
    identity=("code",),
    about=about_employer,
    may=may_load,
    current=units_in_files,
    check=check_units,
    write=write_units,
    rank=lambda values: WIDTH[UnitKind(str(values["kind"]))],
    missing=Missing.END,
    missing_label=N_("End the units that the file leaves out"),
    ended=_ended,
)

STAFF = Kind(
    key="agile.staff",
    title=N_("Staff"),
    help=N_(
        "One person a row, under the number you use: no names. Shares, agreements and days stay when you load it again."
    ),
    fields=(
        Field("number", N_("Staff number"), FieldKind.CODE, required=True, longest=40, aliases=("Matricola", "Matr.")),
        Field("email", N_("E-mail"), FieldKind.EMAIL, aliases=("Mail", "Posta elettronica", "Indirizzo e-mail")),
        Field(
            "unit",
            N_("Unit code"),
            FieldKind.CODE,
            required=True,
            longest=40,
            aliases=("Codice unità", "Unità", "Ufficio", "Codice ufficio"),
        ),
        Field(
            "contract",
            N_("Contract"),
            FieldKind.CHOICE,
            required=True,
            aliases=("Contratto", "Tipo di contratto", "Rapporto di lavoro"),
            choices=tuple(
                Choice(contract.value, CONTRACT_LABELS[contract], aliases)
                for contract, aliases in _CONTRACT_ALIASES.items()
            ),
        ),
        Field("category", N_("Category"), longest=40, aliases=("Categoria", "Area", "Inquadramento", "Livello")),
        Field(
            "part_time_percent",
            N_("Working time, in per cent"),
            FieldKind.INTEGER,
            least=1,
            most=100,
            aliases=("Orario percentuale", "Part time", "Percentuale part time", "% orario"),
            help=N_("100 is full time. An empty cell counts as 100."),
            means=lambda value: 100 if value is None else value,
        ),
        Field(
            "weekdays",
            N_("Weekdays worked"),
            aliases=("Giorni lavorati", "Giorni"),
            help=N_("lu ma me gi ve sa do, or lu-ve. An empty cell counts as lu-ve."),
            means=_weekdays,
        ),
        Field(
            "sex",
            N_("Sex"),
            FieldKind.CHOICE,
            aliases=("Sesso", "Genere"),
            choices=tuple(Choice(sex.value, SEX_WORDS[sex], aliases) for sex, aliases in _SEX_ALIASES.items()),
            means=lambda value: value or Sex.UNSAID.value,
        ),
        Field("birth_year", N_("Year of birth"), FieldKind.INTEGER, aliases=("Anno di nascita", "Nascita")),
        Field("since", N_("From"), FieldKind.DATE, required=True, aliases=("Dal", "Data assunzione")),
        Field(
            "last",
            N_("To"),
            FieldKind.DATE,
            aliases=("Al", "Data cessazione"),
            help=N_("The last day of the employment, included."),
        ),
        Field(
            "heads_unit",
            N_("Heads the unit"),
            FieldKind.BOOLEAN,
            aliases=("Dirige l’unità", "Dirige l'unità", "Responsabile", "Dirigente"),
            means=bool,
        ),
    ),
    identity=("number",),
    about=about_employer,
    may=may_load,
    current=workers_in_files,
    check=check_workers,
    write=write_workers,
    # Who lets go of a unit goes before who takes it.
    rank=lambda values: 2 if values["heads_unit"] else 1,
    alone=_alone,
    missing=Missing.END,
    missing_label=N_("End the employment of those whom the file leaves out"),
    ended=_ended,
)


def register_staff_files() -> None:
    """Make structure and staff importable; called once when the application starts."""
    register_kind(UNITS)
    register_kind(STAFF)
