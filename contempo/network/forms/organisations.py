"""The record of an organisation as it is written: its fields, its seats, its contacts, what it shows."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contempo.core import identifiers
from contempo.core.choices import choices
from contempo.core.verdict import Refusal
from contempo.network.forms.accession.steps import AimsForm, OrganisationForm, TerritoryForm
from contempo.network.forms.fields import CheckedField, MunicipalityField, MunicipalityForm, postcode
from contempo.network.rules.organisations import DEFAULT_PUBLISHED, PUBLISHABLE_LABELS, check_identifiers
from contempo.web.forms import add_refusal

MOST_ROWS = 30


def _published() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What the public page shows"),
        choices=choices(PUBLISHABLE_LABELS),
        required=False,
        initial=list(DEFAULT_PUBLISHED),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Name, kind, municipality, priorities and the day of joining are always public."),
    )


class RecordForm(OrganisationForm, TerritoryForm, AimsForm):
    """The whole record, as the agency writes it: of an organisation it adds, little may be known."""

    address = postcode = documents = None
    published = _published()

    GROUPS: tuple[tuple[Promise, list[str]], ...] = (
        (
            _("Who it is"),
            "name kind legal_form tax_code vat_number ipa_code ateco_code municipality municipality_choice "
            "headcount".split(),
        ),
        (_("How to reach it"), "website email pec phone".split()),
        (
            _("What it does and what it looks for"),
            "description territory experience_kinds experience aims priorities".split(),
        ),
        (_("What the public sees"), ["published"]),
    )
    MAY_LACK = ("tax_code", "municipality", "territory", "aims", "priorities")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.MAY_LACK:
            if name in self.fields:
                self.fields[name].required = False
        self.order_fields([name for _title, names in self.GROUPS for name in names])

    @property
    def groups(self) -> Iterable[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        for title, names in self.GROUPS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield title, fields

    @property
    def record(self) -> dict[str, Any]:
        """What was written, under the names the registry keeps."""
        fields = dict(self.cleaned_data)
        if "municipality" in fields:
            fields["municipality_id"] = fields.pop("municipality") or None
        return fields


class OwnRecordForm(RecordForm):
    """The record as the organisation itself writes it: kind, identifiers and municipality are the agency's."""

    kind = tax_code = vat_number = municipality = published = None

    def clean(self) -> dict[str, Any]:
        """Check the IPA code against the kind the agency has recorded."""
        cleaned = super().clean()
        try:
            check_identifiers(kind=self.initial.get("kind", ""), tax_code="", ipa_code=cleaned.get("ipa_code", ""))
        except Refusal as refusal:
            add_refusal(self, refusal)
        return cleaned


class AdditionForm(RecordForm):
    """The record of an organisation being added, with where it is known from."""

    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where these data come from: a document, a phone call, a website."),
    )
    GROUPS = (*RecordForm.GROUPS, (_("Where it is known from"), ["source"]))


class PublishedForm(forms.Form):
    """What the organisation shows to the public."""

    published = _published()


class Coordinate(forms.CharField):
    """Degrees with a point or a comma, between `least` and `most`; "" gives None."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)
        self.least, self.most = least, most

    def clean(self, value: Any) -> float | None:
        text = super().clean(value).replace(",", ".")
        if not text:
            return None
        try:
            degrees = float(text)
        except ValueError:
            raise ValidationError(_("Write degrees as a number: for instance 45,4642.")) from None
        if not self.least <= degrees <= self.most:
            raise ValidationError(
                _("In Italy this number goes from %(least)s to %(most)s."),
                params={"least": self.least, "most": self.most},
            )
        return degrees


class SeatForm(MunicipalityForm):
    """A place where the organisation works."""

    label = forms.CharField(
        label=_("Name of the seat"), max_length=80, required=False, help_text=_("For instance: registered office.")
    )
    address = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    postcode = CheckedField(
        check=postcode,
        label=_("Postcode"),
        max_length=10,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    municipality = MunicipalityField(
        label=_("Municipality"), error_messages={"required": _("Write the municipality of this seat.")}
    )
    latitude = Coordinate(
        label=_("Latitude"), least=35, most=48, help_text=_("Left empty, the map shows the municipality.")
    )
    longitude = Coordinate(label=_("Longitude"), least=6, most=19)

    def clean(self) -> dict[str, Any]:
        """Both coordinates or none."""
        cleaned = super().clean()
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if cleaned.get(one) is not None and other in cleaned and cleaned[other] is None:
                self.add_error(other, ValidationError(_("Write both coordinates, or none.")))
        return cleaned


class ContactForm(forms.Form):
    """A person to speak to."""

    full_name = forms.CharField(
        label=_("Name and surname"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write name and surname of the person.")},
    )
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": _("This is not an e-mail address: it looks like name@example.org.")},
    )
    phone = CheckedField(
        check=identifiers.phone,
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "type": "tel"}),
    )


class Rows(forms.BaseFormSet):
    """Rows that are added, changed, removed and put first; a new row left empty is no row."""

    first_label: Any
    remove_label: Any

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["first"] = forms.BooleanField(label=self.first_label, required=False)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = self.remove_label

    def kept(self) -> list[dict[str, Any]]:
        """The rows to keep, the one marked as first before the others."""
        filled = (form.cleaned_data for form in self.forms if form.cleaned_data)
        rows = [
            {name: value for name, value in row.items() if name != "DELETE"} for row in filled if not row.get("DELETE")
        ]
        rows.sort(key=lambda row: not row["first"])
        return [{name: value for name, value in row.items() if name != "first"} for row in rows]

    @classmethod
    def typed(cls, data: QueryDict) -> list[dict[str, str]]:
        """The rows as they were typed, right or wrong, without those marked to be removed."""
        count = data.get("form-TOTAL_FORMS", "0")
        names = [*cls.form.base_fields, "first"]
        typed = []
        for index in range(min(int(count), MOST_ROWS) if count.isdecimal() else 0):
            row = {name: data.get(f"form-{index}-{name}", "") for name in names}
            if any(row.values()) and not data.get(f"form-{index}-DELETE"):
                typed.append(row)
        return typed


class _Seats(Rows):
    first_label = _("Main seat")
    remove_label = _("Remove this seat")

    def kept(self) -> list[dict[str, Any]]:
        """The seats under the names the registry keeps."""
        names = {"municipality": "municipality_id"}
        return [{names.get(name, name): value for name, value in row.items()} for row in super().kept()]


class _Contacts(Rows):
    first_label = _("First contact")
    remove_label = _("Remove this contact")


def _rows(form: type[forms.Form], rows: type[Rows]) -> type[Rows]:
    made = forms.formset_factory(
        form, formset=rows, can_delete=True, can_delete_extra=False, extra=1, max_num=MOST_ROWS, validate_max=True
    )
    return cast(type[Rows], made)


SeatsForm = _rows(SeatForm, _Seats)
ContactsForm = _rows(ContactForm, _Contacts)
