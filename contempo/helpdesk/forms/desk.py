"""What the desk types while it works at a question."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contempo.core import files
from contempo.core.choices import choices
from contempo.helpdesk.rules.asking import MAX_TEXT
from contempo.helpdesk.rules.dispatch import MAX_PARTS, MAX_TURN_TO, Part
from contempo.helpdesk.rules.templates import MAX_TITLE
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.web.forms import Upload

_TOPICS = [("", _("Choose")), *choices(TOPIC_LABELS)]


def _text(label: Any, rows: int = 6, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), max_length=MAX_TEXT, **kwargs)


class NoteForm(forms.Form):
    """An internal note."""

    text = _text(_("Internal note"), 4, help_text=_("Experts and coordinators read it. Whoever asked never does."))


class DetailsForm(forms.Form):
    """What the asker should tell."""

    text = _text(
        _("What do you need to know?"),
        help_text=_("The asker reads it as you write it. Ask for everything at once: pauses are few."),
    )


class ReleaseForm(forms.Form):
    """Why a question is given back."""

    reason = _text(_("Why"), 3, required=False, help_text=_("The desk reads it in the history."))


class OutOfScopeForm(forms.Form):
    """Why the desk does not answer, and who does."""

    reason = _text(_("Why the desk does not answer it"), help_text=_("The asker reads it as you write it."))
    turn_to = forms.CharField(
        label=_("Who answers such a question"),
        widget=forms.Textarea({"rows": 3}),
        max_length=MAX_TURN_TO,
        help_text=_("Name, address of the page or telephone number: the asker turns there."),
    )


class MergeForm(forms.Form):
    """The question this one is joined to."""

    into = forms.IntegerField(label=_("Number of the other question"), min_value=1, max_value=99_999_999)
    confirmed = forms.BooleanField(
        label=_("Somebody else asked it: one answer, without personal data, serves both"), required=False
    )


class SplitForm(forms.Form):
    """The questions to be taken out of one; those left empty are not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MAX_PARTS + 1):
            self.fields[f"text_{number}"] = _text(
                _("Question %(number)s taken out of it") % {"number": number}, 4, required=number == 1
            )
            self.fields[f"topic_{number}"] = forms.ChoiceField(
                label=_("What question %(number)s is about") % {"number": number},
                choices=_TOPICS,
                required=number == 1,
            )

    @property
    def parts(self) -> tuple[Part, ...]:
        """What was typed, place by place."""
        return tuple(
            Part(self.cleaned_data[f"text_{number}"], self.cleaned_data[f"topic_{number}"])
            for number in range(1, MAX_PARTS + 1)
        )


class PassOnForm(forms.Form):
    """The network a question is passed on to."""

    network = forms.ChoiceField(label=_("Network"))
    reason = _text(_("Why"), 4, help_text=_("The asker reads it as you write it."))

    def __init__(self, *args: Any, networks: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["network"]).choices = [("", _("Choose")), *networks]


class AssignForm(forms.Form):
    """The expert the coordinator chooses; `kept_away` is how many a conflict of interest leaves out."""

    person = forms.TypedChoiceField(label=_("Expert"), coerce=int)
    reason = _text(_("Why"), 3, help_text=_("The history of the question shows it."))

    def __init__(self, *args: Any, experts: Iterable[tuple[int, str]] = (), kept_away: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["person"]).choices = [("", _("Choose")), *experts]
        if kept_away:
            self.fields["person"].help_text = ngettext(
                "%(count)s expert is not in the list, because of a conflict of interest in this question.",
                "%(count)s experts are not in the list, because of a conflict of interest in this question.",
                kept_away,
            ) % {"count": kept_away}


class ReadingForm(forms.Form):
    """What a second reader says of an answer."""

    comment = _text(_("What must be changed"), 4, required=False, help_text=_("Whoever writes the answer reads it."))


class TemplateForm(forms.Form):
    """A template of answers."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)
    text = _text(_("Text"), 12)
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("Any")), *choices(TOPIC_LABELS)], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class FilterForm(forms.Form):
    """A name for the filters in use."""

    name = forms.CharField(label=_("Name of the filter"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class AnswerForm(forms.Form):
    """The answer being written, with what it cites and links by number; the checks are those of the action."""

    text = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea({"rows": 16, "data-editor": "yes"}),
        required=False,
        strip=False,
        max_length=MAX_TEXT,
        help_text=_("Markdown: **bold**, - list, [words](https://…). An empty line begins a paragraph."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    norms = forms.CharField(widget=forms.HiddenInput, required=False)
    organisations = forms.CharField(widget=forms.HiddenInput, required=False)
    document = forms.FileField(
        label=_("File to attach"),
        required=False,
        widget=Upload(max_bytes=files.MAX_BYTES),
        help_text=_("PDF, pictures, text documents and tables, 10 MB each."),
    )

    def clean_norms(self) -> list[int]:
        """Ids of the norms cited, in order."""
        return _numbers(self.cleaned_data["norms"])

    def clean_organisations(self) -> list[int]:
        """Ids of the organisations linked, in order."""
        return _numbers(self.cleaned_data["organisations"])


def _numbers(text: str) -> list[int]:
    return list(dict.fromkeys(int(each) for each in text.split() if each.isdecimal() and len(each) < 12))
