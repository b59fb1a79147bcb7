"""Forms of people: signing up, the profile, addresses."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Address, User


class SignupForm(forms.Form):
    """What allauth asks beside e-mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=80)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name, and the language in which the person read the form."""
        user.name = self.cleaned_data["name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who somebody is to the shops, and how prices and mails are set for them."""

    display_currency = forms.ChoiceField(
        label=_("Show prices in"),
        choices=[(code, code) for code in settings.DISPLAY_CURRENCIES],
        help_text=_("Only marked “about”. You pay the total shown at checkout."),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "name",
            "country",
            "account_kind",
            "display_currency",
            "language",
        ]


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a parcel goes."""

    class Meta:
        model = Address
        fields: ClassVar[list[str]] = [
            "recipient",
            "phone",
            "country",
            "line1",
            "line2",
            "city",
            "region",
            "postcode",
        ]
        # The form marks optional fields itself.
        labels: ClassVar[dict[str, Any]] = {
            "line2": _("Flat, building"),
            "region": _("Province or state"),
        }
        # Browsers fill forms whose fields say what they are.
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.TextInput(attrs={"autocomplete": token})
            for name, token in {
                "recipient": "name",
                "phone": "tel",
                "line1": "address-line1",
                "line2": "address-line2",
                "city": "address-level2",
                "region": "address-level1",
                "postcode": "postal-code",
            }.items()
        }
