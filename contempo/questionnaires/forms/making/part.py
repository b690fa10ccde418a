"""What the forms of pages, groups and questions have in common: the key, and when it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.questionnaires.forms.making.conditions import condition_of, condition_rows
from contempo.questionnaires.forms.making.rows import Rows
from contempo.questionnaires.queries.making.earlier import Earlier
from contempo.questionnaires.rules.checks.problem import KEY, KEY_LENGTH
from contempo.questionnaires.rules.document import Group, Page, Words
from contempo.questionnaires.rules.editing import Part, edition_of


def said(name: str, words: Words) -> dict[str, str]:
    """A text as initial values of its two fields."""
    return {f"{name}_it": words.it, f"{name}_en": words.en}


def words_of(cleaned: Mapping[str, Any], name: str) -> Words:
    """The text written in its two fields."""
    return Words(str(cleaned.get(f"{name}_it", "")).strip(), str(cleaned.get(f"{name}_en", "")).strip())


class PartForm(forms.Form):
    """A part of the draft; `edition` is what it said when the form was opened."""

    use_required_attribute = False
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

    def __init__(
        self,
        part: Part,
        data: Mapping[str, Any] | None = None,
        *,
        earlier: Sequence[Earlier] = (),
        locked: bool = False,
    ) -> None:
        any_of = part.when is not None and part.when.any
        initial = {"key": part.key, "edition": edition_of(part), "when_any": "any" if any_of else "all"}
        super().__init__(data, initial={**initial, **self.kept(part)})
        self.original = part
        if locked:
            self.fields["key"].help_text = _(
                "Already published: figures are told by this name. Change it only if this now asks another thing."
            )
        self.tests = condition_rows(part.when, earlier, data)

    @staticmethod
    def kept(part: Any) -> dict[str, Any]:
        """The part as initial values."""
        raise NotImplementedError

    @property
    def row_sets(self) -> dict[str, Rows[Any]]:
        """The sets of rows the form has, by prefix."""
        return {"test": self.tests}

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What is needed seldom."""
        return [self[name] for name in self.seldom if name in self.fields]

    @property
    def more_errors(self) -> bool:
        """Whether something needed seldom is to be mended."""
        return self.is_bound and any(name in self.errors for name in self.seldom)

    @property
    def links(self) -> list[dict[str, str]]:
        """Everything that cannot be kept, with the id of the control to lead to."""
        found = [{"text": str(text), "id": ""} for text in self.non_field_errors()]
        fields = [*self, *(field for rows in self.row_sets.values() for form in rows.forms for field in form)]
        for field in fields:
            found += [{"text": f"{field.label}: {text}", "id": field.auto_id} for text in field.errors]
        return found

    def tell(self, problems: Iterable[tuple[str, str]]) -> None:
        """Tell sentences beside what they are about: pairs of the name of a part of the question, and the sentence."""
        sets = {"options": "option", "rows": "row", "when": "test"}
        for name, text in problems:
            field = self.fields.get(name) or self.fields.get(f"{name}_it")
            beside: Any = self.row_sets.get(sets.get(name, "")) or field
            if beside is not None:
                beside.told = [*getattr(beside, "told", ()), text]

    def do_rows(self, what: str) -> str:
        """Do what a button of a set of rows asks (`option-up-2`); the prefix of the set, empty when it is none."""
        prefix, _dash, step = what.partition("-")
        rows = self.row_sets.get(prefix)
        return prefix if rows is not None and rows.do(step) else ""

    def clean_key(self) -> str:
        """A key as figures and files can have it."""
        key: str = self.cleaned_data["key"] or self.original.key
        if key != self.original.key and not KEY.fullmatch(key):
            raise ValidationError(_("Write small letters, digits and single “_”, beginning with a letter."))
        return key

    def is_valid(self) -> bool:
        """Whether the form and all its rows can be kept."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.row_sets.values())])

    def named(self) -> str:
        """The key as written."""
        return str(self.cleaned_data["key"])

    def part(self) -> Part:
        """The part as written; only for a form that is right."""
        raise NotImplementedError


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

    @staticmethod
    def kept(part: Page) -> dict[str, Any]:
        """The page as initial values."""
        return {**said("title", part.title), **said("intro", part.intro)}

    def part(self) -> Page:
        """The page as written, without what stands on it."""
        found = self.cleaned_data
        return Page(
            self.named(),
            words_of(found, "title"),
            (),
            words_of(found, "intro"),
            condition_of(self.tests, found.get("when_any") == "any"),
        )


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

    @staticmethod
    def kept(part: Group) -> dict[str, Any]:
        """The group as initial values."""
        return {**said("label", part.label), **said("each", part.each), "repeat": part.repeat or None}

    def part(self) -> Group:
        """The group as written, without the questions in it."""
        found = self.cleaned_data
        return Group(
            self.named(),
            words_of(found, "label"),
            (),
            condition_of(self.tests, found.get("when_any") == "any"),
            found.get("repeat") or 0,
            words_of(found, "each"),
        )
