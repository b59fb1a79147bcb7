"""allauth's forms with our words: a label says it, no placeholder repeats it."""

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _


class _Plain:
    """Takes the placeholders away that allauth puts beside its labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "login": _("E-mail address"),
            "email": _("E-mail address"),
            "password2": _("Password, once more"),
        }
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = labels.get(name, field.label)


class LoginForm(_Plain, allauth.LoginForm):
    pass


class SignupForm(_Plain, allauth.SignupForm):
    pass


class ResetPasswordForm(_Plain, allauth.ResetPasswordForm):
    pass
