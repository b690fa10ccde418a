"""The form of one question: what it asks, how it may be answered, when it is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.words import N_
from contempo.questionnaires.forms.making.conditions import condition_of
from contempo.questionnaires.forms.making.options import option_rows, options_of, table_rows, table_rows_of
from contempo.questionnaires.forms.making.part import PartForm, said, words_of
from contempo.questionnaires.forms.making.rows import Rows, pasted
from contempo.questionnaires.queries.making.earlier import Earlier
from contempo.questionnaires.rules.document import CHOOSING, KIND_LABELS, Kind, Question

MEASURE_LABELS = {"satisfaction": N_("Satisfaction"), "productivity": N_("Productivity")}

_KINDS: dict[str, frozenset[Kind]] = {
    "least": frozenset({Kind.SCALE, Kind.NUMBER, Kind.TEXT, Kind.MULTIPLE, Kind.RANKING}),
    "most": frozenset({Kind.SCALE, Kind.NUMBER, Kind.TEXT, Kind.MULTIPLE, Kind.RANKING, Kind.FILE}),
    "unit": frozenset({Kind.NUMBER}),
    "decimals": frozenset({Kind.NUMBER}),
    "pattern": frozenset({Kind.TEXT}),
    "long": frozenset({Kind.TEXT}),
    "low_it": frozenset({Kind.SCALE}),
    "low_en": frozenset({Kind.SCALE}),
    "high_it": frozenset({Kind.SCALE}),
    "high_en": frozenset({Kind.SCALE}),
    "measure": frozenset({Kind.SCALE, Kind.LIKERT}),
    "required": frozenset(Kind) - {Kind.NOTE},
    "personal": frozenset(Kind) - {Kind.NOTE},
}
"""Which kinds of question have a field; the others are in all of them."""

_BOUND_LABELS: dict[Kind, tuple[str, str]] = {
    Kind.SCALE: (N_("Scale from"), N_("Scale to")),
    Kind.NUMBER: (N_("Smallest number"), N_("Largest number")),
    Kind.TEXT: (N_("Fewest characters"), N_("Most characters")),
    Kind.MULTIPLE: (N_("Fewest answers"), N_("Most answers")),
    Kind.RANKING: (N_("Fewest to put in order"), N_("Most to put in order")),
    Kind.FILE: ("", N_("Most files")),
}


class QuestionForm(PartForm):
    """A question of the draft. Incomplete is no error: what is missing is a problem told beside it, and stops only the
    publication. `locked` is true for one that was published: its key tells its answers.
    """

    seldom = ("kind", "measure", "personal", "pattern", "key")

    label_it = forms.CharField(
        label=gettext_lazy("Question in Italian"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    label_en = forms.CharField(
        label=gettext_lazy("Question in English"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_it = forms.CharField(
        label=gettext_lazy("Help in Italian"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_en = forms.CharField(
        label=gettext_lazy("Help in English"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    required = forms.BooleanField(label=gettext_lazy("One cannot go on without an answer"), required=False)
    least = forms.FloatField(required=False, localize=True)
    most = forms.FloatField(required=False, localize=True)
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=40)
    decimals = forms.IntegerField(label=gettext_lazy("Decimals"), required=False, min_value=0, max_value=6)
    long = forms.BooleanField(label=gettext_lazy("Room for a long text"), required=False)
    low_it = forms.CharField(label=gettext_lazy("Words at the low end, in Italian"), required=False, max_length=120)
    low_en = forms.CharField(label=gettext_lazy("Words at the low end, in English"), required=False, max_length=120)
    high_it = forms.CharField(label=gettext_lazy("Words at the high end, in Italian"), required=False, max_length=120)
    high_en = forms.CharField(label=gettext_lazy("Words at the high end, in English"), required=False, max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of question"), required=False)
    measure = forms.ChoiceField(required=False)
    personal = forms.BooleanField(
        label=gettext_lazy("The answer may tell who gives it"),
        required=False,
        help_text=gettext_lazy("Then it is never shown or exported where answers are without name."),
    )
    pattern = forms.CharField(
        label=gettext_lazy("Pattern the text must follow"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A regular expression, for who knows them."),
    )

    def __init__(
        self,
        question: Question,
        data: Mapping[str, Any] | None = None,
        *,
        earlier: Sequence[Earlier] = (),
        locked: bool = False,
    ) -> None:
        wanted = (data or {}).get("kind", "")
        self.question_kind = Kind(wanted) if wanted in list(Kind) else question.kind
        super().__init__(question, data, earlier=earlier, locked=locked)
        self.question = question
        for name, kinds in _KINDS.items():
            if self.question_kind not in kinds:
                del self.fields[name]
        for name, label in zip(("least", "most"), _BOUND_LABELS.get(self.question_kind, ("", "")), strict=True):
            if name in self.fields:
                self.fields[name].label = _(label)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of question"), choices=[(kind.value, _(KIND_LABELS[kind])) for kind in Kind], required=False
        )
        self.fields["kind"].widget.attrs["data-refresh"] = "yes"
        if "measure" in self.fields:
            measures = [(key, _(label)) for key, label in MEASURE_LABELS.items()]
            self.fields["measure"] = forms.ChoiceField(
                label=_("Measure of the network it gives"),
                required=False,
                choices=[("", _("None")), *measures],
                help_text=_("Figures of the network read the question marked here."),
            )
        self.options = option_rows(question, self.question_kind, data) if self.question_kind in CHOOSING else None
        self.rows = table_rows(question, data) if self.question_kind == Kind.MATRIX else None

    @staticmethod
    def kept(part: Question) -> dict[str, Any]:
        """The question as initial values."""
        found: dict[str, Any] = {
            name: getattr(part, name)
            for name in ("required", "least", "most", "unit", "long", "measure", "personal", "pattern", "decimals")
        }
        # A whole bound is written as people write it: 8, not 8,0.
        found |= {
            name: int(found[name]) for name in ("least", "most") if found[name] is not None and found[name] % 1 == 0
        }
        found["kind"] = part.kind.value
        for name in ("label", "help", "low", "high"):
            found |= said(name, getattr(part, name))
        return found

    @property
    def row_sets(self) -> dict[str, Rows[Any]]:
        """The sets of rows the form has, by prefix."""
        found: dict[str, Rows[Any] | None] = {"option": self.options, "row": self.rows, "test": self.tests}
        return {name: rows for name, rows in found.items() if rows is not None}

    @property
    def required_field(self) -> forms.BoundField | None:
        """Whether an answer is required, for what can be answered."""
        return self["required"] if "required" in self.fields else None

    @property
    def bounds(self) -> list[forms.BoundField]:
        """Limits, unit and words at the ends."""
        names = ("least", "most", "unit", "decimals", "long", "low_it", "low_en", "high_it", "high_en")
        return [self[name] for name in names if name in self.fields]

    def paste(self, prefix: str, text: str) -> None:
        """Add a line of `text` each as options or rows; those whose Italian words are there already are left out."""
        rows = self.row_sets.get(prefix)
        if rows is not None and prefix != "test":
            there = {row.get("it", "").strip() for row in rows.values}
            rows.add({"it": it, "en": en} for it, en in pasted(text) if it not in there)

    def clean_least(self) -> float | None:
        """A bound is a number."""
        return self._bound("least")

    def clean_most(self) -> float | None:
        """A bound is a number."""
        return self._bound("most")

    def _bound(self, name: str) -> float | None:
        value: float | None = self.cleaned_data.get(name)
        if value is not None and abs(value) > 1e12:
            raise ValidationError(_("This number is too large."))
        return value

    def part(self) -> Question:
        """The question as written; only for a form that is right."""
        found = self.cleaned_data
        return Question(
            key=self.named(),
            kind=self.question_kind,
            label=words_of(found, "label"),
            help=words_of(found, "help"),
            required=found.get("required", False),
            when=condition_of(self.tests, found.get("when_any") == "any"),
            options=options_of(self.options) if self.options else (),
            rows=table_rows_of(self.rows) if self.rows else (),
            least=found.get("least"),
            most=found.get("most"),
            unit=found.get("unit", "").strip(),
            decimals=found.get("decimals") or 0,
            pattern=found.get("pattern", ""),
            long=found.get("long", False),
            low=words_of(found, "low"),
            high=words_of(found, "high"),
            measure=found.get("measure", ""),
            personal=found.get("personal", False),
        )
