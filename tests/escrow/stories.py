"""What happens to money, story by story: lived on the real books, told as tables."""

from dataclasses import dataclass, field

from djmoney.money import Money

from escrow import commands
from escrow.ledger import queries as ledger
from escrow.ledger.models import Transfer
from escrow.postings import Part
from kernel import clock, sweeps
from kernel.money import from_minor
from payments.gateways.port import GatewayRejected
from tests.escrow import builders

SIDES = {
    "psp_receivable": "asset",
    "commission": "income",
    "promo": "expense",
    "psp_fees": "expense",
}
INTRO = """\
# Where the money is

Written by `tests/escrow/test_money_doc.py` from the books themselves: each story is
lived by the real commands, and the test fails when this page says something else.
Write it anew with `WRITE_DOCS=1 python -m pytest tests/escrow/test_money_doc.py`.

Every act posts transfers from one account to another, never a single number on its
own; both sides of each are below. What is owed to somebody (*liability*) always equals
what the gateway holds for us (*asset*) and what our coupons and its fees have cost us
(*expense*) less what we have earned (*income*). The accounts are explained in
`escrow/ledger/accounts.py`; `manage.py check_books` proves that all of them agree with
the orders, holds, payments, refunds and statements.

Unless a story says otherwise the buyer pays ¥100.00 for one order, and the commission
on it is ¥5.00.
"""


@dataclass
class Story:
    """A title, what it is about, and the books before and after each act."""

    title: str
    about: str
    names: dict[str, str] = field(default_factory=dict)
    columns: list[tuple[str, dict[str, int]]] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    posted: int = 0
    currency: str = "CNY"

    def begin(self, hold):
        """Fixed names for what is named anew in every run."""
        self.names = {
            hold.order_number: "order",
            str(hold.seller_id): "seller",
            hold.reference: "hold",
        }
        self.look("before")

    def look(self, moment):
        """Take down every account, and what was posted since the last look."""
        self.columns.append((moment, _balances(self)))
        for line in _new_lines(self):
            debit, credit = self.name(line.debit), self.name(line.credit)
            self.acts.append(
                f"| {moment} | {line.act} | {debit} | {credit} | {line.amount.amount} |"
            )

    def name(self, code):
        head, _, rest = code.partition(":")
        return f"{head}:{self.names.get(rest, rest)}" if rest else head

    def amount(self, minor):
        return str(from_minor(minor, self.currency).amount) if minor else "–"

    def told(self):
        """The story as Markdown."""
        moments = [moment for moment, _books in self.columns]
        accounts = sorted({code for _moment, books in self.columns for code in books})
        rows = [
            f"| {code} | {SIDES.get(code.partition(':')[0], 'liability')} | "
            + " | ".join(
                self.amount(books.get(code, 0)) for _moment, books in self.columns
            )
            + " |"
            for code in accounts
        ]
        return "\n".join(
            [
                f"## {self.title}",
                "",
                self.about,
                "",
                f"| Account | Kind | {' | '.join(moments)} |",
                f"|---|---|{'--:|' * len(moments)}",
                *rows,
                "",
                "| When | Act | Debit | Credit | Amount |",
                "|---|---|---|---|--:|",
                *self.acts,
                "",
            ]
        )


def _balances(story):
    found = {}
    for code, _currency, minor in ledger.trial_balance():
        if minor:
            found[story.name(code)] = minor
    return found


def _new_lines(story):
    keys = Transfer.objects.order_by("pk").values_list("key", flat=True)
    fresh = list(keys)[story.posted :]
    story.posted += len(fresh)
    causes = Transfer.objects.filter(key__in=fresh).values_list("cause", flat=True)
    return [line for line in ledger.entries_for(*set(causes)) if line.key in fresh]


def paid_and_released(gateway, movable):
    story = Story(
        "Paid, confirmed, cleared",
        "The buyer confirms receipt, or stays silent until the deadline: the postings "
        "are the same. Three days later the seller's money is available.",
    )
    hold = builders.an_open_hold()
    story.begin(hold)
    builders.pay(gateway, hold.charge)
    story.look("paid")
    commands.release_holds(
        hold_ids=[hold.pk], by=builders.mei(), at=clock.now(), note="confirmed"
    )
    story.look("released")
    movable.advance(days=3)
    sweeps.run("clear_due_holds", at=clock.now())
    story.look("cleared")
    return story


def refunded_before_shipping(gateway, movable):
    story = Story(
        "Refunded before it was shipped",
        "The shop did not ship in time. The money leaves escrow at once; it has left "
        "us when the gateway confirms the refund.",
    )
    hold = _paid(story, gateway)
    commands.refund_hold(hold=hold, at=clock.now(), by=None, note="not shipped")
    story.look("refund sent")
    builders.settle_refunds()
    story.look("refund settled")
    return story


