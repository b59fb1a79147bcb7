"""What went wrong with a payment, and what its payer is told: rules §5.5, as data.

One row a class of failure. The only place that knows providers' words for them;
pages, the troubleshooting page and docs/payments.md all show these rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Money(StrEnum):
    """Whether money moved: the first thing a payer wants to know."""

    STAYED = "stayed"
    UNSURE = "unsure"
    MOVED = "moved"


class Retry(StrEnum):
    """What the payer may do next; the words are those of the rules."""

    YES = "yes"
    AFTER_QUERY = "after query"
    NO = "no"
    OTHER_METHOD = "other method"
    CONFIRM_AGAIN = "confirm again"


MONEY = {
    Money.STAYED: ("closed", _("No money has moved.")),
    Money.UNSURE: ("moving", _("It is not certain yet whether money has moved.")),
    Money.MOVED: ("done", _("You have paid once, and only once.")),
}
NEXT = {
    Retry.YES: _("You can try again now."),
    Retry.AFTER_QUERY: _(
        "Wait until it is certain. Then you can try again if need be."
    ),
    Retry.NO: _("There is nothing to try again."),
    Retry.OTHER_METHOD: _("Choose another method."),
    Retry.CONFIRM_AGAIN: _("Read the new total, and confirm it if you agree."),
}
# What stands in a text where the page knows no better.
GENERAL: Mapping[str, str | Promise] = {
    "until": _("the date on your order"),
    "currency": _("this currency"),
    "alternative": _("a currency it takes"),
    "least": _("smallest amount"),
    "most": _("largest amount"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One class of failure.

    ``seen``: how it shows itself, blanks between: codes without the prefixes of their
    systems (``ACQ.``, ``isv.``), states, or the numbers a wallet's own client reports.
    ``also`` is what we do besides telling the payer.
    """

    code: str
    seen: str
    title: str | Promise
    told: str | Promise
    money: Money
    retry: Retry
    also: str | Promise
    # The desk must know: nothing a payer does mends it.
    alerts: bool = False
    # The gateway says it on its own pages, to the payer alone: we hear nothing of it.
    unheard: bool = False
    # Another try needs a number of its own; the one there is bound or over.
    renews: bool = False

    def text(self, **facts: object) -> str:
        """What the payer is told, with ``facts`` in place of the general words."""
        return str(self.told) % {**GENERAL, **facts}

    def shown(self, **facts: object) -> dict[str, Any]:
        """Everything a page shows of it."""
        state, money = MONEY[self.money]
        return {
            "code": self.code,
            "title": self.title,
            "text": self.text(**facts),
            "state": state,
            "money": money,
            "next": NEXT[self.retry],
            "unheard": self.unheard,
            "renews": self.renews,
            "also": self.also,
        }


