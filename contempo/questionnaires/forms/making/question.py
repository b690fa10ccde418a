"""The form of one question: what it asks, how it may be answered, when it is shown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.words import N_
from contempo.questionnaires.forms.making.conditions import LenientChoice
from contempo.questionnaires.forms.making.options import option_rows, options_of, table_rows, table_rows_of
from contempo.questionnaires.forms.making.part import PartForm, said, words_of
from contempo.questionnaires.forms.making.rows import Rows
from contempo.questionnaires.queries.making.builder import Standing
from contempo.questionnaires.rules.checks.kinds import MEASURES
from contempo.questionnaires.rules.document import CHOOSING, KIND_LABELS, Kind, Question
from contempo.questionnaires.rules.measures import MEASURE_LABELS

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
    "measure": frozenset().union(*MEASURES.values()),
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
    publication.
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

    def __init__(self, question: Question, standing: Standing, data: Mapping[str, Any] | None) -> None:
        wanted = (data or {}).get("kind", "")
        self.question_kind = Kind(wanted) if wanted in list(Kind) else question.kind
        kept = _kept(question)
        if self.question_kind != question.kind:
            kept |= {"least": None, "most": None}
        super().__init__(standing, kept, data)
        for name, kinds in _KINDS.items():
            if self.question_kind not in kinds:
                del self.fields[name]
        if self.question_kind == Kind.NOTE:
            self.fields["label_it"].label, self.fields["label_en"].label = _("Text in Italian"), _("Text in English")
        for name, label in zip(("least", "most"), _BOUND_LABELS.get(self.question_kind, ("", "")), strict=True):
            if name in self.fields:
                self.fields[name].label = _(label)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of question"), choices=[(kind.value, _(KIND_LABELS[kind])) for kind in Kind], required=False
        )
        self.fields["kind"].widget.attrs["data-refresh"] = "yes"
        if "measure" in self.fields:
            measures = [(key, _(MEASURE_LABELS[key])) for key, of in MEASURES.items() if self.question_kind in of]
            self.fields["measure"] = LenientChoice(
                label=_("What the network reads in it"),
                required=False,
                choices=[("", _("Nothing")), *measures],
                help_text=_("The network finds the question by this mark, whatever it is called."),
            )
        self.options = option_rows(question, self.question_kind, data) if self.question_kind in CHOOSING else None
        self.rows = table_rows(question, data) if self.question_kind == Kind.MATRIX else None

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

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed for another kind: carried along unseen, so that it is there again when the kind is."""
        gone = {name for name in _KINDS if name not in self.fields}
        sets = {prefix for prefix in ("option", "row") if prefix not in self.row_sets}
        return [(name, self.data[name]) for name in self.data if name in gone or name.partition("-")[0] in sets]

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

    def part(self, key: str) -> Question:
        """The question as written."""
        found = self.found
        return Question(
            key=key,
            kind=self.question_kind,
            label=words_of(found, "label"),
            help=words_of(found, "help"),
            required=found.get("required", False),
            when=self.when(),
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


def _kept(question: Question) -> dict[str, Any]:
    """A question as initial values."""
    found: dict[str, Any] = {
        name: getattr(question, name)
        for name in ("required", "least", "most", "unit", "long", "measure", "personal", "pattern", "decimals")
    }
    # A whole bound is written as people write it: 8, not 8,0.
    found |= {name: int(found[name]) for name in ("least", "most") if found[name] is not None and found[name] % 1 == 0}
    found["kind"] = question.kind.value
    for name in ("label", "help", "low", "high"):
        found |= said(name, getattr(question, name))
    return found
