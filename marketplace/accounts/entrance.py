"""allauth's forms with our words: a label says it, no placeholder repeats it."""

from typing import Any

from allauth.account import forms as allauth
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User


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
    def try_save(self, request: HttpRequest) -> Any:
        """Make the account, all of it or nothing; pressed twice, once.

        The press that comes second finds the first one's account by its password.
        """
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            made = User.objects.get(email=self.cleaned_data["email"])
            if made.check_password(self.cleaned_data["password1"]):
                return made, None
            return None, redirect("account_login")


class ResetPasswordForm(_Plain, allauth.ResetPasswordForm):
    pass
