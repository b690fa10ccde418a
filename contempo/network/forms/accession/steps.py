"""The four forms of the wizard, named as the fields of `rules.application.Application`."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contempo.core import files, identifiers
from contempo.core.choices import choices
from contempo.core.verdict import Refusal
from contempo.network.forms.fields import CheckedField, MunicipalityField, MunicipalityForm, postcode
from contempo.network.rules.accession import STANDING_LABELS, Step
from contempo.network.rules.application import check_standing
from contempo.network.rules.organisations import (
    DEFAULT_PUBLISHED,
    EXPERIENCE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    PUBLISHABLE_LABELS,
    check_identifiers,
)
from contempo.web.forms import Documents, DocumentsField, add_refusal

_link = lazy(format_html, SafeString)
_NOT_AN_EMAIL = {"invalid": _("This is not an e-mail address: it looks like name@example.org.")}


def _try(form: forms.Form, check: Callable[[], None]) -> None:
    """Put the refusal of `check`, if any, beside its field."""
    try:
        check()
    except Refusal as refusal:
        add_refusal(form, refusal)


class OrganisationForm(MunicipalityForm):
    """First step: which organisation asks."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        help_text=_("As in its statute or in the business register."),
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the organisation.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose")), *choices(KIND_LABELS)],
        error_messages={"required": _("Choose the kind of organisation.")},
    )
    legal_form = forms.CharField(
        label=_("Legal form"),
        max_length=80,
        required=False,
        help_text=_("For instance: limited company, recognised association, local authority."),
    )
    tax_code = CheckedField(
        check=identifiers.tax_code,
        label=_("Tax code"),
        max_length=30,
        help_text=_("11 digits. A sole trader writes the 16 characters of the personal fiscal code."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the tax code of the organisation.")},
    )
    vat_number = CheckedField(
        check=identifiers.partita_iva,
        label=_("VAT number"),
        max_length=30,
        required=False,
        help_text=_("11 digits, if it has one."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    ipa_code = CheckedField(
        check=identifiers.ipa_code,
        label=_("IPA code"),
        max_length=20,
        required=False,
        help_text=_("Only for public bodies: for instance c_f205, from indicepa.gov.it."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    ateco_code = CheckedField(
        check=identifiers.ateco_code,
        label=_("ATECO code"),
        max_length=12,
        required=False,
        help_text=_("The main activity, for instance 88.91.00: you find it in the business register extract."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "decimal"}),
    )
    headcount = forms.IntegerField(
        label=_("People who work there"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        localize=True,
        help_text=_("How many persons, part-time included. Leave it empty if you do not know."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write a whole number: for instance 25."),
            "min_value": _("The number of people cannot be less than zero."),
            "max_value": _("This number is too large: write at most %(limit_value)s."),
        },
    )
    municipality = MunicipalityField(
        label=_("Municipality"),
        help_text=_("Of the main seat. Write its name: for instance Sesto San Giovanni."),
        error_messages={"required": _("Write the municipality of the main seat.")},
    )
    address = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    postcode = CheckedField(
        check=postcode,
        label=_("Postcode"),
        max_length=10,
        required=False,
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url", "autocapitalize": "none"}),
        error_messages={"invalid": _("This is not the address of a website: it looks like www.example.org.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages=_NOT_AN_EMAIL,
    )
    pec = forms.EmailField(
        label=_("Certified e-mail (PEC)"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages=_NOT_AN_EMAIL,
    )
    phone = CheckedField(
        check=identifiers.phone,
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check the codes against the kind."""
        cleaned = super().clean()
        kind, tax_code, ipa_code = (cleaned.get(name, "") for name in ("kind", "tax_code", "ipa_code"))
        if kind:
            _try(self, lambda: check_identifiers(kind=kind, tax_code=tax_code, ipa_code=ipa_code))
        return cleaned


class TerritoryForm(forms.Form):
    """Second step: where it works and what it has done already."""

    territory = forms.CharField(
        label=_("Territory in which it works"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Municipalities, districts or neighbourhoods, in your own words."),
        error_messages={"required": _("Say in which territory the organisation works.")},
    )
    experience_kinds = forms.MultipleChoiceField(
        label=_("Kinds of experience"),
        choices=choices(EXPERIENCE_LABELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the organisation has done already for work-life balance. None is fine too."),
    )
    experience = forms.CharField(
        label=_("Tell this experience"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What was done, when, for whom: a few lines are enough."),
    )
    documents = DocumentsField(
        label=_("Documents"),
        required=False,
        widget=Documents(max_bytes=files.MAX_BYTES),
        help_text=_(
            "If they help to know you: a statute, a project sheet. At most 5 files of 10 MB: PDF, pictures, text "
            "documents and tables."
        ),
    )


class AimsForm(forms.Form):
    """Third step: why it wants to join."""

    description = forms.CharField(
        label=_("What it does"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Two or three sentences for the public page of the organisation."),
    )
    aims = forms.CharField(
        label=_("Aims of joining the network"),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What the organisation looks for in the network, and what it can bring."),
        error_messages={"required": _("Say why the organisation wants to join.")},
    )
    priorities = forms.MultipleChoiceField(
        label=_("Priorities"),
        choices=choices(PRIORITY_LABELS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those on which the organisation wants to work: at least one."),
        error_messages={"required": _("Choose at least one priority.")},
    )


class PeopleForm(forms.Form):
    """Fourth step: who sends the request, whom to call, what becomes public."""

    standing = forms.ChoiceField(
        label=_("Who sends the request"),
        choices=choices(STANDING_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are the legal representative or were asked by them.")},
    )
    representative_name = forms.CharField(
        label=_("Name of the legal representative"),
        max_length=120,
        required=False,
        help_text=_("Only if it is not you: they will sign the agreement."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact_name = forms.CharField(
        label=_("Name and surname"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write name and surname of the person to speak to.")},
    )
    contact_position = forms.CharField(
        label=_("Position"),
        max_length=120,
        required=False,
        help_text=_("For instance: president, head of personnel."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the contact"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Write the e-mail of the person to speak to."), **_NOT_AN_EMAIL},
    )
    contact_phone = CheckedField(
        check=identifiers.phone,
        label=_("Telephone of the contact"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    published = forms.MultipleChoiceField(
        label=_("What the public page shows"),
        choices=choices(PUBLISHABLE_LABELS),
        required=False,
        initial=list(DEFAULT_PUBLISHED),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Name, kind, municipality, priorities and the day of joining are always public. "
            "You can change your mind at any time."
        ),
    )
    privacy_accepted = forms.BooleanField(
        label=_("I have read the privacy notice"),
        help_text=_link(
            '<a href="{}" target="_blank">{}</a>',
            reverse_lazy("portal:privacy"),
            _("Read it (it opens in a new window)"),
        ),
        error_messages={"required": _("To send the request you must have read the privacy notice.")},
    )

    def clean(self) -> dict[str, Any]:
        """A delegate says for whom they speak."""
        cleaned = self.cleaned_data
        if "representative_name" in cleaned:
            _try(self, lambda: check_standing(cleaned.get("standing", ""), cleaned["representative_name"]))
        return cleaned


STEP_FORMS: Mapping[Step, type[forms.Form]] = {
    Step.ORGANISATION: OrganisationForm,
    Step.TERRITORY: TerritoryForm,
    Step.AIMS: AimsForm,
    Step.PEOPLE: PeopleForm,
}


class LinkForm(forms.Form):
    """Where to send the link that opens a draft again."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("We use it to send this link and one reminder, for nothing else."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Write the address to send the link to."), **_NOT_AN_EMAIL},
    )
