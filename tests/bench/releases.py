"""Releasing due holds: the sweep against one bare set-based statement."""

from datetime import UTC, datetime, timedelta
from itertools import count

from djmoney.money import Money

from escrow import commands
from escrow.models import Hold
from kernel import events, sweeps
from marketplace.accounts.models import Seller, User
from payments.models import Attempt, Charge
from tests.bench.floor import bare_connection
from tests.bench.measure import Way, compare

AT = datetime(2026, 3, 2, tzinfo=UTC)
HOLDS = 1_000
BATCH = 500
_numbers = count(10_000_000)

_BARE_RELEASE = """
WITH due AS (
    UPDATE bare_hold SET status = 'released' WHERE status = 'held' RETURNING id
), moved AS (
    INSERT INTO bare_move (hold_id, at) SELECT id, now() FROM due
), posted AS (
    INSERT INTO bare_transfer (key, debit_id, credit_id, amount, currency, posted_at)
    SELECT 'release:' || id || part, id, -part, 10, 'CNY', now()
    FROM due, generate_series(1, 2) part
)
UPDATE bare_account SET debits = debits + 20 WHERE id IN (SELECT id FROM due)
"""
_BARE_TABLES = """
CREATE TABLE IF NOT EXISTS bare_hold (id bigint PRIMARY KEY, status text NOT NULL);
CREATE TABLE IF NOT EXISTS bare_move (
    id bigserial PRIMARY KEY, hold_id bigint NOT NULL, at timestamptz NOT NULL
);
"""


def _people() -> tuple[User, Seller]:
    buyer = User.objects.create_user("mei@bench.example", "x", name="Mei")
    owner = User.objects.create_user("bo@bench.example", "x", name="Bo")
    seller = Seller.objects.create(
        user=owner,
        slug="bench",
        name_en="Bench",
        name_zh="台",
        country="CN",
        currency="CNY",
        opened_at=AT,
    )
    return buyer, seller


def _due_holds(buyer: User, seller: Seller) -> None:
    """One paid charge of many holds, all due now; not part of what is measured."""
    price = Money(10, "CNY")
    charge = Charge.objects.create(
        reference=f"PAY-{next(_numbers)}",
        payer=buyer,
        amount=price * HOLDS,
        subject="bench",
        home_path="/",
        status=Charge.Status.PAID,
        opened_at=AT,
        expires_at=AT + timedelta(days=1),
    )
    Attempt.objects.create(
        charge=charge,
        number=f"{charge.reference}-1",
        counter=1,
        gateway="alipay",
        method=Attempt.Method.QR,
        amount=charge.amount,
        status=Attempt.Status.PAID,
        started_at=AT,
        expires_at=AT,
    )
    nothing = Money(0, "CNY")
    Hold.objects.bulk_create(
        Hold(
            reference=f"HLD-{number}",
            order_number=f"ORD-{number}",
            charge=charge,
            seller=seller,
            amount=price,
            commission=Money("0.5", "CNY"),
            refunded=nothing,
            commission_returned=nothing,
            coupon=nothing,
            coupon_returned=nothing,
            opened_at=AT,
        )
        for number in (next(_numbers) for _ in range(HOLDS))
    )
    commands.fund_holds(charge_ids=[charge.pk], at=AT)
    Hold.objects.filter(charge=charge).update(release_at=AT)


def run() -> None:
    events._reactions.clear()  # nobody above: orders have their own figures
    people = _people()
    with bare_connection() as bare:
        bare.execute(_BARE_TABLES)

        def prepare_floor() -> None:
            ids = [[next(_numbers)] for _ in range(HOLDS)]
            with bare.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO bare_hold (id, status) VALUES (%s, 'held')", ids
                )
                cursor.executemany(
                    "INSERT INTO bare_account (id, credits) VALUES (%s, 20)", ids
                )

        def sweep() -> None:
            sweeps.run("release_due_holds", at=AT, limit=BATCH)

        compare(
            f"Releasing {HOLDS} due holds, batches of {BATCH}",
            Way(
                "one bare set-based statement (the floor)",
                HOLDS,
                lambda: bare.execute(_BARE_RELEASE),
                prepare_floor,
            ),
            Way("release_due_holds", HOLDS, sweep, lambda: _due_holds(*people)),
        )
