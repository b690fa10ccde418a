"""The form that takes the file of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.programmes.rules.plan.nodes import MOST_BYTES
from contempo.web.forms import Upload


class PlanFileForm(forms.Form):
    """A plan in YAML or XLSX."""

    file = forms.FileField(
        label=_("File of the plan"),
        help_text=_("A plan in YAML, or the workbook (XLSX) downloaded from a plan. At most 5 MB."),
        widget=Upload({"accept": ".yaml,.yml,.xlsx"}, max_bytes=MOST_BYTES),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
