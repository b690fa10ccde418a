"""What partners, controllers and coordinators write about claims."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Protocol, cast

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.files import MAX_BYTES
from contempo.programmes.forms.amounts import AmountField
from contempo.programmes.forms.editions import EditionForm
from contempo.programmes.rules.claims import DOCUMENT_KIND_LABELS
from contempo.programmes.rules.control import MOST_REASON
from contempo.programmes.rules.expenses import LENGTHS, Details
from contempo.web.forms import DateInput, Documents, DocumentsField


class Place(Protocol):
    """An allocation an expense may be charged to."""

    @property
    def id(self) -> int: ...
    @property
    def line(self) -> str: ...
    @property
    def label(self) -> str: ...


class ClaimForm(EditionForm):
    """A claim as it is begun or changed; where it belongs is asked only when it begins and there is a choice."""

    where = forms.ChoiceField(
        label=_("For which alliance"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the expenses are for.")},
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        help_text=_("What you and who controls will call it: “First half of 2026”, for instance."),
        error_messages={"required": _("Give the claim a title: “First half of 2026”, for instance.")},
    )
    note = forms.CharField(
        label=_("Note for who controls"), widget=forms.Textarea({"rows": 3}), max_length=MOST_REASON, required=False
    )

    def __init__(self, *args: Any, where: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(where) > 1:
            cast(forms.ChoiceField, self.fields["where"]).choices = list(where)
        else:
            del self.fields["where"]
        self.only = where[0][0] if len(where) == 1 else ""

    @property
    def place(self) -> tuple[int, int | None]:
        """The organisation and the alliance chosen; None for the plan itself."""
        organisation, alliance = self.cleaned_data.get("where", self.only).split("-")
        return int(organisation), int(alliance) or None


class ExpenseForm(EditionForm):
    """One document of expense."""

    allocation = forms.ChoiceField(
        label=_("Line and source"),
        help_text=_("What the money is for, and where it comes from. Beside each source is what is left of it."),
        error_messages={"required": _("Choose a line and a source that this claim may use.")},
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=choices(DOCUMENT_KIND_LABELS))
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=LENGTHS["number"],
        help_text=_("As it is printed. If there is none, write “s.n.”."),
        error_messages={"required": _("Write the number of the document, or “s.n.” when it has none.")},
    )
    dated_on = forms.DateField(
        label=_("Date of the document"), widget=DateInput, error_messages={"required": _("Write the day.")}
    )
    supplier = forms.CharField(
        label=_("Who issued it"),
        max_length=LENGTHS["supplier"],
        error_messages={"required": _("Write who issued the document.")},
    )
    supplier_code = forms.CharField(
        label=_("VAT number or tax code of who issued it"),
        max_length=30,
        required=False,
        help_text=_("Needed for invoices. A foreign VAT number begins with the two letters of its country."),
    )
    description = forms.CharField(
        label=_("What it is for"),
        max_length=LENGTHS["description"],
        error_messages={"required": _("Say what it is for.")},
    )
    net = AmountField(
        label=_("Net amount, in euro"),
        help_text=_("Like 1.234,56"),
        error_messages={"required": _("Write the amount.")},
    )
    vat = AmountField(label=_("VAT, in euro"), required=False, help_text=_("Leave it empty when there is none."))
    vat_recovered = forms.BooleanField(
        label=_("My organisation gets the VAT back"), required=False, help_text=_("Then only the net is eligible.")
    )
    claimed = AmountField(
        label=_("Amount claimed, in euro"),
        help_text=_("The part of this document you charge to the plan."),
        error_messages={"required": _("Write the amount.")},
    )
    paid_on = forms.DateField(
        label=_("Paid on"),
        widget=DateInput,
        help_text=_("For what is given in kind: the day it was given."),
        error_messages={"required": _("Write the day.")},
    )
    payment = forms.CharField(
        label=_("How it was paid"),
        max_length=LENGTHS["payment"],
        required=False,
        help_text=_("The reference of the transfer, for instance. Nothing for what is given in kind."),
    )
    documents = DocumentsField(
        label=_("The document"),
        required=False,
        widget=Documents(max_bytes=MAX_BYTES),
        help_text=_("One file or more: PDF, signed PDF (P7M) or pictures, 10 MB each. They can be added later."),
    )
    proofs = DocumentsField(
        label=_("The proof of payment"),
        required=False,
        widget=Documents(max_bytes=MAX_BYTES),
        help_text=_("The receipt of the transfer or the statement of the account. It can be added later."),
    )

    def __init__(self, *args: Any, places: Sequence[Place] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped = [
            (line, [(str(place.id), place.label) for place in group])
            for line, group in groupby(places, key=lambda place: place.line)
        ]
        several = len(places) > 1
        offered: list[Any] = [("", _("Choose")), *grouped] if several else grouped
        cast(forms.ChoiceField, self.fields["allocation"]).choices = offered

    def details(self) -> Details:
        """What was typed, for the actions."""
        typed = self.cleaned_data
        return Details(
            allocation_id=int(typed["allocation"]),
            kind=typed["kind"],
            number=typed["number"],
            dated_on=typed["dated_on"],
            supplier=typed["supplier"],
            supplier_code=typed["supplier_code"],
            description=typed["description"],
            net_cents=typed["net"],
            vat_cents=typed["vat"] or 0,
            vat_recovered=typed["vat_recovered"],
            claimed_cents=typed["claimed"],
            paid_on=typed["paid_on"],
            payment=typed["payment"],
        )

    def papers(self) -> "dict[str, Sequence[File[bytes]]]":
        """The files handed in, by name of their field."""
        return {"documents": self.cleaned_data["documents"], "proofs": self.cleaned_data["proofs"]}


class JudgementForm(forms.Form):
    """How much of an expense is accepted, and why not all of it."""

    accepted = AmountField(label=_("Amount accepted, in euro"), error_messages={"required": _("Write the amount.")})
    reason = forms.CharField(
        label=_("Why not all of it"),
        widget=forms.Textarea({"rows": 2}),
        max_length=MOST_REASON,
        required=False,
        help_text=_("Only when you accept less. The partner reads it as you write it."),
    )


class BackForm(forms.Form):
    """What is asked of the partner when a claim is given back."""

    reason = forms.CharField(
        label=_("What is to be changed"),
        widget=forms.Textarea({"rows": 6}),
        max_length=MOST_REASON,
        help_text=_("Say which expense and how: the partner reads it as you write it."),
        error_messages={"required": _("Say what is to be changed: the partner reads it.")},
    )


class PaymentForm(forms.Form):
    """The day and the reference of a payment."""

    paid_on = forms.DateField(
        label=_("Day of payment"), widget=DateInput, error_messages={"required": _("Write the day.")}
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=200,
        help_text=_("The number of the mandate or of the transfer."),
        error_messages={"required": _("Write the reference of the payment: the number of the mandate, for instance.")},
    )

    def __init__(self, *args: Any, owed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not owed:
            # Nothing goes out: there is neither a day nor a reference to write.
            self.fields.clear()


class AdvanceForm(PaymentForm):
    """An advance: to whom, how much, and as any payment."""

    partner = forms.ChoiceField(label=_("Partner"), error_messages={"required": _("Choose the partner.")})
    amount = AmountField(
        label=_("Amount, in euro"), help_text=_("Like 1.234,56"), error_messages={"required": _("Write the amount.")}
    )
    field_order = ("partner", "amount", "paid_on", "reference")

    def __init__(
        self, *args: Any, partners: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["partner"]).choices = [("", _("Choose")), *partners]

    @property
    def place(self) -> tuple[int, int | None]:
        """The organisation and the alliance chosen; None for the plan itself."""
        organisation, alliance = self.cleaned_data["partner"].split("-")
        return int(organisation), int(alliance) or None
