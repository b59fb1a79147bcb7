"""What a shop or the desk fills in to make a coupon."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel.money import LossyAmount, money
from marketplace.coupons.commands import Offer
from marketplace.coupons.models import MOST_PERCENT


class CouponForm(forms.Form):
    """So much or so many per cent off, from a minimum, for some days."""

    amount = forms.DecimalField(
        label=_("Amount off"), required=False, min_value=0, max_digits=15
    )
    percent = forms.IntegerField(
        label=_("Or per cent off"),
        required=False,
        min_value=1,
        max_value=MOST_PERCENT,
    )
    minimum = forms.DecimalField(
        label=_("Minimum spent on the goods"),
        help_text=_("More than the amount off. 0 with per cent means any."),
        min_value=0,
        max_digits=15,
        initial=0,
    )
    days = forms.IntegerField(
        label=_("Days from now"), min_value=1, max_value=365, initial=30
    )
    total_limit = forms.IntegerField(
        label=_("How many in all"),
        help_text=_("Empty for no limit. Each buyer has one."),
        required=False,
        min_value=1,
        max_value=1_000_000,
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Empty for one that we choose."),
        required=False,
        max_length=20,
    )
    is_public = forms.BooleanField(
        label=_("Shown at the checkout to everybody"), required=False, initial=True
    )

    def __init__(self, currency: str, data: Any = None) -> None:
        super().__init__(data)
        self.currency = currency
        self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": currency}

    def clean_amount(self) -> Money | None:
        given = self.cleaned_data["amount"]
        return self._exact(given) if given else None

    def clean_minimum(self) -> Money:
        return self._exact(self.cleaned_data["minimum"])

    def _exact(self, given: Any) -> Money:
        try:
            return money(given, self.currency)
        except LossyAmount as lossy:
            raise forms.ValidationError(
                _("That is finer than the currency's smallest unit.")
            ) from lossy

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned["amount"]) == bool(cleaned["percent"]):
            raise forms.ValidationError(_("Give an amount or a per cent, one of them."))
        return cleaned


def offer_of(answers: Mapping[str, Any], *, at: datetime) -> Offer:
    """A valid form's answers as an offer that begins ``at``."""
    return Offer(
        minimum=answers["minimum"],
        starts_at=at,
        ends_at=at + timedelta(days=answers["days"]),
        amount=answers["amount"],
        percent=answers["percent"] or 0,
        code=answers["code"],
        is_public=answers["is_public"],
        total_limit=answers["total_limit"],
    )
