"""Two at once on the real database file: exactly one wins, money moves once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import httpx

from tests.simulator.harness import Answer, Merchant, Simulator

AT_ONCE = 6


def together(act: Callable[[int], Any], count: int = AT_ONCE) -> list[Any]:
    """Do something several times at once."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_of_many_payments_one_succeeds(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any]
) -> None:
    before = Decimal(simulator.balance("mei", "balance"))
    merchant.call("alipay.trade.precreate", order)

    answers: list[httpx.Response] = together(
        lambda _: simulator.ask("pay", {"out_trade_no": order["out_trade_no"]})
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert Decimal(simulator.balance("mei", "balance")) == before - Decimal("88.88")


def test_pay_against_close_has_one_winner(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any]
) -> None:
    for turn in range(6):
        number = f"{order['out_trade_no']}_{turn}"
        biz = order | {"out_trade_no": number}
        merchant.call("alipay.trade.precreate", biz)
        before = Decimal(simulator.balance("mei", "balance"))

        def act(which: int, number: str = number) -> bool:
            if which:
                return bool(_close_until_known(merchant, number))
            return simulator.ask("pay", {"out_trade_no": number}).status_code == 200

        paid, closed = together(act, 2)

        assert paid != closed
        status = simulator.order(number)["trade_status"]
        assert status == ("TRADE_SUCCESS" if paid else "TRADE_CLOSED")
        spent = before - Decimal(simulator.balance("mei", "balance"))
        assert spent == (Decimal("88.88") if paid else 0)


def _close_until_known(merchant: Merchant, number: str) -> bool:
    while True:
        answer = merchant.call("alipay.trade.close", {"out_trade_no": number})
        if answer.refusal != "ACQ.TRADE_NOT_EXIST":
            return answer["code"] == "10000"


def test_equal_refunds_at_once_move_money_once(
    simulator: Simulator, merchant: Merchant, paid: Callable[..., str]
) -> None:
    number = paid()
    before = Decimal(simulator.balance("mei", "balance"))
    biz = {"out_trade_no": number, "refund_amount": "30", "out_request_no": "R1"}

    answers: list[Answer] = together(
        lambda _: merchant.call("alipay.trade.refund", biz)
    )

    assert sorted(answer["fund_change"] for answer in answers) == ["N"] * 5 + ["Y"]
    assert Decimal(simulator.balance("mei", "balance")) == before + 30


def test_different_refunds_at_once_never_exceed_the_total(
    simulator: Simulator, merchant: Merchant, paid: Callable[..., str]
) -> None:
    number = paid()

    def act(turn: int) -> Answer:
        biz = {"out_trade_no": number, "refund_amount": "40"}
        return merchant.call(
            "alipay.trade.refund", biz | {"out_request_no": f"R{turn}"}
        )

    moved = [answer for answer in together(act) if answer["code"] == "10000"]

    assert len(moved) == 2
    assert simulator.order(number)["refunded_amount"] == "80.00"


def test_equal_precreates_at_once_get_one_code(
    merchant: Merchant, order: dict[str, Any]
) -> None:
    answers: list[Answer] = together(
        lambda _: merchant.call("alipay.trade.precreate", order)
    )
    assert len({answer["qr_code"] for answer in answers}) == 1