TABLE = (
    Advice(
        "expired",
        "TRADE_CLOSED TRADE_HAS_CLOSE TRADE_EXPIRED QR_CODE_EXPIRED "
        "NOW_TIME_AFTER_EXPIRE_TIME_ERROR ORDER_IS_CLOSED",
        _("The time ran out"),
        _("The code has expired. Get a new one; your items are kept until %(until)s."),
        Money.STAYED,
        Retry.YES,
        _("Your things stay reserved as long as the order can be paid."),
        renews=True,
    ),
    Advice(
        "user_cancelled",
        "6001 ORDER_IS_CANCELED",
        _("Not paid yet"),
        _("You left before paying. Nothing was charged."),
        Money.STAYED,
        Retry.YES,
        _("The payment you started stays open until its time is over."),
    ),
    Advice(
        "network",
        "6002 network http garbled unsigned unverified",
        _("No answer from Alipay"),
        _("We are checking with Alipay. Do not pay twice."),
        Money.UNSURE,
        Retry.AFTER_QUERY,
        _("We ask Alipay again by ourselves until the answer is certain."),
    ),
    Advice(
        "processing",
        "8000 6004 10003 unknown undecided WAIT_BUYER_PAY SYSTEM_ERROR "
        "PAYMENT_IN_PROCESS",
        _("Waiting for confirmation"),
        _("Alipay is still confirming. This page updates by itself."),
        Money.UNSURE,
        Retry.NO,
        _("We ask Alipay every few seconds at first, then every two minutes."),
    ),
    Advice(
        "insufficient_funds",
        "BUYER_BALANCE_NOT_ENOUGH BUYER_BANKCARD_BALANCE_NOT_ENOUGH "
        "BUYER_CREDIT_NOT_ENOUGH USER_BALANCE_NOT_ENOUGH",
        _("Too little money"),
        _("Not enough balance. Top up or choose another bank card in Alipay."),
        Money.STAYED,
        Retry.YES,
        _("The order waits for you meanwhile."),
        unheard=True,
    ),
    Advice(
        "limit_exceeded",
        "PAYMENT_OVER_LIMIT BEYOND_PAY_RESTRICTION BEYOND_PER_RECEIPT "
        "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR "
        "BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR USER_AMOUNT_EXCEED_LIMIT "
        "PAYMENT_COUNT_EXCEED_LIMIT",
        _("Above your limit"),
        _("Above your Alipay limit. Use another method or split the order."),
        Money.STAYED,
        Retry.YES,
        _("Each order is paid by itself, so that two small ones may fit."),
        unheard=True,
    ),
    Advice(
        "account_unverified",
        "BUYER_NOT_VERIFIED BUYER_ENABLE_STATUS_FORBID BUYER_NOT_EXIST "
        "USER_KYC_NOT_QUALIFIED USER_STATUS_ABNORMAL USER_NOT_EXIST",
        _("Your identity is not verified"),
        _("Verify your identity in Alipay, then try again."),
        Money.STAYED,
        Retry.YES,
        _("Alipay checks who you are. We never see your documents."),
        unheard=True,
    ),
    Advice(
        "region_restricted",
        "BUYER_REGION_RESTRICTED REGION_NOT_SUPPORT",
        _("Not available in your country"),
        _("This method is not available in your country. Choose another."),
        Money.STAYED,
        Retry.OTHER_METHOD,
        _("The list of methods shows it as not available to your account."),
        unheard=True,
    ),
    Advice(
        "currency_mismatch",
        "CURRENCY_NOT_SUPPORT REPEAT_REQ_INCONSISTENT CONTEXT_INCONSISTENT",
        _("Another currency is needed"),
        _(
            "This method cannot charge %(currency)s. Pay in %(alternative)s or choose "
            "another."
        ),
        Money.STAYED,
        Retry.OTHER_METHOD,
        _("If the mistake is ours, our desk has been told."),
        alerts=True,
    ),
    Advice(
        "quote_expired",
        "quote_expired QUOTE_EXPIRED",
        _("The exchange rate ran out"),
        _("The exchange rate was updated. Check the new total."),
        Money.STAYED,
        Retry.CONFIRM_AGAIN,
        _("The checkout locks a new rate for you."),
    ),
    Advice(
        "risk_rejected",
        "PAYMENT_REQUEST_HAS_RISK RISK_REJECT FRAUD_REJECT RISK_MERCHANT_IP_NOT_EXIST",
        _("Stopped by a security check"),
        _("Declined for security. Try another method or contact us."),
        Money.STAYED,
        Retry.OTHER_METHOD,
        _("Nobody is told which check it was, so that nobody learns to pass it."),
        unheard=True,
    ),
    Advice(
        "buyer_mismatch",
        "TRADE_BUYER_NOT_MATCH BUYER_NOT_MATCH",
        _("Opened by another account"),
        _("This code was opened by another Alipay account. Get a new code."),
        Money.STAYED,
        Retry.YES,
        _("A new code has a new number, which any account may open."),
        unheard=True,
        renews=True,
    ),
    Advice(
        "buyer_is_seller",
        "BUYER_SELLER_EQUAL",
        _("Your own account"),
        _("You cannot buy from your own account."),
        Money.STAYED,
        Retry.NO,
        _("We take notice of it."),
        unheard=True,
    ),
    Advice(
        "duplicate",
        "TRADE_HAS_SUCCESS charge_not_open",
        _("Paid once already"),
        _("Already paid. Opening your order …"),
        Money.MOVED,
        Retry.NO,
        _("Should money come a second time, it goes back by itself."),
    ),
    Advice(
        "amount_out_of_range",
        "TOTAL_FEE_EXCEED PAYMENT_AMOUNT_EXCEED_LIMIT EXCEED_CHANNEL_LIMIT_RULE",
        _("The amount does not fit this method"),
        _("Outside what this method accepts (%(least)s–%(most)s)."),
        Money.STAYED,
        Retry.OTHER_METHOD,
        _("The list of methods shows what each accepts."),
    ),
    Advice(
        "config",
        "config invalid-signature invalid-app-id ACCESS_FORBIDDEN "
        "PARTNER_ERROR INVALID_PARAMETER SELLER_BEEN_BLOCKED",
        _("Not possible at the moment"),
        _("Payment is unavailable. We have been alerted."),
        Money.STAYED,
        Retry.NO,
        _("A task for our desk is open until a payment starts again."),
        alerts=True,
    ),
)

BY_CODE: Mapping[str, Advice] = {row.code: row for row in TABLE}
UNHEARD = tuple(row for row in TABLE if row.unheard)
_BY_SIGN = {sign: row for row in TABLE for sign in row.seen.split()}


def advice_on(sign: str) -> Advice:
    """The advice for a provider's code or state, with or without its prefixes.

    A refusal that nobody foresaw is ours to mend: ``config``.
    """
    return _BY_SIGN.get(sign.rpartition(".")[2], BY_CODE["config"])
