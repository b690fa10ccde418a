"""The form of a question: for whoever asks on the web, and for the desk that types one in at the counter."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core import files
from contempo.core.choices import choices
from contempo.core.verdict import Refusal
from contempo.helpdesk.rules.asking import CAPACITY_LABELS, CAPACITY_NAMES, MAX_TEXT, MIN_TEXT, Asked, checked_text
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import MunicipalityField, MunicipalityForm
from contempo.web.forms import Documents, DocumentsField
from contempo.web.sentences import sentence

NOT_AN_EMAIL = _("This is not an e-mail address: it looks like name@example.org.")
_FILES = _("At most 5 files of 10 MB: PDF, pictures, text documents and tables.")


class TextField(forms.CharField):
    """Free text whose length the rules judge, so that page and mail are told the same sentence."""

    widget = forms.Textarea

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.widget.attrs.setdefault("maxlength", MAX_TEXT)

    def validate(self, value: Any) -> None:
        """Say what the rules say of a text too short or too long."""
        try:
            checked_text(value, least=self.least)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from None


def one_line_ends(text: str) -> str:
    """Text as browsers count it: one character for the end of a line, where forms send two."""
    return text.replace("\r\n", "\n")


class FactsForm(MunicipalityForm):
    """What a question is about and whom it concerns; `contracts` are the collective contracts to choose from."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("Choose the nearest topic")), *choices(TOPIC_LABELS)],
        error_messages={"required": _("Choose the topic nearest to your question: “Something else” is fine too.")},
    )
    capacity = forms.ChoiceField(
        label=_("In what capacity do you ask?"),
        choices=choices(CAPACITY_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say in what capacity you ask: the answer may change with it.")},
    )
    municipality = MunicipalityField(
        label=_("Municipality"),
        required=False,
        help_text=_("Where you live or work: some services and contributions are of one municipality only."),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("I do not know, or I prefer not to say")), *choices(SECTOR_LABELS)],
        required=False,
    )
    contract = forms.ChoiceField(
        label=_("Collective contract"),
        required=False,
        help_text=_("You find its name on the payslip or in the letter of employment."),
    )

    def __init__(self, *args: Any, contracts: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(key), label) for key, label in contracts]
        self.fields["contract"].choices = [("", _("I do not know, or it is not in this list")), *known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["contract"]


class QuestionForm(FactsForm):
    """What somebody asks. Four answers are needed, three when who asks is signed in; the rest may help."""

    text = TextField(
        least=MIN_TEXT,
        label=_("What would you like to know?"),
        help_text=_("Tell what happened, in your own words. Leave out the names of persons: they are not needed."),
        widget=forms.Textarea({"rows": 7}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The answer comes here. We send you a code at once, to make sure that the address is yours."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Write the address at which you want the answer."),
            "invalid": NOT_AN_EMAIL,
        },
    )
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    counterpart = forms.CharField(
        label=_("Is an organisation involved?"),
        max_length=200,
        required=False,
        help_text=_(
            "Your employer, for instance. It serves one purpose: no expert who works for that organisation, or for its "
            "side, will see your question."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    documents = DocumentsField(
        label=_("Attachments"), required=False, widget=Documents(max_bytes=files.MAX_BYTES), help_text=_FILES
    )
    language = forms.ChoiceField(label=_("Language of the answer"), choices=settings.LANGUAGES)
    consent = forms.BooleanField(
        label=_("You may publish an anonymised version of question and answer"),
        required=False,
        help_text=_("It helps others with the same doubt. Nothing in it tells who you are; you may change your mind."),
    )

    field_order = (
        "text",
        "topic",
        "capacity",
        "email",
        "full_name",
        "municipality",
        "sector",
        "contract",
        "counterpart",
    )

    def __init__(self, *args: Any, asks_email: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email"]
            del self.fields["full_name"]

    def asked(self) -> Asked:
        """What a valid form asks, for the actions."""
        told = self.cleaned_data
        return Asked(
            text=told["text"],
            topic=told["topic"],
            capacity=told["capacity"],
            language=told["language"],
            municipality=told["municipality"],
            sector=told["sector"],
            contract_id=int(told["contract"]) if told.get("contract") else None,
            consent=told["consent"],
            counterparts=(told["counterpart"],) if told["counterpart"] else (),
        )

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """What a valid form tells beside the text, in words, as (label, value); what was not told is left out."""
        told, contract = self.cleaned_data, self.fields.get("contract")
        contracts = dict(contract.choices) if contract else {}  # type: ignore[attr-defined]
        lines = (
            (_("Topic"), gettext(TOPIC_LABELS[told["topic"]])),
            (_("In what capacity"), gettext(CAPACITY_LABELS[told["capacity"]])),
            (_("Municipality"), self.place.label if self.place else ""),
            (_("Sector"), gettext(SECTOR_LABELS[told["sector"]]) if told["sector"] else ""),
            (_("Collective contract"), contracts[told["contract"]] if told.get("contract") else ""),
            (_("Organisation involved"), told["counterpart"]),
            (_("Anonymised publication"), _("Allowed") if told["consent"] else _("Not allowed")),
        )
        return tuple((str(label), str(value)) for label, value in lines if value)

    @property
    def opens_more(self) -> bool:
        """Whether something in the folded part must be seen: an answer, or an error."""
        names = [name for name in _MORE if name in self.fields]
        return any(self[name].errors or self[name].value() for name in (*names, "documents"))


_MORE = ("municipality", "sector", "contract", "counterpart")
_KEPT = ("text", "topic", "capacity", "email", "full_name", *_MORE, "municipality_choice", "language", "consent")


def typed_values(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed in the form, right or wrong, by field: what a draft keeps. Files are not among it."""
    return {name: one_line_ends(str(data.get(name, ""))) for name in _KEPT}


class CounterForm(QuestionForm):
    """A question typed in by the desk for somebody at the counter or on the phone, who may have no e-mail."""

    informed = forms.BooleanField(
        label=_("I have told who asks how the personal data are used"),
        error_messages={"required": _("Tell who asks how the data are used, then tick this box.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The question")
        self.fields["text"].help_text = _("In the words of who asks, without names of persons.")
        self.fields["capacity"].label = _("In what capacity?")
        self.fields["capacity"].choices = choices(CAPACITY_NAMES)  # type: ignore[attr-defined]
        self.fields["email"].label = _("E-mail of who asks")
        self.fields["email"].help_text = _("If there is one, the answer and the page to follow it go there.")
        self.fields["email"].required = False
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["full_name"].label = _("Name of who asks")
        self.fields["full_name"].widget.attrs["autocomplete"] = "off"
        self.fields["municipality"].help_text = ""
        self.fields["counterpart"].help_text = _("No expert who works for it, or for its side, will see the question.")
        self.fields["consent"].label = _("Who asks agrees that an anonymised version may be published")
        self.fields["consent"].help_text = ""


class ClassifyForm(FactsForm):
    """What the desk corrects of a question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].label = _("Topic")
        self.fields["capacity"].label = _("In what capacity?")
        self.fields["capacity"].choices = choices(CAPACITY_NAMES)  # type: ignore[attr-defined]
        for name in ("municipality", "contract"):
            if name in self.fields:
                self.fields[name].help_text = ""

    def facts(self) -> dict[str, Any]:
        """What a valid form tells, for the action."""
        told = self.cleaned_data
        return {
            **{name: told[name] for name in ("topic", "capacity", "municipality", "sector")},
            "contract_id": int(told["contract"]) if told.get("contract") else None,
        }


class CodeForm(forms.Form):
    """The mailed code that sends the question."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Eight digits: you find them in the e-mail."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code you find in the e-mail.")},
    )
