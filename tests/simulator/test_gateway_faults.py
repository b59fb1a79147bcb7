"""The gateway's answers going wrong on purpose: what the caller sees, what was done."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.simulator.harness import Answer, Merchant, Simulator

PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"
REFUND = "alipay.trade.refund"
PAGE = "alipay.trade.page.pay"

Order = dict[str, Any]
Fault = Callable[..., dict[str, Any]]


def is_known(simulator: Simulator, order: Order) -> bool:
    return simulator.ask(f"trades/{order['out_trade_no']}").status_code == 200


def raw(merchant: Merchant, method: str, biz: Order) -> httpx.Response:
    params = merchant.signed(merchant.params(method, biz))
    return merchant.http.post(merchant.gateway, data=params)


@pytest.mark.parametrize(
    ("kind", "code", "sub_code", "done"),
    [
        ("system_error", "40004", "ACQ.SYSTEM_ERROR", False),
        ("unavailable", "20000", "isp.unknow-error", False),
        ("system_error_after", "40004", "ACQ.SYSTEM_ERROR", True),
    ],
)
def test_alipay_does_not_know(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    fault: Fault,
    kind: str,
    code: str,
    sub_code: str,
    done: bool,
) -> None:
    fault(kind)
    answer = merchant.call(PRECREATE, order)

    assert (answer["code"], answer.refusal, answer.signed) == (code, sub_code, True)
    assert is_known(simulator, order) == done
    assert merchant.call(PRECREATE, order)["code"] == "10000"


@pytest.mark.parametrize(
    ("kind", "done"), [("closed_connection", False), ("answer_lost", True)]
)
def test_a_connection_that_closes_brings_no_answer(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    fault: Fault,
    kind: str,
    done: bool,
) -> None:
    fault(kind)

    with pytest.raises(httpx.RemoteProtocolError):
        merchant.call(PRECREATE, order)
    assert is_known(simulator, order) == done
    assert merchant.call(PRECREATE, order)["code"] == "10000"


def test_an_inner_error_of_the_server_is_no_200(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("http_500")

    assert raw(merchant, PRECREATE, order).status_code == 500
    assert not is_known(simulator, order)


def test_garbage_is_no_json_but_all_is_done(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("garbage")
    response = raw(merchant, PRECREATE, order)

    assert response.status_code == 200
    assert not response.text.startswith("{")
    assert is_known(simulator, order)


def test_an_unsigned_answer_lacks_its_signature_only(
    merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("unsigned")
    answer = merchant.call(PRECREATE, order)

    assert not answer.signed
    assert answer["qr_code"] == merchant.call(PRECREATE, order)["qr_code"]


def test_a_wrong_signature_is_noticed(
    merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("wrong_signature")

    with pytest.raises(AssertionError, match="signature is wrong"):
        merchant.call(PRECREATE, order)
    assert merchant.call(PRECREATE, order).signed


def test_a_slow_answer_comes_late_and_holds_up_nobody(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("slow", options={"seconds": 1.2})
    started = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        merchant.http.post(
            merchant.gateway,
            data=merchant.signed(merchant.params(PRECREATE, order)),
            timeout=0.6,
        )
    assert is_known(simulator, order)
    assert merchant.call(PRECREATE, order)["code"] == "10000"
    assert time.monotonic() - started < 1.2


def test_many_slow_answers_hold_up_nobody(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    params = merchant.signed(merchant.params(PRECREATE, order))
    body = urlencode(params)

    def give_up(_: int) -> bool:
        with suppress(httpx.ReadTimeout):
            httpx.post(merchant.gateway, content=body, timeout=0.4, trust_env=False)
            return False
        return True

    fault("slow", times=None, method=PRECREATE, options={"seconds": 5})
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(give_up, range(12)))
        started = time.monotonic()
        assert merchant.call(QUERY, order).refusal == "ACQ.TRADE_NOT_EXIST"
    assert time.monotonic() - started < 3


def test_a_lost_refund_is_repeated_with_its_number(
    simulator: Simulator,
    merchant: Merchant,
    paid: Callable[..., str],
    fault: Fault,
) -> None:
    number = paid()
    fault("answer_lost", method=REFUND)
    biz = {"out_trade_no": number, "refund_amount": "8.88", "out_request_no": "R1"}
    assert merchant.call(QUERY, biz)["code"] == "10000"  # another method

    with pytest.raises(httpx.RemoteProtocolError):
        merchant.call(REFUND, biz)
    again = merchant.call(REFUND, biz)

    assert (again["fund_change"], again["refund_fee"]) == ("N", "8.88")


def test_a_fault_strikes_as_often_as_it_was_asked_to(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    def answers(count: int) -> list[str]:
        made: list[Answer] = [merchant.call(PRECREATE, order) for _ in range(count)]
        return [answer["code"] for answer in made]

    twice = fault("unavailable", times=2)
    assert answers(3) == ["20000", "20000", "10000"]
    always = fault("unavailable", times=None)
    assert answers(4) == ["20000"] * 4
    simulator.control(f"faults/{always['id']}/off", {})
    assert answers(1) == ["10000"]

    told = {one["id"]: one for one in simulator.control("faults")["faults"]}
    assert (told[twice["id"]]["times_hit"], told[twice["id"]]["is_on"]) == (2, False)
    assert (told[always["id"]]["times_hit"], told[always["id"]]["is_on"]) == (4, False)


def test_a_fault_strikes_only_whom_it_is_meant_for(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault, number: str
) -> None:
    other = order | {"out_trade_no": f"{number}o"}
    fault("unavailable", times=None)
    assert merchant.call(PRECREATE, other)["code"] == "10000"
    fault("unavailable", out_trade_no="", app_id=simulator.app["app_id"])
    assert merchant.call(PRECREATE, other)["code"] == "20000"


def test_a_fault_of_another_app_is_none_of_ours(
    merchant: Merchant, newcomer: Merchant, order: Order, fault: Fault
) -> None:
    theirs = {"out_trade_no": "", "app_id": newcomer.app["app_id"]}
    fault("unavailable", **theirs)
    assert merchant.call(PRECREATE, order)["code"] == "10000"
    assert newcomer.call(PRECREATE, order)["code"] == "20000"


def test_the_number_of_a_trade_is_found_from_alipays_own(
    simulator: Simulator, merchant: Merchant, paid: Callable[..., str], fault: Fault
) -> None:
    trade_no = simulator.order(paid())["trade_no"]
    fault("unavailable")
    assert merchant.call(QUERY, {"trade_no": trade_no})["code"] == "20000"


def test_a_request_that_is_wrong_anyway_uses_no_fault_up(
    merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("unavailable")
    assert merchant.call(PRECREATE, order, version="").refusal == "isv.missing-version"
    assert merchant.call(PRECREATE, order)["code"] == "20000"


def test_each_family_spells_a_system_error_its_own_way(
    merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("system_error")
    assert merchant.call("alipay.trade.cancel", order).refusal == "AQC.SYSTEM_ERROR"


def test_a_browser_meets_faults_as_pages(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    order["product_code"] = "FAST_INSTANT_TRADE_PAY"
    address = merchant.page_address(PAGE, order)

    fault("system_error")
    assert "错误代码 SYSTEM_ERROR" in merchant.http.get(address).content.decode("gbk")
    fault("http_500")
    assert merchant.http.get(address).status_code == 500
    assert not is_known(simulator, order)
    fault("answer_lost")
    with pytest.raises(httpx.RemoteProtocolError):
        merchant.http.get(address)
    assert is_known(simulator, order)
    assert merchant.http.get(address).status_code == 302


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "no such"},
        {"kind": "slow", "times": 0},
        {"kind": "slow", "times": "2"},
        {"kind": "slow", "times": True},
        {"kind": "slow", "options": {"seconds": -1}},
        {"kind": "slow", "options": {"seconds": 1e300}},
        {"kind": "slow", "options": {"seconds": "1"}},
        {"kind": "slow", "options": {"colour": "red"}},
        {"kind": "slow", "out_trade_no": 5},
        {"kind": "news_twice", "options": {"parallel": 1}},
        {"kind": "slow", "options": {"one_in": 0}},
        {"kind": "slow", "options": {"one_in": 2.5}},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    simulator: Simulator, body: dict[str, Any]
) -> None:
    assert simulator.ask("faults", body).status_code == 400


def test_a_fault_may_strike_by_chance(
    merchant: Merchant, order: Order, fault: Fault
) -> None:
    fault("unavailable", times=None, options={"one_in": 3})
    codes = [merchant.call(QUERY, order)["code"] for _ in range(60)]

    # All or none of sixty: once in ten thousand million runs.
    assert set(codes) == {"20000", "40004"}


def test_faults_of_nobody_are_not_found(simulator: Simulator) -> None:
    strange = {"kind": "slow", "app_id": "9021999999999999"}
    assert simulator.ask("faults", strange).status_code == 404
    assert simulator.ask("faults/999999/off", {}).status_code == 404
