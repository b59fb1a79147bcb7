"""Holds that have lived their lives. Mei buys, Bo sells, Dana is the desk."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from djmoney.money import Money
from PIL import Image

from escrow import commands
from escrow.disputes import commands as disputes
from escrow.disputes.models import Dispute
from escrow.ledger import queries as ledger
from escrow.models import Hold
from kernel import clock
from kernel.money import money
from marketplace.accounts.models import Seller, User
from payments import commands as payments
from payments.gateways.port import LineKind, StatementLine
from payments.models import Attempt, Refund
from payments.reconciliation import commands as reconciliation
from payments.reconciliation import days
from payments.reconciliation.models import Day

_numbers = count(1)


def cny(amount):
    return money(amount, "CNY")


def mei():
    return _user("mei@danbao.example", "Mei")


def dana():
    return _user("dana@danbao.example", "Dana", is_staff=True, is_superuser=True)


def bo(name="bo"):
    user = _user(f"{name}@danbao.example", name.title())
    found = Seller.objects.filter(slug=name).first()
    return found or Seller.objects.create(
        user=user,
        slug=name,
        name_en=f"{name.title()}'s shop",
        name_zh="店",
        country="CN",
        currency="CNY",
        opened_at=clock.now(),
    )


def _user(email, name, **fields):
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, "danbao-demo", name=name, **fields)


def a_charge(amount, *, payer=None):
    at = clock.now()
    return payments.open_charge(
        payer=payer or mei(),
        amount=amount,
        subject="a thing",
        home_path="/orders/",
        at=at,
        expires_at=at + timedelta(hours=24),
    )


def an_open_hold(
    amount="100.00", commission="5.00", *, charge=None, seller=None, coupon=None
):
    """A hold that waits for its payment. Amounts are Money, or texts in CNY."""
    amount, commission = _money(amount), _money(commission)
    return commands.open_hold(
        order_number=f"ORD-{next(_numbers):010}-1",
        charge=charge or a_charge(amount),
        seller=seller or bo(),
        amount=amount,
        commission=commission,
        coupon=_money(coupon) if coupon else None,
        at=clock.now(),
    )


def _money(amount):
    return amount if isinstance(amount, Money) else cny(amount)


def pay(gateway, charge, *, method=Attempt.Method.QR):
    """The payer pays ``charge`` at the gateway, and we hear of it."""
    attempt = payments.start_attempt(charge=charge, method=method, at=clock.now())
    gateway.pay(attempt.number, at=clock.now())
    return payments.check_attempt(attempt=attempt, at=clock.now())


def pay_late(gateway, charge):
    """An earlier code of a paid ``charge`` is paid as well: a stray payment."""
    paid = charge.attempts.get()
    late = Attempt.objects.create(
        charge=charge,
        number=f"{charge.reference}-9",
        counter=9,
        gateway=paid.gateway,
        method=paid.method,
        amount=paid.amount,
        status=Attempt.Status.EXPIRED,
        started_at=paid.started_at,
        expires_at=paid.expires_at,
        query_at=clock.now(),
    )
    request = gateway.requests[paid.number]
    gateway.requests[late.number] = replace(request, number=late.number)
    gateway.pay(late.number, at=clock.now())
    return payments.check_attempt(attempt=late, at=clock.now())


def a_held_hold(gateway, amount="100.00", commission="5.00", **options):
    hold = an_open_hold(amount, commission, **options)
    pay(gateway, hold.charge)
    return fresh(hold)


def a_shipped_hold(gateway, *args, days=10, **options):
    hold = a_held_hold(gateway, *args, **options)
    return commands.start_release_clock(
        hold=hold, release_at=clock.now() + timedelta(days=days)
    )


def a_released_hold(gateway, *args, **options):
    hold = a_shipped_hold(gateway, *args, **options)
    commands.release_holds(hold_ids=[hold.pk], by=mei(), at=clock.now(), note="ok")
    return fresh(hold)


def a_disputed_hold(gateway, *args, **options):
    hold = a_shipped_hold(gateway, *args, **options)
    return a_dispute(hold)


def a_dispute(hold, **changes):
    facts = {
        "hold": hold,
        "opened_by": mei(),
        "reason": Dispute.Reason.DAMAGED,
        "claim": hold.amount - hold.refunded,
        "story": "The glass is cracked.",
        "pictures": [a_picture()],
        "at": clock.now(),
    }
    facts |= changes
    facts["pictures"] = disputes.read_pictures(facts["pictures"])
    return disputes.open_dispute(**facts)


def decide(dispute, refund, **changes):
    facts = {
        "dispute": dispute,
        "refund": _money(refund),
        "ground": Dispute.Ground.EVIDENCE_BUYER,
        "note": "The pictures show it.",
        "by": dana(),
        "at": clock.now(),
    }
    return disputes.decide_dispute(**facts | changes)


def a_picture(name="crack.jpg", kind="JPEG", size=(60, 40), **options):
    return a_file(name, picture_bytes(kind, size, **options))


def picture_bytes(kind="JPEG", size=(60, 40), **options):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def a_file(name, content):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def settle_refunds():
    """The gateway settles everything that was asked of it."""
    for refund in Refund.objects.filter(status=Refund.Status.REQUESTED).order_by("pk"):
        payments.send_refund(refund=refund, at=clock.now())


def pay_by_hand(hold):
    """The desk pays the refused refund of ``hold`` another way."""
    payments.pay_refund_by_hand(
        refund=Refund.objects.get(hold_refund__hold=hold),
        reference="T-2026-0001",
        note="transferred to the buyer's account",
        by=dana(),
        at=clock.now(),
    )


def books(currency="CNY"):
    """Every account that has money, by code, in minor units."""
    return {
        code: minor
        for code, known, minor in ledger.trial_balance()
        if known == currency and minor
    }


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def status(hold):
    return Hold.objects.values_list("status", flat=True).get(pk=hold.pk)


def a_line(attempt, **changes):
    """What the provider says of a payment; 0.6 % is its fee."""
    minor = int(attempt.amount.amount * 100)
    line = StatementLine(
        LineKind.PAYMENT,
        attempt.number,
        "",
        f"22001{attempt.number}",
        minor,
        minor * 6 // 1000,
        "CNY",
        attempt.paid_at or clock.now(),
    )
    return replace(line, **changes)


def read_statement(gateway, *attempts, **changes):
    """The provider's word on today, of which only these payments are known yet."""
    today = days.day_of(clock.now())
    gateway.statements[today] = [a_line(attempt, **changes) for attempt in attempts]
    row, _new = Day.objects.get_or_create(gateway=gateway.code, day=today)
    assert reconciliation.read_day(day=row, at=clock.now())
