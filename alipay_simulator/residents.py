"""The made-up buyers a fresh simulator starts with: two good ones, many troubles.

What each is for is written for people in ``texts/people.py``.
"""

import datetime as dt
from dataclasses import dataclass

from .models import Account, CardType, Cause, Member, Standing
from .rules import ledger

Kind = Account.Kind

PASSWORD = "111111"  # noqa: S105 - the sandbox's published password
FOR_GOOD = dt.timedelta(days=3650)
"""How long the one is locked who comes locked."""


@dataclass(frozen=True)
class Source:
    """One way to pay; all money in fen, written ``yuan_fen``.

    ``money`` is what is there; with a ``line`` it is what is left of that.
    """

    kind: Kind
    label: str
    label_zh: str
    money: int
    line: int = 0
    a_payment: int | None = None
    a_day: int | None = None
    bank: str = ""

    @property
    def card_type(self) -> str:
        """Debit or credit for a card, "" for anything else."""
        if self.kind != Kind.CARD:
            return ""
        return CardType.CREDIT if self.line else CardType.DEBIT


def _balance(
    money: int, *, a_payment: int | None = None, a_day: int | None = None
) -> Source:
    return Source(
        Kind.BALANCE, "Balance", "账户余额", money, a_payment=a_payment, a_day=a_day
    )


def _credit(left: int, *, line: int) -> Source:
    return Source(Kind.CREDIT, "Credit line", "信用付", left, line=line)


def _debit_card(ends_in: str, money: int, **limits: int) -> Source:
    return Source(
        Kind.CARD,
        f"Harbour Bank debit card ({ends_in})",
        f"海港银行储蓄卡 ({ends_in})",
        money,
        bank="HARBOUR",
        **limits,
    )


def _credit_card(ends_in: str, left: int, *, line: int, **limits: int) -> Source:
    return Source(
        Kind.CARD,
        f"Ridge Bank credit card ({ends_in})",
        f"山岭银行信用卡 ({ends_in})",
        left,
        line=line,
        bank="RIDGE",
        **limits,
    )


@dataclass(frozen=True)
class Buyer:
    """Somebody who buys; signs in as ``<login>1234@sandbox.com``."""

    login: str
    name: str
    name_zh: str
    sources: tuple[Source, ...]
    standing: Standing = Standing.GOOD
    is_locked: bool = False


_PLAIN = (_balance(1_000_00),)

BUYERS = (
    Buyer(
        "mei",
        "Lin Mei",
        "林美",
        (
            _balance(1_000_000_00),
            _debit_card("6021", 500_000_00, a_payment=200_000_00),
            _credit(20_000_00, line=20_000_00),
        ),
    ),
    Buyer(
        "poor",
        "Wu Yu",
        "吴余",
        (
            _balance(8_88),
            _debit_card("6022", 500_00, a_payment=50_00),
        ),
    ),
    Buyer(
        "jun",
        "Chen Jun",
        "陈军",
        (
            _balance(500_00),
            _debit_card("6023", 30_000_00, a_payment=20_000_00),
            _credit_card("8023", 10_000_00, line=10_000_00, a_payment=5_000_00),
            _credit(3_000_00, line=3_000_00),
        ),
    ),
    Buyer(
        "limit",
        "Xu Xian",
        "许限",
        (
            _balance(20_000_00, a_payment=500_00, a_day=1_000_00),
            _debit_card("6024", 20_000_00, a_payment=500_00, a_day=1_000_00),
        ),
    ),
    Buyer(
        "debt",
        "Qian Kong",
        "钱空",
        (
            _balance(0),
            _credit_card("8025", 0, line=8_000_00),
            _credit(0, line=2_000_00),
        ),
    ),
    Buyer("unverified", "Wei An", "魏安", _PLAIN, Standing.UNVERIFIED),
    Buyer("region", "Mary Reed", "玛丽·里德", _PLAIN, Standing.REGION),
    Buyer("risk", "Feng Xian", "冯显", _PLAIN, Standing.RISK),
    Buyer("blocked", "Ding Feng", "丁锋", _PLAIN, Standing.BLOCKED),
    Buyer("locked", "Suo Li", "索立", _PLAIN, is_locked=True),
)


def move_in(buyer: Buyer, number: int, *, at: dt.datetime) -> Member:
    """Make the person and his accounts, filled out of the treasury."""
    member = Member.objects.create(
        user_id=f"2088722{number:09d}",
        logon_id=f"{buyer.login}1234@sandbox.com",
        name=buyer.name,
        name_zh=buyer.name_zh,
        standing=buyer.standing,
        logon_password=PASSWORD,
        pay_password=PASSWORD,
        locked_until=at + FOR_GOOD if buyer.is_locked else None,
    )
    for source in buyer.sources:
        _open(member, source, at=at)
    return member


def _open(member: Member, source: Source, *, at: dt.datetime) -> None:
    account = Account.objects.create(
        owner=member,
        kind=source.kind,
        label=source.label,
        label_zh=source.label_zh,
        bank_code=source.bank,
        card_type=source.card_type,
        floor_fen=-source.line,
        payment_limit_fen=source.a_payment,
        day_limit_fen=source.a_day,
    )
    treasury = ledger.treasury()
    there = source.money - source.line
    if there > 0:
        ledger.move(treasury, account, there, cause=Cause.OPENING, at=at)
    elif there < 0:
        ledger.move(account, treasury, -there, cause=Cause.OPENING, at=at)
