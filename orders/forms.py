"""What buyers and shops fill in: placing, disputing, shipping."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from escrow.disputes.models import Dispute
from kernel.money import LossyAmount, exponent, from_minor, money
from marketplace.accounts.models import Address
from orders import currencies
from orders.carriers import CARRIERS
from payments.models import Attempt

NEW_ADDRESS = "new"


class PlaceForm(forms.Form):
    """The hidden and chosen parts of the checkout page."""

    token = forms.UUIDField()
    expected_minor = forms.IntegerField(min_value=1)
    # What is charged, as the page showed it.
    currency = forms.ChoiceField()
    # References of the quotes that the page showed, with commas between them.
    quotes = forms.CharField(required=False)
    # Codes of the coupons that the page counted, with commas between them.
    coupons = forms.CharField(required=False)
    address = forms.CharField()
    method = forms.ChoiceField(choices=Attempt.Method)

    def __init__(self, data: Any, *, addresses: Iterable[Address]) -> None:
        super().__init__(data)
        self.addresses = {str(one.pk): one for one in addresses}
        payable = currencies.payable()
        self.fields["currency"].choices = [(one, one) for one in payable]  # type: ignore[attr-defined]

    def clean_address(self) -> Address | None:
        """One of the buyer's own addresses; None means a new one."""
        chosen = self.cleaned_data["address"]
        if chosen == NEW_ADDRESS:
            return None
        if chosen not in self.addresses:
            raise forms.ValidationError(_("Choose one of your addresses."))
        return self.addresses[chosen]

    @property
    def quote_references(self) -> list[str]:
        return [one for one in self.cleaned_data["quotes"].split(",") if one]

    @property
    def coupon_codes(self) -> list[str]:
        return [one for one in self.cleaned_data["coupons"].split(",") if one]

    @property
    def expected_total(self) -> Money:
        cleaned = self.cleaned_data
        return from_minor(cleaned["expected_minor"], cleaned["currency"])

    @property
    def given_token(self) -> UUID:
        token: UUID = self.cleaned_data["token"]
        return token


class Pictures(forms.ClearableFileInput):
    """A file input that takes several pictures at once."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several uploads; what they are is judged by escrow, by their content."""

    widget = Pictures

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        given = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(PicturesField, self).clean(one, initial) for one in given]
        return [one for one in cleaned if one]


class DisputeForm(forms.Form):
    """What is wrong, and what the buyer wants back."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=Dispute.Reason, widget=forms.RadioSelect
    )
    claim = forms.DecimalField(
        label=_("How much do you want back?"), min_value=0, max_digits=15
    )
    story = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "The shop and our desk read this. Plain facts and dates help most."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    pictures = PicturesField(
        label=_("Pictures"),
        help_text=_(
            "JPEG, PNG or WebP, up to 20 MB each. Needed unless nothing has arrived. "
            "Only you, the shop and the desk can see them."
        ),
        required=False,
        widget=Pictures(attrs={"accept": "image/*"}),
    )

    def __init__(self, *args: Any, most: Money, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most
        currency = str(most.currency)
        step = from_minor(1, currency).amount
        highest = most.amount.quantize(step)
        claim = self.fields["claim"]
        claim.help_text = _("In %(currency)s, at most %(most)s.") % {
            "currency": currency,
            "most": highest,
        }
        claim.initial = highest
        claim.widget.attrs.update({"max": highest, "step": step})
        mode = "decimal" if exponent(currency) else "numeric"
        claim.widget.attrs["inputmode"] = mode

    def clean_claim(self) -> Money:
        try:
            claim = money(self.cleaned_data["claim"], str(self.most.currency))
        except LossyAmount as lossy:
            raise forms.ValidationError(_("That is finer than a cent.")) from lossy
        if claim.amount <= 0 or claim > self.most:
            raise forms.ValidationError(
                _("Choose an amount above zero, up to what you paid for this order.")
            )
        return claim


class ShipForm(forms.Form):
    """Who carries the parcel, and under which number."""

    carrier = forms.ChoiceField(label=_("Carrier"))
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        help_text=_("As it is printed on the label; spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        carriers = [
            (one.code, _("%(name)s, like %(example)s") % vars(one))
            for one in CARRIERS.values()
        ]
        self.fields["carrier"].choices = [("", _("Choose a carrier")), *carriers]  # type: ignore[attr-defined]
