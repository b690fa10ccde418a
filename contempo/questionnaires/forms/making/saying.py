"""What is told beside a field while one writes: what is wrong with what was typed, else what is still to be mended.

Both stand in one element, `<id>_said`, that is always there and always described by: a script that brings it up to date
while one types need not touch the field.
"""

from functools import cached_property

from django import forms


class SaidField(forms.BoundField):
    """A field with sentences beside it."""

    form: "SayingForm"

    @property
    def said(self) -> list[str]:
        """What is told beside it; nothing where what was typed is wrong: then that is told."""
        told: list[str] = [] if self.errors else self.form.said.get(self.name, [])
        return told

    @property
    def aria_describedby(self) -> str:
        """Its help, and what is told beside it."""
        if not self.auto_id or self.is_hidden:
            return ""
        return f"{self.auto_id}_helptext {self.auto_id}_said" if self.help_text else f"{self.auto_id}_said"


class SayingForm(forms.Form):
    """A form that tells sentences beside its fields."""

    bound_field_class = SaidField
    use_required_attribute = False

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """Sentences by name of field."""
        return {}

    def say(self, name: str, text: str) -> None:
        """Tell a sentence beside a field."""
        self.said.setdefault(name, []).append(text)
