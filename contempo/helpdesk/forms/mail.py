"""What a coordinator decides about mail that waits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, Capacity
from contempo.helpdesk.rules.mail.decisions import DECISION_LABELS, MAX_REASON
from contempo.helpdesk.rules.topics import TOPIC_LABELS, Topic


class MailForm(forms.Form):
    """Join a message to a question, make it one, or set it aside; always with the reason."""

    decision = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=choices(DECISION_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to do with this e-mail.")},
    )
    number = forms.IntegerField(
        label=_("Number of the question"), required=False, min_value=1, help_text=_("Only to join it to a question.")
    )
    by_asker = forms.BooleanField(
        label=_("The asker wrote it, from another address"),
        required=False,
        help_text=_("Without it, what others wrote joins as an internal note, which the asker never reads."),
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=choices(TOPIC_LABELS),
        initial=Topic.OTHER.value,
        required=False,
        help_text=_("Only for a new question."),
    )
    capacity = forms.ChoiceField(
        label=_("Who asks"),
        choices=choices(CAPACITY_NAMES),
        initial=Capacity.OTHER.value,
        required=False,
        help_text=_("Only for a new question."),
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 3}), max_length=MAX_REASON)