def split_after_a_dispute(gateway, movable):
    story = Story(
        "Split after a dispute",
        "The desk gives ¥40.00 back. The rest is the seller's, less the commission on "
        "it: 40 % of the commission is given up with 40 % of the price.",
    )
    hold = _paid(story, gateway)
    commands.start_release_clock(hold=hold, release_at=clock.now())
    dispute = builders.a_dispute(hold)
    story.look("disputed")
    builders.decide(dispute, "40.00")
    story.look("decided")
    builders.settle_refunds()
    story.look("refund settled")
    return story


def refund_refused(gateway, movable):
    story = Story(
        "A refund the gateway refuses for good",
        "The money stays with the gateway, and we owe it to the buyer outside any "
        "order until the finance desk has paid it by hand, from our account there.",
    )
    hold = _paid(story, gateway)
    commands.refund_hold(hold=hold, at=clock.now(), by=None, note="not shipped")
    story.look("refund sent")
    gateway.fail("refund", GatewayRejected("refused"))
    builders.settle_refunds()
    story.look("refund refused")
    builders.pay_by_hand(hold)
    story.look("paid by hand")
    return story


def paid_twice(gateway, movable):
    story = Story(
        "Paid twice",
        "An earlier code is paid as well, or money comes after the order has closed. "
        "It belongs to no order: it is booked, and sent back by itself.",
    )
    hold = _paid(story, gateway)
    builders.pay_late(gateway, hold.charge)
    story.look("paid again")
    builders.settle_refunds()
    story.look("sent back")
    return story


def the_provider_keeps_a_fee(gateway, movable):
    story = Story(
        "The provider keeps a fee",
        "The next morning its statement says what it kept: ¥0.60. That is booked once, "
        "by the line that says so; a corrected statement (¥0.50) books the rest. It "
        "says nothing of transfers to our bank account, so none are booked: "
        "`psp_receivable` is what stands with it.",
    )
    hold = _paid(story, gateway)
    attempt = hold.charge.attempts.get()
    builders.read_statement(gateway, attempt)
    story.look("statement read")
    builders.read_statement(gateway, attempt, fee_minor=50)
    story.look("corrected")
    return story


def coupon_and_a_unit_back(gateway, movable):
    story = Story(
        "A coupon of ours, and one unit comes back",
        "Two units for ¥99.98 and a third thing for ¥20.00, shipping ¥8.00. The shop's "
        "coupon took ¥12.00 off; ours pays ¥11.29, so the buyer pays ¥104.69. "
        "Commission ¥5.40. One of the two units goes back before the release: ¥40.29 "
        "to the buyer, ¥4.70 to us, and ¥2.25 of the commission are given up.",
    )
    hold = builders.an_open_hold("104.69", "5.40", coupon="11.29")
    story.begin(hold)
    builders.pay(gateway, hold.charge)
    story.look("paid")
    commands.refund_part(
        hold=builders.fresh(hold),
        part=Part(*map(builders.cny, ("40.29", "4.70", "2.25"))),
        by=builders.dana(),
        at=clock.now(),
        note="one unit",
    )
    builders.settle_refunds()
    story.look("unit refunded")
    commands.release_holds(
        hold_ids=[hold.pk], by=builders.mei(), at=clock.now(), note="confirmed"
    )
    story.look("released")
    return story


def yen(gateway, movable):
    story = Story(
        "A currency without cents",
        "¥3,333 (JPY), commission ¥167, and the desk gives ¥1,111 back: a third of the "
        "commission is 55.67, so 56 are given up.",
        currency="JPY",
    )
    hold = builders.an_open_hold(Money(3333, "JPY"), Money(167, "JPY"))
    story.begin(hold)
    builders.pay(gateway, hold.charge)
    story.look("paid")
    commands.settle_hold(
        hold=builders.fresh(hold),
        refund=Money(1111, "JPY"),
        by=builders.dana(),
        at=clock.now(),
        note="split",
    )
    story.look("split")
    return story


def _paid(story, gateway):
    hold = builders.an_open_hold()
    story.begin(hold)
    builders.pay(gateway, hold.charge)
    story.look("paid")
    return builders.fresh(hold)


STORIES = (
    paid_and_released,
    refunded_before_shipping,
    split_after_a_dispute,
    refund_refused,
    paid_twice,
    the_provider_keeps_a_fee,
    coupon_and_a_unit_back,
    yen,
)
