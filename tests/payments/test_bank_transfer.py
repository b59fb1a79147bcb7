"""Bank transfers: a second provider behind the same port, settled by the desk."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from djmoney.money import Money
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel import clock as kernel_clock
from marketplace.accounts.models import User
from payments import commands, queries, tasks
from payments.events import ChargesPaid, StrayPaid
from payments.gateways import registry
from payments.gateways.bank_transfer.remittance import (
    is_reference,
    reference_of,
    spaced,
)
from payments.gateways.port import CloseOutcome, PaymentStatus, RefundStatus
from payments.models import Attempt, Charge, Receipt, Refund
from tests.payments.builders import (
    QR,
    a_charge,
    a_payer,
    an_attempt,
    cny,
    everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "accounts")]
TRANSFER = Attempt.Method.TRANSFER
ACCOUNT = {"holder": "Danbao", "bank": "B", "number": "6200 0142", "code": "NOWH"}
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture
def accounts(settings):
    settings.BANK_ACCOUNTS = {"CNY": ACCOUNT, "JPY": ACCOUNT}
    settings.DESK_SECOND_FACTOR = False


@pytest.fixture
def dana():
    return User.objects.create_superuser(
        "dana@danbao.example", "danbao-demo", name="Dana"
    )


def entry(amount="88.88", number="BANK-1", currency="CNY"):
    return commands.Entry(
        Money(amount, currency), date(2026, 3, 2), number, "statement", "from Mei Lin"
    )


def record(attempt, dana, *args, **kwargs):
    return commands.record_receipt(
        attempt=attempt, entry=entry(*args, **kwargs), by=dana, at=kernel_clock.now()
    )


# --- The reference ------------------------------------------------------------------


def test_a_reference_is_that_of_the_standard():
    # ISO 11649's own example.
    assert reference_of("539007547034") == "RF18539007547034"
    assert is_reference("rf18 5390 0754 7034")
    assert spaced("RF18539007547034") == "RF18 5390 0754 7034"


@given(
    st.text(ALPHABET, min_size=10, max_size=10),
    st.integers(1, 11),
    st.integers(4, 17),
    st.sampled_from(ALPHABET),
)
def test_a_mistyped_sign_is_noticed(random, counter, place, sign):
    reference = reference_of(f"PAY-{random}-{counter}")
    assert is_reference(reference)
    place = min(place, len(reference) - 1)
    # A digit for a letter changes the length of the number that is divided: such a slip
    # may, once in a hundred, go unnoticed.
    assume(sign.isdigit() == reference[place].isdigit())
    mistyped = reference[:place] + sign + reference[place + 1 :]

    assert is_reference(mistyped) == (mistyped == reference)


# --- Behind the port ----------------------------------------------------------------


def test_the_port_says_what_no_bank_can_do(dana):
    bank = registry.gateway("bank_transfer")
    attempt = an_attempt(method=TRANSFER)

    assert bank.currencies() == {"CNY", "JPY"}
    assert bank.query(attempt.number).status is PaymentStatus.ABSENT
    assert bank.close(attempt.number) is CloseOutcome.ABSENT
    record(attempt, dana)
    assert bank.query(attempt.number).status is PaymentStatus.PAID
    assert bank.query(attempt.number).amount_minor == 8888
    assert bank.close(attempt.number) is CloseOutcome.PAID
    refunded = bank.refund(
        number=attempt.number,
        refund_number="RFD-1",
        amount_minor=8888,
        currency="CNY",
        reason="",
    )
    assert refunded is RefundStatus.BY_HAND


def test_nobody_posts_news_of_a_bank(client):
    answer = client.post(reverse("payments:notify", args=["bank_transfer"]), {"a": "b"})

    assert answer.status_code == 404


# --- Starting -----------------------------------------------------------------------


def test_a_transfer_gets_two_days_once_and_is_never_asked_about(clock):
    charge = a_charge()

    attempt = an_attempt(charge=charge, method=TRANSFER)

    ends = clock.now + timedelta(hours=48)
    charge.refresh_from_db()
    assert attempt.status == Attempt.Status.LIVE
    assert attempt.remittance == reference_of(attempt.number)
    assert (charge.expires_at, charge.close_at, attempt.expires_at) == (ends,) * 3
    assert attempt.query_at is None
    commands.check_attempt(attempt=attempt, at=clock.now)
    attempt.refresh_from_db()
    assert attempt.query_at is None


def test_going_back_and_forth_gives_no_more_time(clock, gateway):
    charge = a_charge()
    an_attempt(charge=charge, method=TRANSFER)
    an_attempt(charge=charge, method=QR)
    ends = Charge.objects.get().expires_at
    clock.advance(hours=5)

    again = an_attempt(charge=charge, method=TRANSFER)

    assert Charge.objects.get().expires_at == again.expires_at == ends


def test_without_an_account_there_is_no_such_method(settings, client, gateway):
    settings.BANK_ACCOUNTS = {}
    client.force_login(a_payer())
    charge = a_charge()

    page = client.get(reverse("payments:pay", args=[charge.reference]))

    assert TRANSFER not in page.content.decode()
    with pytest.raises(commands.MethodUnavailable):
        an_attempt(charge=charge, method=TRANSFER)


def test_the_page_shows_where_to_send_what(client, gateway):
    client.force_login(a_payer())
    charge = a_charge()

    answer = client.post(
        reverse("payments:start", args=[charge.reference]), {"method": TRANSFER}
    )
    page = client.get(answer.headers["Location"]).content.decode()

    attempt = charge.attempts.get()
    for shown in (ACCOUNT["number"], spaced(attempt.remittance), "88.88"):
        assert shown in page
    checked = client.post(
        reverse("payments:check", args=[charge.reference]), follow=True
    )
    assert "has not found it on our account yet" in checked.content.decode()


# --- Receipts -----------------------------------------------------------------------


def test_the_amount_owed_pays(dana, facts):
    attempt = an_attempt(method=TRANSFER)

    record(attempt, dana)

    attempt.refresh_from_db()
    receipt = Receipt.objects.get()
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, False)
    assert attempt.charge.status == Charge.Status.PAID
    assert attempt.provider_number == "BANK-1"
    assert (receipt.recorded_by, receipt.note) == (dana, "from Mei Lin")
    assert len(facts.of(ChargesPaid)) == 1


def test_one_entry_of_the_bank_is_recorded_once(dana, facts):
    attempt = an_attempt(method=TRANSFER)
    first = record(attempt, dana)
    before = everything()

    assert record(attempt, dana) == first
    with pytest.raises(commands.CannotRecord):
        record(attempt, dana, "1.00")

    assert everything() == before
    assert len(facts) == 1


@pytest.mark.parametrize(
    ("amount", "currency"), [("88.87", "CNY"), ("88.89", "CNY"), ("89", "JPY")]
)
def test_any_other_money_pays_nothing_and_goes_back(dana, facts, amount, currency):
    attempt = an_attempt(method=TRANSFER)

    kept = record(attempt, dana, amount, currency=currency)

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.LIVE
    assert attempt.charge.status == Charge.Status.OPEN
    assert (kept.is_stray, kept.amount) == (True, Money(amount, currency))
    (fact,) = facts
    assert fact == StrayPaid(frozenset({kept.pk}), kernel_clock.now())
    record(attempt, dana, number="BANK-2")
    attempt.refresh_from_db()
    assert attempt.charge.status == Charge.Status.PAID


def test_the_same_money_twice_is_once_too_often(dana, facts):
    attempt = an_attempt(method=TRANSFER)
    record(attempt, dana)

    second = record(attempt, dana, number="BANK-2")

    assert second.is_stray
    assert second.number.endswith("-2")
    assert [type(fact) for fact in facts] == [ChargesPaid, StrayPaid]


def test_money_for_a_method_that_was_given_up_goes_back(dana, facts, gateway):
    charge = a_charge()
    transfer = an_attempt(charge=charge, method=TRANSFER)
    code = an_attempt(charge=charge, method=QR)
    gateway.pay(code.number, at=kernel_clock.now())
    commands.check_attempt(attempt=code, at=kernel_clock.now())

    kept = record(transfer, dana)

    assert kept == transfer
    assert kept.is_stray
    assert queries.paid_attempt(charge) == code


def test_money_after_the_time_pays_as_long_as_the_charge_is_open(dana, clock):
    attempt = an_attempt(method=TRANSFER)
    clock.set(attempt.expires_at)
    tasks.expire_attempts()

    record(attempt, dana)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, False)


def test_what_may_not_be_recorded_changes_nothing(dana, gateway):
    transfer = an_attempt(method=TRANSFER)
    code = an_attempt(charge=a_charge(payer=a_payer("wu@danbao.example")))
    before = everything()

    for attempt, by, amount in (
        (code, dana, "88.88"),
        (transfer, transfer.charge.payer, "88.88"),
        (transfer, dana, "0.00"),
    ):
        with pytest.raises(commands.CannotRecord):
            record(attempt, by, amount)

    assert everything() == before


# --- Refunds ------------------------------------------------------------------------


def test_a_refund_is_paid_by_the_desk_and_recorded(dana, clock):
    attempt = an_attempt(method=TRANSFER)
    record(attempt, dana)
    attempt.refresh_from_db()
    refund = commands.request_refund(
        attempt=attempt, amount=cny("8.88"), key="k", reason="r", at=clock.now
    )

    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.REJECTED
    commands.pay_refund_by_hand(
        refund=refund, reference="OUT-1", note="to Mei", by=dana, at=clock.now
    )
    refund.refresh_from_db()
    assert refund.hand_reference == "OUT-1"
    assert queries.refundable(attempt) == cny("80.00")


# --- The desk -----------------------------------------------------------------------


def page_of(attempt, act=""):
    page = reverse("admin:payments_attempt_change", args=[attempt.pk])
    return page.replace("change/", f"{act}/") if act else page


ANSWERS = {
    "amount": "88.88",
    "currency": "CNY",
    "received_on": "2026-03-02",
    "bank_number": "BANK-9",
    "reason": "statement",
    "note": "from Mei Lin",
}


def test_the_desk_sees_what_would_happen_and_then_records_it(client, dana):
    client.force_login(dana)
    attempt = an_attempt(method=TRANSFER)

    seen = client.post(page_of(attempt, "receipt"), ANSWERS)
    assert "the payment is taken as made" in seen.content.decode()
    short = client.post(page_of(attempt, "receipt"), ANSWERS | {"amount": "80"})
    assert "This pays nothing" in short.content.decode()
    assert Receipt.objects.count() == 0

    client.post(page_of(attempt, "receipt"), ANSWERS | {"confirm": "1"})

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.PAID
    assert "BANK-9" in client.get(page_of(attempt)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": ""},
        {"reason": ""},
        {"amount": "0.001"},
        {"amount": "-1"},
        {"received_on": "2026-03-03"},
        {"currency": "USD"},
    ],
)
def test_an_entry_that_cannot_be_is_refused_beside_its_field(client, dana, wrong):
    client.force_login(dana)
    attempt = an_attempt(method=TRANSFER)

    answer = client.post(
        page_of(attempt, "receipt"), ANSWERS | wrong | {"confirm": "1"}
    )

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(wrong)
    assert Receipt.objects.count() == 0


def test_other_payments_have_no_such_act(client, dana, gateway):
    client.force_login(dana)

    assert "Record a receipt" not in client.get(page_of(an_attempt())).content.decode()
    transfer = an_attempt(
        charge=a_charge(payer=a_payer("wu@danbao.example")), method=TRANSFER
    )
    assert "Record a receipt" in client.get(page_of(transfer)).content.decode()
