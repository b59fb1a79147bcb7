"""What the desk fills in about an order."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.money import from_minor
from kernel.templatetags.ui import money_text
from orders.commands import SHIPPING, Give, terms_of
from orders.models import Order
from orders.refunding import LineTerms


class RefundForm(forms.Form):
    """How many units of each line go back, and why. Shipping is a line of one."""

    note = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, order: Order, data: Any = None) -> None:
        super().__init__(data)
        self.keys: dict[str, int | None] = {}
        currency = str(order.total.currency)
        titles: dict[int | None, str] = {
            line.pk: f"{line.title} ({line.choice})" for line in order.lines.all()
        }
        titles[SHIPPING] = _("Shipping")
        for key, line in terms_of(order).items():
            if line.left.buyer and line.units_left:
                self._ask(f"units-{key or 0}", key, titles[key], line, currency)
        self.order_fields([*self.keys, "note"])

    def _ask(
        self, name: str, key: int | None, title: str, line: LineTerms, currency: str
    ) -> None:
        self.keys[name] = key
        self.fields[name] = forms.IntegerField(
            label=title,
            required=False,
            min_value=0,
            max_value=line.units_left,
            initial=0,
            help_text=_("Up to %(units)d, %(left)s in all.")
            % {
                "units": line.units_left,
                "left": money_text(from_minor(line.left.buyer, currency)),
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        gives = [
            Give(key, units=cleaned[name])
            for name, key in self.keys.items()
            if cleaned.get(name)
        ]
        if not gives and not self.errors:
            raise forms.ValidationError(_("Choose what to give back."))
        return {**cleaned, "gives": gives}
