"""直付通: a shop's money is held until its platform confirms, or the period ends."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant, Simulator, until
from tests.simulator.platform import QUERY, Platform
from tests.simulator.test_races import together

REFUND = "alipay.trade.refund"
DAY = 24 * 3600

HELD = "shop held"
USABLE = "shop merchant"

Order = dict[str, Any]


def test_a_payment_is_held_for_the_shop(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    changes = {"mei balance": "-88.88", HELD: "88.88", USABLE: "0.00"}
    with bank.moving(changes | {"seller merchant": "0.00"}):
        trade_no = platform.sell(order)

    assert (
        merchant.call(QUERY, {"trade_no": trade_no})["trade_status"] == "TRADE_SUCCESS"
    )
    assert platform.unsettled(trade_no) == ("88.88", [("on_settle", "88.88")])
    plain = merchant.call(QUERY, {"trade_no": trade_no})
    assert "trade_settle_info" not in plain.node


def test_the_confirmation_releases_it_once(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    with bank.moving({HELD: "-88.88", USABLE: "88.88"}):
        first = platform.confirm(trade_no, "S1")
        again = platform.confirm(trade_no, "S1")

    assert first.node == again.node
    assert first["settle_amount"] == "88.88"
    assert (first["trade_no"], first["out_request_no"]) == (trade_no, f"{trade_no}S1")
    assert platform.confirm(trade_no, "S2").refusal == "ACQ.ALREADY_CONFIRM_SETTLE"
    assert platform.unsettled(trade_no) == ("0.00", [("settle", "88.88")])


def test_a_number_used_for_something_else_is_refused(
    merchant: Merchant, order: Order, platform: Platform
) -> None:
    trade_no = platform.sell(order)
    platform.confirm(trade_no, "S1", actual_amount="10.00")
    other = platform.confirm(trade_no, "S1", actual_amount="11.00")
    assert other.refusal == "ACQ.DISCORDANT_REPEAT_REQUEST"


def test_a_part_may_be_confirmed_and_then_the_rest(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    with bank.moving({HELD: "-30.00", USABLE: "30.00"}):
        part = platform.confirm(trade_no, "a", actual_amount="30.00")
    assert part["settle_amount"] == "30.00"
    assert platform.unsettled(trade_no)[0] == "58.88"

    too_much = platform.confirm(trade_no, "b", actual_amount="58.89")
    all_again = platform.confirm(trade_no, "c")
    assert too_much.refusal == "ACQ.INVALID_SETTLE_AMOUNT_PARAMETER"
    assert all_again.refusal == "ACQ.INVALID_SETTLE_AMOUNT_PARAMETER"

    # A number whose request was refused is still free.
    with bank.moving({HELD: "-58.88", USABLE: "58.88"}):
        rest = platform.confirm(trade_no, "b", amount="58.88")
    assert rest["settle_amount"] == "58.88"


def test_the_period_ends_by_itself_at_its_moment(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    platform: Platform,
    bank: Bank,
) -> None:
    trade_no = platform.sell(order, "2d")
    simulator.advance(2 * DAY - 60)
    assert platform.unsettled(trade_no)[0] == "88.88"
    simulator.advance(61)
    assert platform.unsettled(trade_no) == ("0.00", [("settle", "88.88")])
    late = platform.confirm(trade_no, "z")
    assert late.refusal == "ACQ.ALREADY_CONFIRM_SETTLE"
    dates = merchant.call(
        QUERY, {"trade_no": trade_no, "query_options": ["trade_settle_info"]}
    )
    settled = dates["trade_settle_info"]["trade_settle_detail_list"][0]
    paid = simulator.order(dates["out_trade_no"])["paid_at"]
    # As of the period's end, not of the moment somebody looked.
    assert settled["operation_dt"][11:] == paid[11:19]


def test_the_sweep_releases_what_nobody_asks_about(
    simulator: Simulator, order: Order, platform: Platform, bank: Bank
) -> None:
    platform.sell(order, "1d")
    with bank.moving({HELD: "-88.88", USABLE: "88.88"}):
        simulator.advance(DAY + 1)
        until(lambda: bank.has("shop", "held") == 0)


def test_a_refund_comes_out_of_held_money_first(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    platform.confirm(trade_no, "a", actual_amount="60.00")
    biz = {"trade_no": trade_no, "refund_amount": "40.00", "out_request_no": "R1"}

    with bank.moving({"mei balance": "40.00", HELD: "-28.88", USABLE: "-11.12"}):
        assert merchant.call(REFUND, biz)["fund_change"] == "Y"

    amount, details = platform.unsettled(trade_no)
    assert amount == "0.00"
    assert details == [("settle", "60.00"), ("settle_refund", "11.12")]


def test_after_a_refund_the_rest_is_confirmed(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    biz = {"trade_no": trade_no, "refund_amount": "8.88", "out_request_no": "R1"}
    with bank.moving({"mei balance": "8.88", HELD: "-8.88", USABLE: "0.00"}):
        merchant.call(REFUND, biz)
    whole = platform.confirm(trade_no, "a")
    rest = platform.confirm(trade_no, "a", amount="80.00")

    assert whole.refusal == "ACQ.INVALID_SETTLE_AMOUNT_PARAMETER"
    assert rest["settle_amount"] == "80.00"


def test_after_a_whole_refund_there_is_nothing_to_confirm(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    platform: Platform,
    bank: Bank,
) -> None:
    with bank.moving({"mei balance": "0.00", HELD: "0.00", USABLE: "0.00"}):
        trade_no = platform.sell(order)
        merchant.call(REFUND, {"trade_no": trade_no, "refund_amount": "88.88"})
        answer = platform.confirm(trade_no, "a")
        simulator.advance(8 * DAY)
        assert merchant.call(QUERY, order)["trade_status"] == "TRADE_CLOSED"
    assert answer.refusal == "ACQ.CONFIRM_REFUSE_AFTER_REFUND"


def test_the_fee_is_charged_on_release_and_adds_up(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    platform: Platform,
    bank: Bank,
) -> None:
    simulator.control("app", {"fee_basis_points": 60})
    try:
        with bank.moving({"fees": "0.00", HELD: "88.88"}):
            trade_no = platform.sell(order)
        # 0.6 % of 88.88 is 0.53, but of 0.90 it is 0.01 and of 1.80 as well.
        with bank.moving({"fees": "0.01", USABLE: "0.89"}):
            platform.confirm(trade_no, "a", actual_amount="0.90")
        with bank.moving({"fees": "0.00", USABLE: "0.90"}):
            platform.confirm(trade_no, "b", actual_amount="0.90")
        with bank.moving({"fees": "0.52", USABLE: "86.56", HELD: "-87.08"}):
            platform.confirm(trade_no, "c", amount="87.08")
    finally:
        simulator.control("app", {"fee_basis_points": 0})


def test_only_held_money_can_be_confirmed(
    merchant: Merchant, order: Order, platform: Platform, paid: Callable[..., str]
) -> None:
    unknown = platform.confirm("2026", "U1")
    paid()
    trade_no = merchant.call(QUERY, order)["trade_no"]
    plain = platform.confirm(trade_no, "U1")

    assert unknown.refusal == "ACQ.TRADE_NOT_EXIST"
    assert plain.refusal == "ACQ.TRADE_SETTLE_ERROR"


def test_an_unpaid_trade_cannot_be_confirmed(
    merchant: Merchant, order: Order, platform: Platform
) -> None:
    order["buyer_id"] = "2088722000000001"
    made = merchant.call("alipay.trade.create", platform.in_trust(order))
    assert platform.confirm(made["trade_no"], "U1").refusal == "ACQ.TRADE_STATUS_ERROR"


@pytest.mark.parametrize("page", ["page", "wap"])
def test_pages_take_such_orders_too(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    platform: Platform,
    bank: Bank,
    page: str,
) -> None:
    codes = {"page": "FAST_INSTANT_TRADE_PAY", "wap": "QUICK_WAP_WAY"}
    biz = platform.in_trust(order) | {"product_code": codes[page]}
    with bank.moving({HELD: "88.88"}):
        with simulator.browser() as client:
            address = merchant.page_address(f"alipay.trade.{page}.pay", biz)
            assert client.get(address).status_code == 302
        simulator.pay(order["out_trade_no"])


def test_equal_confirmations_at_once_release_it_once(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    with bank.moving({HELD: "-88.88", USABLE: "88.88"}):
        answers: list[Answer] = together(lambda _: platform.confirm(trade_no, "a"))
    assert {answer["code"] for answer in answers} == {"10000"}


def test_different_confirmations_at_once_never_release_more_than_is_held(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    with bank.moving({HELD: "-80.00", USABLE: "80.00"}):
        answers: list[Answer] = together(
            lambda turn: platform.confirm(trade_no, f"{turn}", actual_amount="40.00")
        )
    assert sorted(answer["code"] for answer in answers) == ["10000"] * 2 + ["40004"] * 4


def test_confirm_against_refund_pays_one_of_them(
    merchant: Merchant, order: Order, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    refund = {"trade_no": trade_no, "refund_amount": "88.88"}

    def act(turn: int) -> Answer:
        if turn:
            return merchant.call(REFUND, refund)
        return platform.confirm(trade_no, "a")

    with bank.moving({HELD: "-88.88", "mei balance": "88.88"}):
        confirmed, refunded = together(act, 2)
    # The refund comes out of the shop's own balance if the shop was first.
    assert refunded["code"] == "10000"
    assert confirmed.refusal in ("", "ACQ.CONFIRM_REFUSE_AFTER_REFUND")
