"""The uploaded list of a campaign: its columns, and who reads and writes it."""

from contempo.core.imports import Choice, Field, FieldKind, Kind, Missing, register_kind
from contempo.core.words import N_
from contempo.network.public import KINDS, SIZES, kind_labels, size_labels
from contempo.questionnaires.actions.campaigns.list import write_units
from contempo.questionnaires.queries.campaigns.list import about_campaign, check_units, may_load, units_in_files
from contempo.questionnaires.rules.populations import LIST_KEY, list_key

LIST = Kind(
    key=LIST_KEY,
    title=N_("People and organisations to ask"),
    help=N_(
        "One unit a row. It is found again by its code, so that the list can be loaded again and nothing answered is "
        "lost."
    ),
    fields=(
        Field(
            "code",
            N_("Code"),
            FieldKind.CODE,
            required=True,
            longest=60,
            aliases=("Codice", "Identificativo", "Matricola", "Codice fiscale", "ID"),
            help=N_("Anything that names the unit once in your list: a number, a tax code, the e-mail itself."),
            means=list_key,
        ),
        Field("name", N_("Name"), required=True, aliases=("Nome", "Denominazione", "Ragione sociale")),
        Field("contact", N_("Contact"), longest=160, aliases=("Referente", "Contatto", "Persona di riferimento")),
        Field("email", N_("E-mail"), FieldKind.EMAIL, aliases=("Mail", "Posta elettronica", "Indirizzo e-mail")),
        Field(
            "kind",
            N_("Kind"),
            FieldKind.CHOICE,
            aliases=("Tipo", "Tipo di organizzazione", "Natura"),
            choices=tuple(Choice(key, kind_labels()[key]) for key in KINDS),
        ),
        Field(
            "size",
            N_("Size class"),
            FieldKind.CHOICE,
            aliases=("Dimensione", "Classe dimensionale"),
            choices=tuple(Choice(key, size_labels()[key]) for key in SIZES),
        ),
        Field(
            "municipality",
            N_("Municipality"),
            longest=90,
            aliases=("Comune", "Città"),
            help=N_("Its name, with the province in brackets where several have it, or its ISTAT code."),
        ),
        Field("group", N_("Group"), longest=60, aliases=("Gruppo", "Strato", "Categoria", "Settore")),
        Field(
            "language",
            N_("Language of the letters"),
            FieldKind.CHOICE,
            aliases=("Lingua",),
            choices=(Choice("it", N_("Italian"), ("it",)), Choice("en", N_("English"), ("en",))),
            means=lambda value: value or "it",
        ),
    ),
    identity=("code",),
    about=about_campaign,
    may=may_load,
    current=units_in_files,
    check=check_units,
    write=write_units,
    missing=Missing.END,
    missing_label=N_("Take out of the population those whom the file leaves out, unless they answered"),
)


def register_lists() -> None:
    """Make lists of units importable; called once when the application starts."""
    register_kind(LIST)
