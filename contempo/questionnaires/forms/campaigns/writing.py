"""What is typed of a campaign: what it asks and why, when it runs, whom it asks."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.clock import ROME
from contempo.questionnaires.actions.campaigns.making import CampaignRun, CampaignWritten
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.rules.keeping import usual_last_day
from contempo.questionnaires.rules.populations import UPLOADED, Chosen, FilterField
from contempo.questionnaires.rules.states import MODE_LABELS, UNIT_KIND_LABELS, CampaignState
from contempo.web.forms import DateInput

Choices = Sequence[tuple[Any, Any]]


class CampaignForm(forms.Form):
    """What a campaign asks and says. `versions` are the published ones to choose from, in groups; `waves` the earlier
    campaigns it may follow; `whose` for whom it may be made, asked only when there is a choice.
    """

    organisation = forms.ChoiceField(
        label=_("Run by"),
        widget=forms.RadioSelect,
        help_text=_("A campaign of an organisation asks its own people: their addresses never reach the network."),
        error_messages={"required": _("Choose who runs the campaign.")},
    )
    version_id = forms.TypedChoiceField(
        label=_("Questionnaire"),
        coerce=int,
        error_messages={
            "required": _("Choose a published questionnaire."),
            "invalid_choice": _("Choose a published questionnaire."),
        },
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("Who gets the letter reads it first: say what it is about."),
        error_messages={"required": _("Write a title.")},
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    intro = forms.CharField(
        label=_("Why we ask"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Two sentences: what the answers are for, and what changes with them."),
    )
    intro_en = forms.CharField(
        label=_("Why we ask, in English"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    mode = forms.ChoiceField(
        label=_("What is known of who answers"),
        choices=choices(MODE_LABELS),
        widget=forms.RadioSelect,
        help_text=_(
            "It is written on the first page of the questionnaire, and does not change once the campaign opens."
        ),
        error_messages={"required": _("Choose what is known of who answers.")},
    )
    wave_of_id = forms.TypedChoiceField(
        label=_("Asks again what this campaign asked"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Results are then compared with it."),
    )

    def __init__(self, *args: Any, versions: Choices, waves: Choices, whose: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["version_id"]).choices = [("", _("Choose")), *versions]
        cast(forms.ChoiceField, self.fields["wave_of_id"]).choices = [("", _("None")), *waves]
        if len(whose) > 1:
            cast(forms.ChoiceField, self.fields["organisation"]).choices = whose
        else:
            del self.fields["organisation"]
        if not waves:
            del self.fields["wave_of_id"]
        self._only = whose[0][0] if len(whose) == 1 else ""

    def written(self) -> CampaignWritten:
        """What was typed, for the action."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "organisation"}
        return CampaignWritten(**said)

    @property
    def organisation_id(self) -> int | None:
        """The organisation that runs it, None for the network."""
        said = str(self.cleaned_data.get("organisation", self._only))
        return int(said) if said.isdecimal() else None


def campaign_typed(campaign: Campaign) -> dict[str, Any]:
    """What a campaign says now, for its form."""
    names = ("version_id", "title", "title_en", "intro", "intro_en", "mode", "wave_of_id")
    return {name: getattr(campaign, name) for name in names}


def _days(text: str) -> tuple[int, ...]:
    found = []
    for piece in text.replace(";", ",").replace(" ", ",").split(","):
        if piece and not (piece.isdecimal() and len(piece) < 4):
            raise ValidationError(_("Write numbers of days with commas between: “7, 14”, for instance."))
        if piece:
            found.append(int(piece))
    return tuple(found)


