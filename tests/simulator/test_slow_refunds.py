"""Faults of refunds: one that takes its time, and one for which there is no money."""

from collections.abc import Callable
from typing import Any

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Mailbox, Merchant, Simulator, until

REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"
QUERY = "alipay.trade.query"

Fault = Callable[..., Any]
Paid = Callable[..., str]


def refund(merchant: Merchant, number: str, amount: str, request: str) -> Answer:
    biz = {
        "out_trade_no": number,
        "refund_amount": amount,
        "out_request_no": request,
        "query_options": ["refund_detail_item_list"],
    }
    return merchant.call(REFUND, biz)


def status_of(merchant: Merchant, number: str, request: str) -> str:
    asked = {"out_trade_no": number, "out_request_no": request}
    return str(merchant.call(REFUND_QUERY, asked).node.get("refund_status", ""))


def told_of(simulator: Simulator, fault: dict[str, Any]) -> dict[str, Any]:
    """What the control room says about a fault now."""
    faults: list[dict[str, Any]] = simulator.control("faults")["faults"]
    return next(one for one in faults if one["id"] == fault["id"])


def test_a_slow_refund_is_in_transit_until_its_moment(
    simulator: Simulator, merchant: Merchant, paid: Paid, fault: Fault, bank: Bank
) -> None:
    number = paid()
    fault("refund_processing", options={"seconds": 3600})
    changes = {"seller merchant": "-30.00", "mei balance": "0.00"}
    with bank.moving(changes | {"in_flight": "30.00"}):
        first = refund(merchant, number, "30.00", "R1")
        again = refund(merchant, number, "30.00", "R1")
    assert first["fund_change"] == again["fund_change"] == "N"
    assert first["send_back_fee"] == "0.00"
    assert first["refund_fee"] == "30.00"
    simulator.advance(3590)
    assert status_of(merchant, number, "R1") == ""

    with bank.moving({"mei balance": "30.00", "in_flight": "-30.00"}):
        simulator.advance(11)
        assert status_of(merchant, number, "R1") == "REFUND_SUCCESS"


def test_a_slow_full_refund_closes_the_trade_when_it_arrives(
    simulator: Simulator,
    merchant: Merchant,
    paid: Paid,
    fault: Fault,
    mailbox: Mailbox,
    order: dict[str, Any],
) -> None:
    simulator.control("app", {"notify_events": ["part_refund", "full_refund"]})
    try:
        number = paid(notify_url=mailbox.url)
        fault("refund_processing", options={"seconds": 600})
        refund(merchant, number, "88.88", "R1")
        assert merchant.call(QUERY, order)["trade_status"] == "TRADE_SUCCESS"
        more = refund(merchant, number, "0.01", "R2")
        assert more.refusal == "ACQ.REASON_TRADE_REFUND_FEE_ERR"
        assert mailbox.forms(number) == []

        simulator.advance(601)
        news = mailbox.wait_for(number)[0]
        assert (news["trade_status"], news["out_biz_no"]) == ("TRADE_CLOSED", "R1")
        assert merchant.call(QUERY, order)["trade_status"] == "TRADE_CLOSED"
    finally:
        simulator.control("app", {"notify_events": None})


def test_a_trade_is_closed_by_the_refund_that_arrives_last(
    simulator: Simulator,
    merchant: Merchant,
    paid: Paid,
    fault: Fault,
    order: dict[str, Any],
) -> None:
    number = paid()
    fault("refund_processing", options={"seconds": 600})
    refund(merchant, number, "30.00", "R1")
    assert refund(merchant, number, "58.88", "R2")["fund_change"] == "Y"
    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_SUCCESS"
    simulator.advance(601)
    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_CLOSED"


def test_the_sweep_lets_a_slow_refund_arrive(
    simulator: Simulator, merchant: Merchant, paid: Paid, fault: Fault, bank: Bank
) -> None:
    number = paid()
    before = bank.has("mei", "balance")
    fault("refund_processing", options={"seconds": 600})
    refund(merchant, number, "8.88", "R1")
    simulator.advance(601)
    until(lambda: bank.has("mei", "balance") > before)


def test_no_balance_strikes_as_often_as_it_was_asked_to(
    simulator: Simulator, merchant: Merchant, paid: Paid, fault: Fault, bank: Bank
) -> None:
    number = paid()
    made = fault("refund_no_balance", times=2)
    with bank.moving({"mei balance": "0.00", "seller merchant": "0.00"}):
        for _ in range(2):
            answer = refund(merchant, number, "30.00", "R1")
            assert answer.refusal == "ACQ.SELLER_BALANCE_NOT_ENOUGH"
            assert answer["out_trade_no"] == number
            assert answer["refund_fee"] == "0.00"
    with bank.moving({"mei balance": "30.00"}):
        assert refund(merchant, number, "30.00", "R1")["fund_change"] == "Y"
    assert told_of(simulator, made)["times_hit"] == 2


def test_a_fault_does_not_strike_what_is_refused_anyway(
    simulator: Simulator, merchant: Merchant, paid: Paid, fault: Fault
) -> None:
    number = paid()
    made = fault("refund_no_balance")
    too_much = refund(merchant, number, "88.89", "R1")
    assert too_much.refusal == "ACQ.REASON_TRADE_REFUND_FEE_ERR"
    assert told_of(simulator, made)["is_on"]
