"""What the forms of pages, groups and questions have in common: the key, and when it is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.words import N_
from contempo.questionnaires.forms.making.conditions import condition_of, condition_rows
from contempo.questionnaires.forms.making.rows import Rows
from contempo.questionnaires.forms.making.saying import SayingForm
from contempo.questionnaires.queries.making.builder import Standing, Told
from contempo.questionnaires.rules.checks.problem import KEY, KEY_LENGTH
from contempo.questionnaires.rules.document import Condition, Group, Page, Words
from contempo.questionnaires.rules.editing import edition_of

SET_LABELS = {"option": N_("Possible answers"), "row": N_("Rows of the table"), "test": N_("Show it only if…")}
"""How the sets of rows are called, by prefix."""

_SETS = {"options": "option", "rows": "row", "when": "test"}


def said(name: str, words: Words) -> dict[str, str]:
    """A text as initial values of its two fields."""
    return {f"{name}_it": words.it, f"{name}_en": words.en}


def words_of(found: Mapping[str, Any], name: str) -> Words:
    """The text written in its two fields."""
    return Words(str(found.get(f"{name}_it", "")).strip(), str(found.get(f"{name}_en", "")).strip())


class PartForm(SayingForm):
    """A part of the draft; `edition` is what it said when the form was opened.

    What is wrong keeps nothing else from being kept: of a field that is wrong, what was there before stays. What was
    typed stays in the form.
    """

    seldom: tuple[str, ...] = ("key",)

    edition = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(
        label=gettext_lazy("Name in the data"),
        required=False,
        max_length=KEY_LENGTH,
        help_text=gettext_lazy("Small letters, digits and “_”. Figures and files tell the question by it."),
    )
    when_any = forms.ChoiceField(
        label=gettext_lazy("When there is more than one"),
        choices=[("all", gettext_lazy("all must hold")), ("any", gettext_lazy("one is enough"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, standing: Standing, kept: Mapping[str, Any], data: Mapping[str, Any] | None) -> None:
        part = standing.part
        any_of = part.when is not None and part.when.any
        initial = {"key": part.key, "edition": edition_of(part), "when_any": "any" if any_of else "all"}
        super().__init__(data, initial={**initial, **kept})
        self.original, self.others = part, standing.others
        if standing.locked:
            self.fields["key"].help_text = _(
                "Already published: figures are told by this name. Change it only if this now asks another thing."
            )
        self.tests = condition_rows(part.when, standing.earlier, data)

    @property
    def row_sets(self) -> dict[str, Rows[Any]]:
        """The sets of rows the form has, by prefix."""
        return {"test": self.tests}

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What is needed seldom."""
        return [self[name] for name in self.seldom if name in self.fields]

    @property
    def more_open(self) -> bool:
        """Whether something needed seldom is to be mended, or the kind is just being chosen."""
        mend = any(name in self.errors or name in self.said for name in self.seldom)
        return mend or (self.is_bound and "kind" in self.changed_data)

    @property
    def links(self) -> list[dict[str, str]]:
        """Everything that cannot be kept, with the id of the control to lead to."""
        found = [{"text": str(text), "id": ""} for text in self.non_field_errors()]
        for field in self:
            found += [{"text": f"{field.label}: {text}", "id": field.auto_id} for text in field.errors]
        for prefix, rows in self.row_sets.items():
            name = _(SET_LABELS[prefix])
            for form in rows.forms:
                for field in form:
                    text = f"{name}, {form.at + 1}. {field.label}"
                    found += [{"text": f"{text}: {error}", "id": field.auto_id} for error in field.errors]
            found += [{"text": text, "id": f"{prefix}-pasted"} for text in (rows.left_said,) if text]
        return found

    def tell(self, problems: Iterable[Told]) -> None:
        """Tell what is still to be mended beside what it is about; not of what stands as it was because what was typed
        is wrong.
        """
        for one in problems:
            rows = self.row_sets.get(_SETS.get(one.field, ""))
            if rows is not None:
                rows.tell(one.at, one.language, one.here)
                continue
            for name in (one.field, f"{one.field}_{one.language}"):
                if name in self.fields:
                    self.say(name, one.here)

    def do_rows(self, what: str) -> bool:
        """Do what a button of a set of rows asks (`option-up-2`); whether it is one."""
        prefix, _dash, step = what.partition("-")
        rows = self.row_sets.get(prefix)
        return rows is not None and rows.do(step)

    def paste(self) -> None:
        """Add what was pasted beside a set of rows to it."""
        for prefix, rows in self.row_sets.items():
            if text := self.data.get(f"{prefix}-pasted", ""):
                rows.paste(text)

    def clean_key(self) -> str:
        """A key as figures and files can have it, of this part alone."""
        key: str = self.cleaned_data["key"] or self.original.key
        if key != self.original.key and not KEY.fullmatch(key):
            raise ValidationError(_("Write small letters, digits and single “_”, beginning with a letter."))
        if key in self.others:
            raise ValidationError(_("Another part of the questionnaire is called so already."))
        return key

    def is_valid(self) -> bool:
        """Whether the form and all its rows can be kept."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.row_sets.values())])

    @property
    def named(self) -> str:
        """The key as written; the one there was, while it is wrong."""
        return str(self.found["key"])

    @property
    def found(self) -> dict[str, Any]:
        """What was typed, and of what is wrong what was kept before."""
        return {**{name: self.initial.get(name) for name in self.errors}, **self.cleaned_data}

    def when(self) -> Condition | None:
        """When it is shown."""
        return condition_of(self.tests, self.found.get("when_any") == "any", self.original.when)


class PageForm(PartForm):
    """What is written of a page."""

    title_it = forms.CharField(label=gettext_lazy("Title in Italian"), required=False, max_length=200)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), required=False, max_length=200)
    intro_it = forms.CharField(
        label=gettext_lazy("Text above the questions, in Italian"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    intro_en = forms.CharField(
        label=gettext_lazy("Text above the questions, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, page: Page, standing: Standing, data: Mapping[str, Any] | None) -> None:
        super().__init__(standing, {**said("title", page.title), **said("intro", page.intro)}, data)

    def part(self, key: str) -> Page:
        """The page as written, without what stands on it."""
        return Page(key, words_of(self.found, "title"), (), words_of(self.found, "intro"), self.when())


class GroupForm(PartForm):
    """What is written of a group."""

    label_it = forms.CharField(label=gettext_lazy("Title in Italian"), required=False, max_length=300)
    label_en = forms.CharField(label=gettext_lazy("Title in English"), required=False, max_length=300)
    repeat = forms.IntegerField(
        label=gettext_lazy("How many times it may be answered"),
        required=False,
        min_value=0,
        max_value=50,
        help_text=gettext_lazy("Empty: once. With a number, the questions are asked again for each one."),
    )
    each_it = forms.CharField(
        label=gettext_lazy("What each one is called, in Italian"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("For example: “Sede”, “Servizio”."),
    )
    each_en = forms.CharField(label=gettext_lazy("What each one is called, in English"), required=False, max_length=120)

    def __init__(self, group: Group, standing: Standing, data: Mapping[str, Any] | None) -> None:
        kept = {**said("label", group.label), **said("each", group.each), "repeat": group.repeat or None}
        super().__init__(standing, kept, data)

    def part(self, key: str) -> Group:
        """The group as written, without the questions in it."""
        found = self.found
        return Group(key, words_of(found, "label"), (), self.when(), found.get("repeat") or 0, words_of(found, "each"))
