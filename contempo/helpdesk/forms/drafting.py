"""What the desk types to keep the catalogue: words, what they rest on, marks judged, decisions."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.helpdesk.rules.entries import (
    HARMLESS_LABELS,
    MAX_COMMENT,
    MAX_REASON,
    MAX_SOURCES,
    MAX_TEXT,
    MAX_TITLE,
    SIGNIFICANCE_LABELS,
    Facts,
    Source,
    Words,
)
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.web.forms import DateInput

LANGUAGE_CHOICES = [("it", _("Italian")), ("en", _("English"))]
_FACTS = ("topic", "more_topics", "norms", "review_on")


class WordsForm(forms.Form):
    """The words of an entry in one language."""

    title = forms.CharField(
        label=_("Title: the question as people put it"),
        max_length=MAX_TITLE,
        error_messages={"required": _("Write a title: the question as people would put it.")},
    )
    question = forms.CharField(
        label=_("The case, in general"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One or two sentences on whom it concerns, without anything that tells who asked."),
    )
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 16}),
        help_text=_("Markdown: **bold**, lists with a hyphen or a number, [words](address) for a link."),
    )

    def words(self) -> Words:
        """What was typed."""
        said = self.cleaned_data
        return Words(said["title"], said["question"], said["answer"])


class NewEntryForm(WordsForm):
    """An entry that comes from no question."""

    topic = forms.ChoiceField(label=_("Main topic"), choices=choices(TOPIC_LABELS))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)

    field_order = ("language", "topic", "title", "question", "answer")


class RevisionForm(WordsForm):
    """A revision; topics, norms and next review only in the language an entry was first written in."""

    topic = forms.ChoiceField(label=_("Main topic"), choices=choices(TOPIC_LABELS))
    more_topics = forms.MultipleChoiceField(
        label=_("Other topics"), choices=choices(TOPIC_LABELS), required=False, widget=forms.CheckboxSelectMultiple
    )
    norms = forms.MultipleChoiceField(label=_("Norms it rests on"), required=False, widget=forms.CheckboxSelectMultiple)
    review_on = forms.DateField(
        label=_("Next review by"),
        required=False,
        widget=DateInput,
        help_text=_("A day to come, within two years. The entry says so when the day has passed."),
    )
    significance = forms.ChoiceField(
        label=_("What this revision changes"), choices=choices(SIGNIFICANCE_LABELS), widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("For who approves it"),
        required=False,
        max_length=MAX_COMMENT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What you have changed and why. The public does not read it."),
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, norms: Iterable[tuple[int, str]], is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["norms"].choices = [(str(number), label) for number, label in norms]  # type: ignore[attr-defined]
        if not is_first:
            for name in _FACTS:
                del self.fields[name]

    def facts(self, sources: Iterable[Source]) -> Facts | None:
        """What the entry rests on, with `sources`; None in a translation."""
        said = self.cleaned_data
        if "topic" not in said:
            return None
        others = [topic for topic in said["more_topics"] if topic != said["topic"]]
        return Facts((said["topic"], *others), tuple(map(int, said["norms"])), tuple(sources), said["review_on"])


class SourceForm(forms.Form):
    """A page that says what the entry says."""

    title = forms.CharField(label=_("Title of the page"), max_length=200)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    checked_on = forms.DateField(label=_("Looked at on"), widget=DateInput)

    def source(self) -> Source:
        """What was typed."""
        return Source(**self.cleaned_data)


SourceRows = forms.formset_factory(SourceForm, extra=1, max_num=MAX_SOURCES, validate_max=True, can_delete=True)


def sources_of(rows: Any) -> tuple[Source, ...]:
    """The sources typed in valid `rows`: neither those left empty nor those to be deleted."""
    said = [form.cleaned_data for form in rows if form.has_changed() or form.initial]
    return tuple(
        Source(each["title"], each["url"], each["checked_on"]) for each in said if each and not each.get("DELETE")
    )


class Marked(Protocol):
    """A mark as the form asks about it."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...


class JudgeForm(forms.Form):
    """For each mark, why it identifies nobody; nothing chosen leaves it as it is."""

    def __init__(self, *args: Any, marks: Sequence[Marked], unjudged: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marks = {f"mark-{number}": mark for number, mark in enumerate(marks)}
        for name, mark in self.marks.items():
            self.fields[name] = forms.ChoiceField(
                label=mark.text, required=False, choices=[("", unjudged), *choices(HARMLESS_LABELS)]
            )

    def judged(self) -> dict[tuple[str, str], str]:
        """What was judged, as (kind, key) with why."""
        said = self.cleaned_data
        return {(mark.kind, mark.key): said[name] for name, mark in self.marks.items() if said.get(name)}


class ReasonForm(forms.Form):
    """The reason of a decision; its least length is a rule, which the action asks."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 4}),
        max_length=MAX_REASON,
        error_messages={"required": _("Write the reason: others will read it.")},
    )


class ReviewForm(forms.Form):
    """Until when an entry holds as it is."""

    review_on = forms.DateField(
        label=_("Next review by"),
        widget=DateInput,
        error_messages={"required": _("Choose the day of the next review.")},
    )
