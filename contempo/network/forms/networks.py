"""How a network presents itself, and its agreement."""

import hashlib
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contempo.core import files, identifiers
from contempo.network.forms.fields import CheckedField
from contempo.network.models.networks import Accent
from contempo.web.forms import DateInput, Upload

_MARKDOWN = _("With Markdown: ## before a heading, a dash before each point, ** around strong words.")


def _text(label: Any, *, rows: int = 8, required: bool = False, hint: Any = _MARKDOWN) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=100_000,
        widget=forms.Textarea({"rows": rows}),
        help_text=hint,
        error_messages={"required": _("Write the text in Italian: it is the one that binds.")},
    )


def _accents() -> list[tuple[str, SafeString]]:
    return [
        (value, format_html('<span class="swatch accent-{}"></span>{}', value, label))
        for value, label in Accent.choices
    ]


class SettingsForm(forms.Form):
    """Names, contacts, look and texts of a network."""

    name = forms.CharField(
        label=_("Name of the network"), max_length=120, error_messages={"required": _("Write the name of the network.")}
    )
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        help_text=_("Used where there is little room, and in the subject of e-mails."),
        error_messages={"required": _("Write a short name.")},
    )
    accent = forms.ChoiceField(
        label=_("Accent colour"),
        choices=_accents,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colour.")},
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        allow_empty_file=True,
        widget=Upload({"accept": ".png,.jpg,.jpeg,.webp"}, max_bytes=files.MAX_BYTES),
        help_text=_("PNG, JPEG or WebP; it is shown 48 pixels high on a white ground."),
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the agency"),
        help_text=_("Answers to the e-mails of the platform arrive here."),
        error_messages={
            "required": _("Write the e-mail of the agency."),
            "invalid": _("This is not an e-mail address: it looks like name@example.org."),
        },
    )
    contact_phone = CheckedField(
        check=identifiers.phone,
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
    )
    contact_address = forms.CharField(label=_("Address of the agency"), max_length=200, required=False)
    opening_hours = forms.CharField(
        label=_("Opening hours"),
        max_length=200,
        required=False,
        help_text=_("For instance: Monday to Friday, 9 to 13."),
    )
    accessibility_url = forms.URLField(
        label=_("Accessibility statement"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({"inputmode": "url"}),
        help_text=_("Address of the statement deposited with AgID; left empty, the page of this site is shown."),
        error_messages={"invalid": _("This is not the address of a website: it looks like www.example.org.")},
    )
    about_it = _text(_("About the network, in Italian"))
    about_en = _text(_("About the network, in English"))
    governance_it = _text(_("Governance, in Italian"))
    governance_en = _text(_("Governance, in English"))

    GROUPS = (
        (_("Names"), ("name", "short_name")),
        (_("Look"), ("accent", "logo")),
        (_("Contacts"), ("contact_email", "contact_phone", "contact_address", "opening_hours", "accessibility_url")),
        (_("Texts of the page “About”"), ("about_it", "about_en", "governance_it", "governance_en")),
    )

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    @property
    def changes(self) -> dict[str, str]:
        """What was written, the picture apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "logo"}


class AgreementForm(forms.Form):
    """A new version of the agreement, to be looked at before it is published."""

    in_force_from = forms.DateField(
        label=_("In force from"),
        widget=DateInput,
        error_messages={"required": _("Say from which day it holds."), "invalid": _("Write a date.")},
    )
    text_it = _text(_("Text in Italian"), rows=16, required=True)
    text_en = _text(_("Text in English"), rows=16, hint=_("Optional: a translation, for who reads English."))

    @property
    def digest(self) -> str:
        """What tells one version from another: texts and day."""
        texts = [str(self.cleaned_data[name]) for name in ("text_it", "text_en", "in_force_from")]
        return hashlib.sha256("\x00".join(texts).encode()).hexdigest()
