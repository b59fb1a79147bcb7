"""What the desk fills in to decide a dispute."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from escrow.disputes.models import Dispute
from kernel.money import LossyAmount, exponent, money
from kernel.templatetags.ui import money_text

# Silence is the clock's ground, never an officer's.
GROUNDS = [
    choice for choice in Dispute.Ground.choices if choice[0] != Dispute.Ground.SILENCE
]


class DecisionForm(forms.Form):
    """The ground and the note that every decision has."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=[("", gettext_lazy("Choose")), *GROUNDS],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Both sides read this."),
        max_length=2_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )


class SplitForm(DecisionForm):
    """A decision that gives each side a part."""

    refund = forms.DecimalField(label=gettext_lazy("Back to the buyer"), max_digits=15)
    field_order = ("refund", "ground", "note")

    def __init__(self, dispute: Dispute, data: Any = None) -> None:
        super().__init__(data)
        self.left: Money = dispute.hold.left
        currency = str(self.left.currency)
        field = self.fields["refund"]
        field.widget = UnfoldAdminDecimalFieldWidget(
            attrs={"step": str(Decimal(1).scaleb(-exponent(currency))), "min": "0"}
        )
        field.help_text = _("In %(currency)s, less than %(left)s.") % {
            "currency": currency,
            "left": money_text(self.left),
        }

    def clean_refund(self) -> Money:
        """Between nothing and everything: those two are acts of their own."""
        try:
            refund = money(self.cleaned_data["refund"], str(self.left.currency))
        except LossyAmount as lossy:
            raise forms.ValidationError(
                _("That is finer than the currency's smallest unit.")
            ) from lossy
        if not 0 < refund.amount < self.left.amount:
            raise forms.ValidationError(
                _("A split gives each side a part: more than 0, less than %(left)s.")
                % {"left": money_text(self.left)}
            )
        return refund
