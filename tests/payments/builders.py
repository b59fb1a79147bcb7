"""Charges and attempts that have lived through their commands."""

from datetime import timedelta

from djmoney.money import Money

from kernel import clock
from marketplace.accounts.models import User
from payments import commands
from payments.models import Attempt

QR, REDIRECT = Attempt.Method.QR, Attempt.Method.REDIRECT


def cny(amount):
    return Money(amount, "CNY")


def a_payer(email="mei@danbao.example"):
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email, "danbao-demo", name="Mei"
    )


def a_charge(amount="88.88", *, payer=None, hours=24):
    at = clock.now()
    return commands.open_charge(
        payer=payer or a_payer(),
        amount=cny(amount),
        subject="2 things from Bo's shop",
        home_path="/orders/",
        at=at,
        expires_at=at + timedelta(hours=hours),
    )


def an_attempt(*, charge=None, method=QR):
    return commands.start_attempt(
        charge=charge or a_charge(), method=method, at=clock.now()
    )


def a_paid_attempt(gateway, *, charge=None, method=QR):
    attempt = an_attempt(charge=charge, method=method)
    gateway.pay(attempt.number, at=clock.now())
    return commands.check_attempt(attempt=attempt, at=clock.now())


def post(gateway, body):
    """Let ``body`` arrive as a notification; returns what is answered."""
    return commands.receive_notification(
        gateway=gateway.code,
        body=body,
        content_type="application/x-www-form-urlencoded",
        remote_address="192.0.2.1",
        at=clock.now(),
    )


class Facts(list):
    """What payments has announced, oldest first."""

    def of(self, kind):
        return [fact for fact in self if isinstance(fact, kind)]


def everything():
    """All rows of payments as values: to prove that a refusal changed nothing."""
    from django.apps import apps

    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("payments").get_models()
        if model.__name__ != "Notification"
    }