class RunForm(forms.Form):
    """When a campaign runs, how it reminds, and what becomes of it. One that has opened keeps the instant
    `opened_at`."""

    opens_on = forms.DateField(label=_("Opens on"), widget=DateInput, error_messages={"required": _("Write a day.")})
    opens_time = forms.TimeField(
        label=_("at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Write a time."), "invalid": _("Write a time like 09:00.")},
    )
    closes_at = forms.DateField(label=_("Closes on"), widget=DateInput, error_messages={"required": _("Write a day.")})
    closes_time = forms.TimeField(
        label=_("at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Write a time."), "invalid": _("Write a time like 18:00.")},
    )
    reminders = forms.CharField(
        label=_("Reminders, in days after the invitation"),
        required=False,
        help_text=_(
            "With commas between: “7, 14”. Never to who has answered, refused, is not concerned or was replaced. "
            "Empty for none."
        ),
    )
    editable = forms.BooleanField(
        label=_("Who answered may change the answers until the campaign closes"), required=False
    )
    public_link = forms.BooleanField(
        label=_("Public link: whoever has it may answer"),
        required=False,
        help_text=_("Besides invitations, or instead of them. Answers by it count apart in the rates."),
    )
    public_most = forms.IntegerField(
        label=_("Most answers by the public link"),
        required=False,
        min_value=1,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Empty for no limit."),
        error_messages={
            "invalid": _("Write a number above zero, or leave it empty for no limit."),
            "min_value": _("Write a number above zero, or leave it empty for no limit."),
        },
    )
    results_public = forms.BooleanField(
        label=_("Results for everybody once the campaign is closed"),
        required=False,
        help_text=_("Figures only, never single answers; small numbers are hidden."),
    )
    keep_until = forms.DateField(
        label=_("Personal data kept until"),
        widget=DateInput,
        required=False,
        help_text=_(
            "After that day names and addresses are erased; figures stay. Whoever answers reads the day on the first "
            "page. Empty: nothing is erased by itself."
        ),
    )

    def __init__(self, *args: Any, opened_at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_at = opened_at
        if opened_at is not None:
            for name in ("opens_on", "opens_time"):
                self.fields[name].disabled = True

    def clean_reminders(self) -> tuple[int, ...]:
        """The days as numbers."""
        return _days(self.cleaned_data["reminders"])

    def run(self) -> CampaignRun:
        """What was typed, for the action."""
        said = self.cleaned_data
        return CampaignRun(
            opens_at=self.opened_at or _instant(said["opens_on"], said["opens_time"]),
            closes_at=_instant(said["closes_at"], said["closes_time"]),
            reminders=said["reminders"],
            editable=said["editable"],
            public_link=said["public_link"],
            public_most=said["public_most"],
            results_public=said["results_public"],
            keep_until=said["keep_until"],
        )


def run_typed(campaign: Campaign) -> dict[str, Any]:
    """How a campaign runs now, for its form. While it is in preparation the last day of keeping is proposed."""
    opens, closes = campaign.opens_at.astimezone(ROME), campaign.closes_at.astimezone(ROME)
    kept = campaign.keep_until
    return {
        "opens_on": opens.date(),
        "opens_time": opens.time().replace(second=0, microsecond=0),
        "closes_at": closes.date(),
        "closes_time": closes.time().replace(second=0, microsecond=0),
        "reminders": ", ".join(map(str, campaign.reminders)),
        "editable": campaign.editable,
        "public_link": campaign.public_link,
        "public_most": campaign.public_most,
        "results_public": campaign.results_public,
        "keep_until": kept or (usual_last_day(closes.date()) if campaign.state == CampaignState.DRAFT else None),
    }


class ReopenForm(forms.Form):
    """Until when a closed campaign takes answers again."""

    closes_at = forms.DateField(
        label=_("Takes answers again until"), widget=DateInput, error_messages={"required": _("Write a day.")}
    )

    def closing(self) -> datetime:
        """Six in the evening of the day."""
        return _instant(self.cleaned_data["closes_at"], time(18))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ROME)


class PopulationForm(forms.Form):
    """Whom a campaign asks: what its source may be narrowed by."""

    unit_kind = forms.ChoiceField(
        label=_("What the list counts"),
        choices=choices(UNIT_KIND_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the list counts.")},
    )

    def __init__(self, *args: Any, source: str, narrowing: Sequence[FilterField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source != UPLOADED:
            del self.fields["unit_kind"]
        self.narrowing = tuple(one.key for one in narrowing)
        for one in narrowing:
            options = [(value, words) for value, words in one.choices]
            kind, widget = forms.MultipleChoiceField, forms.CheckboxSelectMultiple
            self.fields[one.key] = kind(
                label=one.label, choices=options, required=False, widget=widget, help_text=one.help
            )

    def chosen(self) -> Chosen:
        """What was ticked, by field."""
        return {key: tuple(self.cleaned_data[key]) for key in self.narrowing}
