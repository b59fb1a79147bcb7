"""The converter of the page of exchange rates."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel.money import LossyAmount, money

MOST = Decimal(1_000_000_000)


def currency_name(code: str) -> str:
    """What people call a currency, in the reader's language."""
    return str(get_currency_name(code, locale=to_locale(get_language() or "en")))


class ConverterForm(forms.Form):
    """An amount, and from which currency into which; asked by the address (GET)."""

    amount = forms.DecimalField(
        label=_("Amount"),
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    source = forms.ChoiceField(label=_("From"))
    target = forms.ChoiceField(label=_("Into"))

    def __init__(self, *args: Any, codes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, f"{code} · {currency_name(code)}") for code in codes]
        for name in ("source", "target"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "amount" in cleaned and "source" in cleaned:
            try:
                cleaned["money"] = money(cleaned["amount"], cleaned["source"])
            except LossyAmount:
                self.add_error(
                    "amount", _("That is finer than the currency's smallest unit.")
                )
        return cleaned

    @property
    def given(self) -> Money:
        """What is to be converted; for a valid form."""
        amount: Money = self.cleaned_data["money"]
        return amount
