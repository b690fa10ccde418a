"""Possible answers, and rows of a table, as rows of a form."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.text import slugify
from contempo.questionnaires.forms.making.rows import RowForm, Rows
from contempo.questionnaires.rules.document import Kind, Option, Question, Row, Words
from contempo.questionnaires.rules.editing.parts import fresh_key
from contempo.questionnaires.rules.needs import NEED_LABELS

_FIELDS = {
    "other": frozenset({Kind.SINGLE, Kind.MULTIPLE}),
    "exclusive": frozenset({Kind.MULTIPLE}),
    "score": frozenset({Kind.LIKERT, Kind.MATRIX}),
    "tag": frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING}),
}
"""What an option may say besides its words, and in which kinds of question."""


class LabelForm(RowForm):
    """A label in both languages, with the key it is kept under."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    it = forms.CharField(label=gettext_lazy("In Italian"), required=False, max_length=500)
    en = forms.CharField(
        label=gettext_lazy("In English"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, before: Mapping[str, Mapping[str, Any]], **more: Any) -> None:
        super().__init__(data, **more)
        self.kept = before.get((data or {}).get(self.add_prefix("key"), ""), {})

    @property
    def keeps(self) -> bool:
        """A new row without its words is none."""
        return bool(self.kept) or not {"it", "en"} & self.errors.keys()

    @property
    def found(self) -> dict[str, Any]:
        """What was typed, and of what is wrong what was kept before."""
        before = {name: self.kept[name] for name in self.errors if name in self.kept}
        return {**before, **self.cleaned_data}

    def has_changed(self) -> bool:
        """A row of which only the key is left was emptied: it is none."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("it", "en"))


class OptionForm(LabelForm):
    """A possible answer."""

    score = forms.IntegerField(
        label=gettext_lazy("Points"),
        required=False,
        min_value=-1000,
        max_value=1000,
        help_text=gettext_lazy("For the mean. Leave it empty for “I do not know”."),
    )
    other = forms.BooleanField(label=gettext_lazy("Asks for a text beside it (“other”)"), required=False)
    exclusive = forms.BooleanField(label=gettext_lazy("Stands alone (“none of these”)"), required=False)
    tag = forms.ChoiceField(label=gettext_lazy("Type of need it tells"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Kind, **more: Any) -> None:
        super().__init__(data, **more)
        for name, kinds in _FIELDS.items():
            if kind not in kinds:
                del self.fields[name]
        if "tag" in self.fields:
            typed = (data or {}).get(self.add_prefix("tag"), "")
            own = [(typed, typed)] if typed and typed not in NEED_LABELS else []
            needs = [(tag, _(label)) for tag, label in NEED_LABELS.items()]
            self.fields["tag"] = forms.ChoiceField(
                label=_("Type of need it tells"), required=False, choices=[("", _("None")), *needs, *own]
            )

    @property
    def more(self) -> list[Any]:
        """What it says besides its words."""
        return [self[name] for name in _FIELDS if name in self.fields]

    @property
    def more_said(self) -> bool:
        """Whether it says anything besides its words and points, or something there is to be mended."""
        said = any(self.data.get(self.add_prefix(name)) for name in _FIELDS if name != "score")
        return said or any(field.errors or field.said for field in self.more)


def option_rows(question: Question, kind: Kind, data: Mapping[str, Any] | None) -> Rows[OptionForm]:
    """The possible answers to a question as rows of a form."""
    kept = {
        option.key: {
            "key": option.key,
            "it": option.label.it,
            "en": option.label.en,
            "score": option.score,
            "other": option.other,
            "exclusive": option.exclusive,
            "tag": option.tag,
        }
        for option in question.options
    }
    return Rows("option", OptionForm, kept.values(), data, kind=kind, before=kept)


def table_rows(question: Question, data: Mapping[str, Any] | None) -> Rows[LabelForm]:
    """The rows of a table as rows of a form."""
    kept = {row.key: {"key": row.key, "it": row.label.it, "en": row.label.en} for row in question.rows}
    return Rows("row", LabelForm, kept.values(), data, before=kept)


def options_of(rows: Rows[OptionForm]) -> tuple[Option, ...]:
    """The possible answers as written; what is wrong in one stays as it was."""
    return tuple(
        Option(
            key=key,
            label=_words(found),
            other=found.get("other", False),
            exclusive=found.get("exclusive", False),
            score=found.get("score"),
            tag=found.get("tag", ""),
        )
        for key, found in _keyed(rows.right(), "opzione")
    )


def table_rows_of(rows: Rows[LabelForm]) -> tuple[Row, ...]:
    """The rows of a table as written; what is wrong in one stays as it was."""
    return tuple(Row(key, _words(found)) for key, found in _keyed(rows.right(), "riga"))


def _words(found: Mapping[str, Any]) -> Words:
    return Words(str(found.get("it", "")).strip(), str(found.get("en", "")).strip())


def _keyed(rows: Sequence[LabelForm], base: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """What each row says with its key: the one it has, else one made of its words that no other has."""
    every = [row.found for row in rows]
    taken = {found.get("key", "") for found in every}
    used: set[str] = set()
    for found in every:
        key = found.get("key", "")
        if not key or key in used:
            words = slugify(found.get("it") or found.get("en") or "").replace("-", "_")
            key = fresh_key(taken | used, re.sub(r"_+", "_", words[:24]).strip("_") or base)
        used.add(key)
        yield key, found
