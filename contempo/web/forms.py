"""How forms look and how refusals reach them."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict

from contempo.core.verdict import NotPermitted, Refusal
from contempo.web.sentences import sentence


class Renderer(TemplatesSetting):
    """`{{ form }}` is the summary of errors with links, then every field with label, hint, error and control."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"


class DateInput(forms.DateInput):
    """The browser's own date control."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Upload(forms.FileInput):
    """A file control that keeps showing what was uploaded before (`initial` with a `name`, and a `url` if served)."""

    template_name = "web/forms/upload.html"

    def __init__(self, attrs: dict[str, object] | None = None, *, max_bytes: int | None = None) -> None:
        super().__init__(attrs)
        self.max_bytes = max_bytes

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kept": value if getattr(value, "name", "") else None, "max_bytes": self.max_bytes}
        return context

    def format_value(self, value: object) -> None:
        """A file control never carries a value: the browser forbids it."""
        return

    def use_required_attribute(self, initial: object) -> bool:
        return super().use_required_attribute(initial) and not initial


class Documents(Upload):
    """A control for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class DocumentsField(forms.Field):
    """Files to be handed in; what they are is judged by the action that takes them."""

    widget = Documents


def add_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """Show `refusal` in `form`: beside its field when the form has it, else in the summary alone."""
    form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))


def done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Whether `form` is right and what it asks for was done; what is refused is shown in it.

    What somebody may not do at all is no matter of the form: `NotPermitted` goes on, to be the 403 page.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True
