"""What the desk fills in for its acts on payments."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from kernel import clock
from kernel.money import LossyAmount, money
from payments.commands.receipts import Entry
from payments.gateways import registry
from payments.models import Attempt, Receipt


def _today() -> date:
    """The day at the shop."""
    return timezone.localtime(clock.now()).date()


class GiveUpForm(forms.Form):
    """Why the desk does not wait for the gateway any longer."""

    note = forms.CharField(
        label=_("Note"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandPaymentForm(forms.Form):
    """How the money went back, and what proves it."""

    reference = forms.CharField(
        label=_("Number of the payment"),
        help_text=_("As our account at the gateway shows it."),
        max_length=64,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("To whom it was paid, and how."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReceiptForm(forms.Form):
    """One entry of the bank's statement, as it stands there."""

    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=15,
        min_value=0,
        widget=UnfoldAdminDecimalFieldWidget(attrs={"step": "any"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), widget=UnfoldAdminSelectWidget)
    received_on = forms.DateField(
        label=_("Received on"), widget=UnfoldAdminDateWidget(attrs={"type": "date"})
    )
    bank_number = forms.CharField(
        label=_("The bank's number of the entry"),
        max_length=64,
        widget=UnfoldAdminTextInputWidget,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Receipt.Reason,
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Who sent it, and what else the statement says."),
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, attempt: Attempt, data: Any = None) -> None:
        super().__init__(
            data,
            initial={
                "currency": str(attempt.amount.currency),
                "received_on": _today(),
            },
        )
        field = self.fields["currency"]
        assert isinstance(field, forms.ChoiceField)
        kinds = registry.KINDS[attempt.gateway].currencies()
        field.choices = [(code, code) for code in sorted(kinds)]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.errors:
            return answers
        if answers["received_on"] > _today():
            self.add_error("received_on", _("That day is still to come."))
            return answers
        try:
            amount = money(answers["amount"], answers["currency"])
        except LossyAmount:
            self.add_error(
                "amount", _("That is finer than the currency's smallest unit.")
            )
            return answers
        answers["entry"] = Entry(
            amount,
            answers["received_on"],
            answers["bank_number"].strip(),
            answers["reason"],
            answers["note"].strip(),
        )
        return answers
