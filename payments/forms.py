"""What the payer's pages are told."""

from typing import Any

from django import forms

from payments import queries


class MethodForm(forms.Form):
    """The chosen way to pay, among those that can charge ``currency``."""

    method = forms.ChoiceField()

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (method.code, method.name) for method in queries.methods_for(currency)
        ]
