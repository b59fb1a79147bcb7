"""What the payer's pages are told."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django_countries import countries

from payments.availability import Facts, Offer
from payments.methods import AccountKind, Verification


class MethodForm(forms.Form):
    """The chosen way to pay, among ``offers``; why not, when one is not open."""

    method = forms.CharField(max_length=20)

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {str(one.code): one for one in offers}
        self.fields["method"].error_messages["required"] = _(
            "Choose how you want to pay."
        )

    def clean_method(self) -> str:
        chosen: str = self.cleaned_data["method"]
        offer = self.offers.get(chosen)
        if offer is None:
            raise forms.ValidationError(_("Choose how you want to pay."))
        if not offer.is_usable:
            why = offer.hindrances[0]
            raise forms.ValidationError(f"{offer.name}: {why.reason} {why.remedy}")
        return chosen

    @property
    def problem(self) -> str:
        """The first thing that is wrong."""
        return next(str(errors[0]) for errors in self.errors.values())


class ShopperForm(forms.Form):
    """Whose ways to pay are looked at: an account as one picks it."""

    country = forms.ChoiceField(required=False)
    account = forms.ChoiceField(required=False, choices=[(k, k) for k in AccountKind])
    verification = forms.ChoiceField(
        required=False, choices=[(level, level) for level in Verification]
    )

    def __init__(self, data: Any, *, own: Facts) -> None:
        super().__init__(data)
        self.own = own
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(countries)

    @property
    def facts(self) -> Facts:
        """What was picked; the rest as on the own account."""
        self.full_clean()
        picked = getattr(self, "cleaned_data", {})
        level, account = picked.get("verification"), picked.get("account")
        return Facts(
            country=picked.get("country") or self.own.country,
            account=AccountKind(account) if account else self.own.account,
            verification=Verification(level) if level else self.own.verification,
            down=self.own.down,
        )
