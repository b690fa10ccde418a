"""Forms of human resources: what the Ministry was told, safety notices, verified grounds, the words of the employer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.forms.agreements.fields import BandsField, Words
from contempo.agile.rules.agreements import GROUND_LABELS
from contempo.agile.rules.agreements.notice import MOST_NOTICE
from contempo.core.choices import choices
from contempo.web.forms import DateInput


class ToldForm(forms.Form):
    """When the Ministry was told, and its receipt."""

    told_on = forms.DateField(
        label=_("Told on"), widget=DateInput(), error_messages={"required": _("Say on which day.")}
    )
    protocol = forms.CharField(
        label=_("Receipt of the Ministry"),
        max_length=60,
        help_text=_("The code of the communication: changes and ends refer to it."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the code of the receipt.")},
    )


class NoticeForm(forms.Form):
    """The safety notice of a year."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=2017,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"required": _("Say of which year."), "invalid": _("Write the year in four digits.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the notice a title.")}
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        widget=forms.Textarea({"rows": 16}),
        help_text=_(
            "The general and specific risks of working elsewhere, and what to do about them. Once published it does "
            "not change. Titles and lists are written as in Markdown."
        ),
        error_messages={"required": _("Write the text of the notice.")},
    )


class GroundForm(forms.Form):
    """That a ground was verified. There is no field for documents or words, and there must be none."""

    number = forms.CharField(
        label=_("Staff number"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the staff number.")},
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[("", _("Choose")), *choices(GROUND_LABELS)],
        error_messages={"required": _("Choose the ground.")},
    )
    verified_on = forms.DateField(
        label=_("Verified on"), widget=DateInput(), error_messages={"required": _("Say on which day.")}
    )
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput(), help_text=_("Empty when it has no end.")
    )


class WordsForm(forms.Form):
    """What every new agreement begins with."""

    objectives = Words(label=_("Objectives"), help_text=_("One a line."))
    contact_bands = BandsField()
    rest = Words(rows=6, label=_("Rest and right to disconnect"))
    tools = Words(rows=4, label=_("Tools"))
    control = Words(label=_("How the employer directs and checks the work"))
    training = Words(rows=4, label=_("Training"))
    notice_days = forms.IntegerField(
        label=_("Days of notice"),
        min_value=30,
        max_value=MOST_NOTICE,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Of agreements without an end date: at least thirty, Law 81/2017, article 19."),
        error_messages={
            "required": _("Say how many days."),
            "invalid": _("Write a whole number: for instance 30."),
            "min_value": _("The law asks for at least %(limit_value)s days."),
        },
    )
    inail_position = forms.CharField(
        label=_("INAIL position (PAT)"),
        required=False,
        max_length=10,
        help_text=_("For the files of the Ministry."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    inail_rate = forms.CharField(
        label=_("INAIL rate"),
        required=False,
        max_length=4,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
